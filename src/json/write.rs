//! Writes validated values again, compact or indented, every number literal kept. Depends on [`super::scan`].

use super::places::{self, Places};
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
            Kind::Array => {
                let items = value.items();
                self.write_all(out, ('[', ']'), level, items, |out, item| self.write(out, item, level + 1));
            }
            Kind::Object => {
                let entries = without_duplicates(value.entries());
                self.write_all(out, ('{', '}'), level, entries, |out, (key, value)| {
                    self.write_key(out, |out| key.write_canonical(out));
                    self.write(out, value, level + 1);
                });
            }
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

    fn write_all<T>(
        self,
        out: &mut String,
        (open, close): (char, char),
        level: usize,
        parts: Vec<T>,
        mut write: impl FnMut(&mut String, T),
    ) {
        out.push(open);
        let empty = parts.is_empty();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            self.new_line(out, level + 1);
            write(out, part);
        }
        if !empty {
            self.new_line(out, level);
        }
        out.push(close);
    }
}

/// Appends a string value in its canonical form, quotes included.
pub fn write_str(out: &mut String, text: Str<'_>) {
    out.push('"');
    text.write_canonical(out);
    out.push('"');
}

/// The entries that count: of equal keys the last value, at the first one's place.
pub(crate) fn without_duplicates<'a>(entries: Vec<(Str<'a>, Value<'a>)>) -> Vec<(Str<'a>, Value<'a>)> {
    let (mut kept, mut seen) = (Vec::with_capacity(entries.len()), Places::default());
    for (key, value) in entries {
        places::put(&mut kept, &mut seen, key.canonical(), (key, value));
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
