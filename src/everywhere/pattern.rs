//! The regular expressions by which such nodes choose, as far as people write them.
//!
//! They are read only here: alternatives of plain text with `.` and `.*`, `^` and `$`. For any text this takes at most
//! as many steps as the text has characters times those of the pattern.

/// A pattern that was understood.
#[derive(Debug, PartialEq)]
pub(super) struct Pattern {
    alternatives: Vec<Alternative>,
    /// How many characters it has.
    length: usize,
}

#[derive(Debug, Default, PartialEq)]
struct Alternative {
    is_at_start: bool,
    is_at_end: bool,
    /// The texts between `.*`; `None` is any character.
    parts: Vec<Vec<Option<char>>>,
}

/// Longer patterns are not read.
const MAX_LENGTH: usize = 1000;

impl Pattern {
    /// Reads a pattern; `None` for one with anything else in it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (is_at_start, inside) = text.strip_prefix('^').map_or((false, text), |inside| (true, inside));
        let (is_at_end, inside) = inside.strip_suffix('$').map_or((false, inside), |inside| (true, inside));
        // Around a group of alternatives, the ends apply to all of them.
        let group = inside.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
        let mut alternatives = alternatives(group.unwrap_or(text))?;
        if group.is_some() {
            for alternative in &mut alternatives {
                alternative.is_at_start |= is_at_start;
                alternative.is_at_end |= is_at_end;
            }
        }
        Some(Self { alternatives, length: text.len() })
    }

    /// Whether it occurs in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        self.alternatives.iter().any(|alternative| alternative.is_in(&text))
    }

    /// The most steps that searching a text for it may take.
    pub(super) fn cost(&self, text: &str) -> usize {
        1 + self.length * text.len()
    }
}

fn alternatives(text: &str) -> Option<Vec<Alternative>> {
    let mut all = vec![Alternative { parts: vec![Vec::new()], ..Alternative::default() }];
    let mut chars = text.chars().peekable();
    let mut is_first = true;
    while let Some(c) = chars.next() {
        let alternative = all.last_mut()?;
        if alternative.is_at_end && c != '|' {
            return None;
        }
        let part = alternative.parts.last_mut()?;
        let starts = std::mem::replace(&mut is_first, c == '|');
        match c {
            '|' => all.push(Alternative { parts: vec![Vec::new()], ..Alternative::default() }),
            '^' if starts => alternative.is_at_start = true,
            '$' => alternative.is_at_end = true,
            '.' if chars.next_if_eq(&'*').is_some() => alternative.parts.push(Vec::new()),
            '.' => part.push(None),
            '\\' => part.push(Some(chars.next().filter(|c| !c.is_ascii_alphanumeric())?)),
            '^' | '(' | ')' | '[' | ']' | '{' | '}' | '*' | '+' | '?' => return None,
            c => part.push(Some(c)),
        }
        if matches!(chars.peek(), Some('*' | '+' | '?' | '{')) {
            return None;
        }
    }
    Some(all)
}

impl Alternative {
    fn is_in(&self, text: &[char]) -> bool {
        let Some((last, others)) = self.parts.split_last() else { return false };
        let mut from = 0;
        for (index, part) in others.iter().enumerate() {
            let latest = if index == 0 && self.is_at_start { 0 } else { text.len() };
            match (from..=latest.max(from)).find(|at| stands_at(part, text, *at)) {
                Some(at) => from = at + part.len(),
                None => return false,
            }
        }
        let is_only = others.is_empty();
        let end = text.len().checked_sub(last.len()).filter(|end| *end >= from);
        match (self.is_at_start && is_only, self.is_at_end, end) {
            (_, _, None) => false,
            (true, false, _) => stands_at(last, text, 0),
            (true, true, Some(end)) => end == 0 && stands_at(last, text, 0),
            (false, true, Some(end)) => stands_at(last, text, end),
            (false, false, Some(end)) => (from..=end).any(|at| stands_at(last, text, at)),
        }
    }
}

fn stands_at(part: &[Option<char>], text: &[char], at: usize) -> bool {
    let there = text.get(at..).and_then(|rest| rest.get(..part.len()));
    there.is_some_and(|there| {
        part.iter().zip(there).all(|(wanted, c)| wanted.is_none_or(|wanted| wanted == *c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_by_hand_is_found() {
        let cases = [
            ("", "anything", true),
            (".*", "anything", true),
            ("seed", "noise_seed", true),
            ("Seed", "noise_seed", false),
            ("^seed", "noise_seed", false),
            ("seed$", "noise_seed", true),
            ("^seed$", "seed", true),
            ("^seed$", "seeds", false),
            ("a|b", "xbx", true),
            ("^a|b$", "ab", true),
            ("^a|b$", "xbx", false),
            ("^(a|b)$", "b", true),
            ("^(a|b)$", "bb", false),
            ("a.c", "xabcx", true),
            ("a.c", "ac", false),
            ("^a.*c$", "abbc", true),
            ("^a.*c$", "abbcd", false),
            ("a.*b.*c", "1a2b3c4", true),
            ("a.*b.*c", "acb", false),
            ("^.*b", "aab", true),
            (r"1\.5", "v1.5", true),
            (r"1\.5", "v1x5", false),
            (r"\(SDXL\)", "KSampler (SDXL)", true),
            ("正面", "正面提示", true),
            (r"^\é$", "é", true),
            ("ab$", "b", false),
        ];
        for (pattern, text, expected) in cases {
            let read = Pattern::parse(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert_eq!(read.is_in(text), expected, "{pattern} in {text}");
        }
    }

    #[test]
    fn what_says_more_is_not_read() {
        for pattern in [
            "[ab]",
            "a+",
            "a?",
            "ab*",
            "a{2}",
            r"\bpos",
            r"\d",
            "(a)(b)",
            "a(b|c)",
            "a^b",
            "a$b",
            "^^",
            "x\\",
            ".+",
            ".".repeat(MAX_LENGTH + 1).as_str(),
        ] {
            assert_eq!(Pattern::parse(pattern), None, "{pattern}");
        }
    }
}
