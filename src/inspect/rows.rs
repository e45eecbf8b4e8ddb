//! JSON text in the making, written from the front to the back.

use crate::json::Value;
use crate::json::number::has_unsafe_integer;
use crate::json::string::write_literal;

/// JSON text in the making, commas set by itself.
pub(super) struct Rows {
    json: String,
    /// Whether nothing stands yet in the innermost list.
    first: bool,
}

impl Rows {
    /// Nothing yet, with room for `capacity` bytes.
    pub(super) fn new(capacity: usize) -> Self {
        Self { json: String::with_capacity(capacity), first: true }
    }

    /// What was written.
    pub(super) fn into_json(self) -> String {
        self.json
    }

    pub(super) fn open(&mut self, bracket: char) {
        self.separate();
        self.json.push(bracket);
        self.first = true;
    }

    pub(super) fn close(&mut self, bracket: char) {
        self.json.push(bracket);
        self.first = false;
    }

    /// Inlined, because it stands before everything that is written.
    #[inline(always)]
    fn separate(&mut self) {
        if !std::mem::replace(&mut self.first, false) {
            self.json.push(',');
        }
    }

    pub(super) fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.json.push(':');
        self.first = true;
        self
    }

    pub(super) fn list<T>(&mut self, items: impl Iterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.open('[');
        items.for_each(|item| write(self, item));
        self.close(']');
    }

    pub(super) fn raw(&mut self, json: &str) {
        self.separate();
        self.json.push_str(json);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.separate();
        let plain = text.bytes().all(|byte| byte >= 0x20 && !matches!(byte, b'"' | b'\\'));
        if !plain {
            return write_literal(&mut self.json, text);
        }
        self.json.push('"');
        self.json.push_str(text);
        self.json.push('"');
    }

    pub(super) fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.raw("null"),
        }
    }

    pub(super) fn boolean(&mut self, yes: bool) {
        self.raw(if yes { "1" } else { "0" });
    }

    pub(super) fn number(&mut self, number: usize) {
        self.separate();
        match u8::try_from(number) {
            // Nearly all are a flag, a kind or an index.
            Ok(digit @ 0..=9) => self.json.push(char::from(b'0' + digit)),
            _ => self.json.push_str(&number.to_string()),
        }
    }

    pub(super) fn number_or_null(&mut self, number: Option<usize>) {
        match number {
            Some(number) => self.number(number),
            None => self.raw("null"),
        }
    }

    /// Writes a value as it is, or its text when it would be rounded, and says which.
    pub(super) fn value(&mut self, value: Value<'_>) -> bool {
        let exact = has_unsafe_integer(value);
        if exact {
            self.separate();
            write_literal(&mut self.json, value.raw());
        } else {
            self.raw(value.raw());
        }
        exact
    }
}
