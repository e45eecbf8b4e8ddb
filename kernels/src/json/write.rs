//! The one writer of JSON text: it writes commas, colons and line breaks, and keeps every number literal.

use super::key_index::{self, KeyIndex};
use super::string::write_literal;
use super::value::Kind;
use super::{Str, Value};

/// Writes JSON text from front to back.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::Writer;
///
/// let mut out = String::new();
/// Writer::compact(&mut out).object(|out| {
///     out.key("title").text("KSampler");
///     out.key("seed").raw("18446744073709551615");
/// });
/// assert_eq!(out, r#"{"title":"KSampler","seed":18446744073709551615}"#);
/// ```
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::write::Writer;
///
/// let mut json = String::new();
/// Writer::compact(&mut json).object(|out| {
///     out.key("id").text("3");
///     out.key("sizes").list([512, 768], |out, size| out.number(size));
/// });
/// assert_eq!(json, r#"{"id":"3","sizes":[512,768]}"#);
/// ```
#[derive(Debug)]
pub struct Writer<'o> {
    out: &'o mut String,
    indent: usize,
    level: usize,
    next: Next,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    /// The whole text, or the value after a key: nothing is written in front of it.
    Value,
    /// The first entry of an array or an object.
    First,
    /// A further entry.
    Further,
}

impl<'o> Writer<'o> {
    /// Writes without any white space.
    pub fn compact(out: &'o mut String) -> Self {
        Self::indented(out, 0)
    }

    /// Writes `indent` spaces per level, as Python's `json.dumps(…, indent=N)` does; 0 means compact.
    pub fn indented(out: &'o mut String, indent: usize) -> Self {
        Self { out, indent, level: 0, next: Next::Value }
    }

    /// Writes an object; `fill` writes its keys and values.
    pub fn object<R>(&mut self, fill: impl FnOnce(&mut Self) -> R) -> R {
        self.open('{');
        let result = fill(self);
        self.close('}');
        result
    }

    /// Writes an array; `fill` writes its items.
    pub fn array<R>(&mut self, fill: impl FnOnce(&mut Self) -> R) -> R {
        self.open('[');
        let result = fill(self);
        self.close(']');
        result
    }

    /// Writes an array with one item for each of `items`.
    pub fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.array(|out| items.into_iter().for_each(|item| write(out, item)));
    }

    /// Writes a key; its value comes next.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.colon()
    }

    /// Writes a key; `inside` writes what is between its quotes, already escaped. Its value comes next.
    #[inline(always)]
    pub fn key_with(&mut self, inside: impl FnOnce(&mut String)) -> &mut Self {
        self.text_with(inside);
        self.colon()
    }

    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        self.separate();
        let is_plain = text.bytes().all(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\'));
        if !is_plain {
            return write_literal(self.out, text);
        }
        self.out.push('"');
        self.out.push_str(text);
        self.out.push('"');
    }

    /// Writes a string; `inside` writes what is between its quotes, already escaped.
    #[inline(always)]
    pub fn text_with(&mut self, inside: impl FnOnce(&mut String)) {
        self.separate();
        self.out.push('"');
        inside(self.out);
        self.out.push('"');
    }

    /// Writes a string that was read, in its canonical form.
    pub fn str(&mut self, text: Str<'_>) {
        self.text_with(|out| text.write_canonical(out));
    }

    /// Writes text that is JSON already.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        self.out.push_str(json);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, boolean: bool) {
        self.raw(if boolean { "true" } else { "false" });
    }

    /// Writes a whole number.
    pub fn number(&mut self, number: usize) {
        self.separate();
        match u8::try_from(number) {
            // Nearly all of them are a flag, a kind or an index.
            Ok(digit @ 0..=9) => self.out.push(char::from(b'0' + digit)),
            _ => self.out.push_str(&number.to_string()),
        }
    }

    /// Writes `value` with `write`, or `null` for `None`.
    pub fn or_null<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// Writes a value that was read.
    ///
    /// Strings are written in their canonical form and number literals as they are. If an object has a key several
    /// times, its last value is written in the place of the first.
    pub fn value(&mut self, value: Value<'_>) {
        match value.kind() {
            Kind::Array => self.array(|out| value.each_item(|item| out.value(item))),
            Kind::Object => self.object(|out| {
                for (key, value) in without_duplicates(value.entries()) {
                    out.key_with(|out| key.write_canonical(out)).value(value);
                }
            }),
            Kind::String => match value.as_str() {
                Some(text) => self.str(text),
                None => self.raw(value.raw()),
            },
            _ => self.raw(value.raw()),
        }
    }

    fn open(&mut self, bracket: char) {
        self.separate();
        self.out.push(bracket);
        self.level += 1;
        self.next = Next::First;
    }

    fn close(&mut self, bracket: char) {
        self.level -= 1;
        if self.next != Next::First && self.indent > 0 {
            self.break_line();
        }
        self.out.push(bracket);
        self.next = Next::Further;
    }

    #[inline(always)]
    fn colon(&mut self) -> &mut Self {
        self.out.push_str(if self.indent == 0 { ":" } else { ": " });
        self.next = Next::Value;
        self
    }

    fn separate(&mut self) {
        match std::mem::replace(&mut self.next, Next::Further) {
            Next::Value => return,
            Next::First => {}
            Next::Further => self.out.push(','),
        }
        if self.indent > 0 {
            self.break_line();
        }
    }

    /// Not inlined, since most text is compact.
    #[inline(never)]
    fn break_line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.indent * self.level));
    }
}

/// The entries that count: of equal keys the last value, in the place of the first.
pub fn without_duplicates<'a>(entries: Vec<(Str<'a>, Value<'a>)>) -> Vec<(Str<'a>, Value<'a>)> {
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
            Writer::indented(&mut out, indent).value(value);
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
            rewritten(r#"{"a":[1,{}],"b":[],"c":{"d":null}}"#, 2),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": [],\n  \"c\": {\n    \"d\": null\n  }\n}"
        );
    }

    #[test]
    fn the_last_duplicate_is_written_at_the_first_place() {
        assert_eq!(rewritten(r#"{"a":1,"b":2,"\u0061":3}"#, 0), r#"{"a":3,"b":2}"#);
    }

    #[test]
    fn whatever_is_built_is_json() {
        let mut json = String::new();
        Writer::compact(&mut json).array(|out| {
            out.object(|out| {
                out.key("a\"\n").text("\\\u{1}é");
                out.key("b").or_null(None::<usize>, Writer::number);
                out.key("c").or_null(Some(10), Writer::number);
            });
            out.object(|_| {});
            out.list([true, false], |out, item| out.boolean(item));
            out.raw("1.50");
        });
        assert_eq!(json, r#"[{"a\"\n":"\\\u0001é","b":null,"c":10},{},[true,false],1.50]"#);
        assert_eq!(Value::parse(&json).map(Value::raw), Ok(&*json));
    }
}
