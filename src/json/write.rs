//! Writes validated values again, compact or indented, every number literal kept.

use super::key_index::{self, KeyIndex};
use super::string::push_unicode_escape;
use super::value::Kind;
use super::{Str, Value};

/// How JSON text is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    indent: usize,
}

impl Layout {
    /// `indent` spaces per level as Python's `json.dumps(…, indent=N)` sets them; 0 is compact, without any space.
    pub fn new(indent: usize) -> Self {
        Self { indent }
    }

    /// Appends `value`, whose opening bracket stands at nesting `level`.
    ///
    /// Strings get their canonical form, number literals stay, and of several equal keys in an object the last
    /// value is written at the first one's place.
    pub fn write(self, out: &mut String, value: Value<'_>, level: usize) {
        match value.kind() {
            Kind::Array => self.write_array(out, value, level),
            Kind::Object => self.write_object(out, value, level),
            Kind::String => match value.as_str() {
                Some(text) => write_str(out, text),
                None => out.push_str(value.raw()),
            },
            _ => out.push_str(value.raw()),
        }
    }

    /// Appends a quoted key, whose inside `inside` writes, and the colon behind it.
    pub fn write_key(self, out: &mut String, inside: impl FnOnce(&mut String)) {
        out.push('"');
        inside(out);
        out.push_str(if self.indent == 0 { "\":" } else { "\": " });
    }

    /// Starts a new line at nesting `level`; nothing when compact.
    pub fn new_line(self, out: &mut String, level: usize) {
        if self.indent > 0 {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', self.indent * level));
        }
    }

    fn write_array(self, out: &mut String, array: Value<'_>, level: usize) {
        out.push('[');
        let mut empty = true;
        array.each_item(|item| {
            self.separate(out, &mut empty, level + 1);
            self.write(out, item, level + 1);
        });
        self.close(out, empty, level, ']');
    }

    fn write_object(self, out: &mut String, object: Value<'_>, level: usize) {
        out.push('{');
        let mut empty = true;
        for (key, value) in without_duplicates(object.entries()) {
            self.separate(out, &mut empty, level + 1);
            self.write_key(out, |out| key.write_canonical(out));
            self.write(out, value, level + 1);
        }
        self.close(out, empty, level, '}');
    }

    fn separate(self, out: &mut String, empty: &mut bool, level: usize) {
        if !std::mem::take(empty) {
            out.push(',');
        }
        self.new_line(out, level);
    }

    fn close(self, out: &mut String, empty: bool, level: usize, bracket: char) {
        if !empty {
            self.new_line(out, level);
        }
        out.push(bracket);
    }
}

/// The same JSON with escapes for all that is not ASCII, unless there is much of it: browsers turn ASCII into a string
/// of theirs ten times as fast, and parse it faster too.
pub fn to_ascii(json: String) -> String {
    let others = json.bytes().filter(|byte| !byte.is_ascii()).count();
    if others == 0 || others > json.len() / 4 {
        return json;
    }
    let mut out = String::with_capacity(json.len() + others * 2);
    let mut rest = json.as_str();
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (plain, behind) = rest.split_at(at);
        out.push_str(plain);
        let end = behind.bytes().position(|byte| byte.is_ascii()).unwrap_or(behind.len());
        let (others, behind) = behind.split_at(end);
        others.encode_utf16().for_each(|unit| push_unicode_escape(&mut out, unit));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Appends a string value in its canonical form, quotes included.
pub fn write_str(out: &mut String, text: Str<'_>) {
    out.push('"');
    text.write_canonical(out);
    out.push('"');
}

/// Appends an array whose items `write` writes.
pub fn write_list<T>(out: &mut String, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// The entries that count: of equal keys the last value, at the first one's place.
pub(crate) fn without_duplicates<'a>(entries: Vec<(Str<'a>, Value<'a>)>) -> Vec<(Str<'a>, Value<'a>)> {
    let (mut kept, mut seen) = (Vec::with_capacity(entries.len()), KeyIndex::default());
    for (key, value) in entries {
        key_index::put(&mut kept, &mut seen, key.canonical(), (key, value));
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str, indent: usize) -> String {
        let mut out = String::new();
        if let Ok(value) = Value::parse(text) {
            Layout::new(indent).write(&mut out, value, 0);
        }
        out
    }

    #[test]
    fn compact_has_no_space_and_keeps_literals() {
        assert_eq!(
            rewritten(" { \"a\" : [ 1.0 , -0 , 1E5 ], \"b\" : { } } ", 0),
            r#"{"a":[1.0,-0,1E5],"b":{}}"#
        );
    }

    #[test]
    fn ascii_means_the_same() {
        for text in
            ["plain and long enough, é", "é at the start of a longer text", "the end of a text 😀", "日本語"]
        {
            let json = format!("\"{text}\"");
            let ascii = to_ascii(json.clone());
            assert_eq!(
                Value::parse(&ascii).ok().and_then(Value::as_str).map(|s| s.decode()),
                Some(text.into())
            );
            assert_eq!(ascii.is_ascii(), text != "日本語");
        }
    }

    #[test]
    fn indentation_is_pythons() {
        assert_eq!(
            rewritten(r#"{"a":[1,{}],"b":[]}"#, 2),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"
        );
    }

    #[test]
    fn the_last_duplicate_is_written_at_the_first_place() {
        assert_eq!(rewritten(r#"{"a":1,"b":2,"\u0061":3}"#, 0), r#"{"a":3,"b":2}"#);
    }
}
