//! What the editor does to a prompt before it is sent: comments are removed, and one of several options is chosen.

use crate::text::{find, find_last};

/// Which option of `{a|b|c}` is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum DynamicPrompts {
    /// The first.
    #[default]
    First,
    /// All of them: the text stays as it is, including comments.
    Keep,
    /// One that is drawn with this seed, always the same for the same seed.
    Seed(u64),
}

/// How deep options may stand in each other; deeper ones stay as they are.
const MAX_NESTED: usize = 100;

/// The text that is sent.
pub fn processed(text: &str, choose: DynamicPrompts) -> String {
    match choose {
        DynamicPrompts::Keep => text.to_owned(),
        DynamicPrompts::First => Options { random: None }.text(&without_comments(text), MAX_NESTED),
        DynamicPrompts::Seed(seed) => {
            Options { random: Some(seed) }.text(&without_comments(text), MAX_NESTED)
        }
    }
}

/// What ends a line for JavaScript.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The text without `/* … */` and `// …` to the end of the line; an address in it loses what is behind its scheme.
pub fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    // Behind the last end of a comment none is looked for again.
    let last_end = find_last(text, "*/").unwrap_or(0);
    while let Some(at) = rest.find('/') {
        let (before, behind) = rest.split_at(at);
        kept.push_str(before);
        let skipped = if behind.starts_with("//") {
            Some(behind.find(LINE_ENDS).unwrap_or(behind.len()))
        } else if text.len() - behind.len() < last_end {
            behind.strip_prefix("/*").and_then(|comment| find(comment, "*/")).map(|end| end + 4)
        } else {
            None
        };
        match skipped {
            Some(skipped) => rest = &behind[skipped..],
            None => {
                kept.push('/');
                rest = &behind[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

struct Options {
    random: Option<u64>,
}

impl Options {
    /// The text with one option of each block; options in `nested` levels inside each other are looked into.
    fn text(&mut self, text: &str, nested: usize) -> String {
        if nested == 0 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '\\']) {
            let (plain, behind) = rest.split_at(at);
            out.push_str(plain);
            let Some(inside) = behind.strip_prefix('{') else {
                let pair = behind.char_indices().nth(2).map_or(behind.len(), |(end, _)| end);
                out.push_str(&behind[..pair]);
                rest = &behind[pair..];
                continue;
            };
            let (options, end) = options(inside);
            let chosen = self.choose(options.len());
            out.push_str(&self.text(options[chosen], nested - 1));
            rest = &inside[end..];
        }
        out.push_str(rest);
        unescaped(&out)
    }

    fn choose(&mut self, count: usize) -> usize {
        let Some(state) = &mut self.random else { return 0 };
        // SplitMix64: short, and good enough to draw an option.
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % count as u64) as usize
    }
}

/// The text without the backslashes that make a brace or a bar an ordinary character.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && matches!(next, '{' | '}' | '|')) {
            Some(ordinary) => out.push(ordinary),
            None => out.push(c),
        }
    }
    out
}

/// The options between braces, and where the text goes on behind the closing one.
fn options(text: &str) -> (Vec<&str>, usize) {
    let (mut options, mut start, mut depth, mut is_escaped) = (Vec::new(), 0, 0, false);
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' if depth == 0 => {
                options.push(&text[start..at]);
                return (options, at + 1);
            }
            '}' => depth -= 1,
            '|' if depth == 0 => {
                options.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    options.push(&text[start..]);
    (options, text.len())
}
