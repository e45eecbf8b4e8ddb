//! String literals as spans: the characters between the quotes, decoded or rewritten only if needed.

use std::borrow::Cow;

/// The validated inside of a JSON string literal, with its escapes untouched.
#[derive(Debug, Clone, Copy)]
pub struct Str<'a> {
    raw: &'a str,
    escaped: bool,
}

impl<'a> Str<'a> {
    /// Wraps the characters between the quotes of a literal that a scanner has validated.
    #[inline]
    pub fn from_validated(raw: &'a str) -> Self {
        Self { raw, escaped: memchr::memchr(b'\\', raw.as_bytes()).is_some() }
    }

    /// The same, for a scanner that knows whether it saw an escape.
    pub(super) fn scanned(raw: &'a str, escaped: bool) -> Self {
        Self { raw, escaped }
    }

    /// The characters between the quotes, as they are in the input.
    #[inline]
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// True if both mean the same text, however they are escaped.
    pub fn same_as(self, other: Str<'_>) -> bool {
        self.raw == other.raw || ((self.escaped || other.escaped) && self.canonical() == other.canonical())
    }

    /// True if the decoded text is exactly `text`.
    #[inline]
    pub fn is(self, text: &str) -> bool {
        if self.escaped { self.decode() == text } else { self.raw == text }
    }

    /// The decoded text. A lone surrogate, which a Rust string cannot contain, becomes U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        for unit in Units::new(self.raw) {
            match unit {
                Unit::Run(run) => text.push_str(run),
                Unit::Char(c) => text.push(c),
                Unit::LoneSurrogate(_) => text.push(char::REPLACEMENT_CHARACTER),
            }
        }
        Cow::Owned(text)
    }

    /// Appends the inside of the literal in one canonical form: raw UTF-8, short escapes where JSON has them, `\u00xx`
    /// for other control characters. Python writes it this way with `ensure_ascii=False`. A lone surrogate, which
    /// UTF-8 cannot express, stays an escape.
    #[inline]
    pub fn write_canonical(self, out: &mut String) {
        if !self.escaped {
            return out.push_str(self.raw);
        }
        for unit in Units::new(self.raw) {
            match unit {
                Unit::Run(run) => out.push_str(run),
                Unit::Char(c) => push_escaped_char(out, c),
                Unit::LoneSurrogate(code) => push_unicode_escape(out, code),
            }
        }
    }

    /// The canonical form as a text: equal for literals that mean the same.
    #[inline]
    pub fn canonical(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        self.write_canonical(&mut text);
        Cow::Owned(text)
    }
}

/// Appends `text` as a JSON string literal, quotes included.
pub fn write_literal(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        push_escaped_char(out, c);
    }
    out.push('"');
}

/// Appends one character, escaped as it has to be inside a literal.
pub fn push_escaped_char(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        c if c < ' ' => push_unicode_escape(out, c as u16),
        c => out.push(c),
    }
}

/// Appends `\u` and four hexadecimal digits.
pub fn push_unicode_escape(out: &mut String, code: u16) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        let digit = u32::from(code >> shift & 0xf);
        out.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}

/// A part of a string literal.
enum Unit<'a> {
    Run(&'a str),
    Char(char),
    LoneSurrogate(u16),
}

/// Splits a validated literal into plain runs and decoded escapes.
struct Units<'a> {
    rest: &'a str,
}

impl<'a> Units<'a> {
    fn new(raw: &'a str) -> Self {
        Self { rest: raw }
    }

    fn escape(&mut self) -> Option<Unit<'a>> {
        let kind = *self.rest.as_bytes().get(1)?;
        if kind != b'u' {
            self.rest = self.rest.get(2..)?;
            return Some(Unit::Char(short_escape(kind)));
        }
        let code = hex4(self.rest.get(2..6)?)?;
        self.rest = self.rest.get(6..)?;
        if let Some(c) = char::from_u32(u32::from(code)) {
            return Some(Unit::Char(c));
        }
        match self.low_surrogate_after(code) {
            Some(c) => {
                self.rest = self.rest.get(6..)?;
                Some(Unit::Char(c))
            }
            None => Some(Unit::LoneSurrogate(code)),
        }
    }

    fn low_surrogate_after(&self, high: u16) -> Option<char> {
        let low = hex4(self.rest.strip_prefix("\\u")?.get(..4)?)?;
        char::decode_utf16([high, low]).next()?.ok().filter(|c| *c as u32 > 0xffff)
    }
}

impl<'a> Iterator for Units<'a> {
    type Item = Unit<'a>;

    fn next(&mut self) -> Option<Unit<'a>> {
        if self.rest.starts_with('\\') {
            return self.escape();
        }
        let end = memchr::memchr(b'\\', self.rest.as_bytes()).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!run.is_empty()).then_some(Unit::Run(run))
    }
}

fn hex4(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits, 16).ok()
}

/// The character that a one-letter escape means; the letter itself for `"`, `\` and `/`.
pub(crate) fn short_escape(kind: u8) -> char {
    match kind {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(raw: &str) -> String {
        let mut out = String::new();
        Str::from_validated(raw).write_canonical(&mut out);
        out
    }

    #[test]
    fn escapes_become_the_characters_they_stand_for() {
        assert_eq!(Str::from_validated(r#"a\u00e9\ud83d\ude00\/\n\""#).decode(), "aé😀/\n\"");
    }

    #[test]
    fn canonical_form_is_pythons() {
        assert_eq!(canonical(r#"\u0022\u005C\u000A\u0001\u007f\/\u65e5"#), "\\\"\\\\\\n\\u0001\u{7f}/日");
    }

    #[test]
    fn lone_surrogates_stay_escapes() {
        assert_eq!(canonical(r"\uD83D x \ude00\ud83d\ud83d\ude00"), r"\ud83d x \ude00\ud83d😀");
    }

    #[test]
    fn equality_looks_through_escapes() {
        assert!(Str::from_validated("é").same_as(Str::from_validated(r"\u00E9")));
        assert!(!Str::from_validated(r"\ud800").same_as(Str::from_validated(r"\ud801")));
        assert!(!Str::from_validated(r"a\n").same_as(Str::from_validated("an")));
    }

    #[test]
    fn literals_are_quoted_and_escaped() {
        let mut out = String::new();
        write_literal(&mut out, "a\"\\\u{1}é");
        assert_eq!(out, "\"a\\\"\\\\\\u0001é\"");
    }
}
