//! A JSON value as a validated span of the input.

use super::Str;
use super::scan::{Scanner, SyntaxError};
use std::borrow::Cow;

/// A validated JSON value: its exact characters in the input, without surrounding white space.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::Value;
///
/// let value = Value::parse(r#" {"seed": 18446744073709551615} "#)?;
/// assert_eq!(value.get("seed").map(Value::raw), Some("18446744073709551615"));
/// # Ok::<(), viewcomfy_kernels::json::SyntaxError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value<'a> {
    raw: &'a str,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, clippy::exhaustive_enums, reason = "JSON has these types and no others")]
pub enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl<'a> Value<'a> {
    /// The value `null`.
    pub const NULL: Value<'static> = Value { raw: "null" };

    /// Wraps the characters of a value that a scanner has validated.
    pub(super) fn from_validated(raw: &'a str) -> Self {
        Self { raw }
    }

    /// Reads a text that consists of one value.
    ///
    /// # Errors
    /// [`SyntaxError`] if it is not valid JSON, or if something follows the value.
    pub fn parse(text: &'a str) -> Result<Self, SyntaxError> {
        let mut scanner = Scanner::new(text);
        let value = scanner.value()?;
        scanner.end()?;
        Ok(value)
    }

    /// The exact characters of the value.
    #[inline]
    pub fn raw(self) -> &'a str {
        self.raw
    }

    /// The type of the value.
    #[inline]
    pub fn kind(self) -> Kind {
        match self.raw.as_bytes().first() {
            Some(b'"') => Kind::String,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::Array,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') | None => Kind::Null,
            Some(_) => Kind::Number,
        }
    }

    /// The string literal; `None` for any other type.
    #[inline]
    pub fn as_str(self) -> Option<Str<'a>> {
        let inside = self.raw.strip_prefix('"')?.strip_suffix('"')?;
        Some(Str::from_validated(inside))
    }

    /// The decoded text of a string, or the characters of any other value.
    pub fn text(self) -> Cow<'a, str> {
        self.as_str().map_or(Cow::Borrowed(self.raw), Str::decode)
    }

    /// The entries of an object in file order, duplicates included; empty for other values.
    pub fn entries(self) -> Vec<(Str<'a>, Value<'a>)> {
        let mut entries = Vec::new();
        if self.kind() == Kind::Object {
            // The span was validated when it was made, so this cannot fail.
            let _ = Scanner::new(self.raw).object(|scanner, key| {
                entries.push((key, scanner.value()?));
                Ok(())
            });
        }
        entries
    }

    /// The items of an array; empty for other values.
    pub fn items(self) -> Vec<Value<'a>> {
        let mut items = Vec::new();
        self.each_item(|item| items.push(item));
        items
    }

    /// Calls `take` with each item of an array; for other values it is not called.
    #[inline]
    pub fn each_item(self, mut take: impl FnMut(Value<'a>)) {
        if self.kind() == Kind::Array {
            // The span was validated when it was made, so this cannot fail.
            let _ = Scanner::new(self.raw).array(|scanner| {
                take(scanner.value()?);
                Ok(())
            });
        }
    }

    /// The value of `key` in an object; the last one, as in Python, if there are several. `None` for other values.
    pub fn get(self, key: &str) -> Option<Value<'a>> {
        self.entries().into_iter().rev().find(|(name, _)| name.is(key)).map(|(_, value)| value)
    }

    /// True for what Python counts as false: null, false, zero, and an empty string, array or object.
    pub fn is_falsy(self) -> bool {
        match self.kind() {
            Kind::Null => true,
            Kind::Boolean => self.raw == "false",
            Kind::String => self.raw == "\"\"",
            Kind::Number => self.is_finite() && is_zero(self.raw),
            Kind::Array => self.items().is_empty(),
            Kind::Object => self.entries().is_empty(),
        }
    }

    /// False for `NaN`, `Infinity` and `-Infinity`; true for every other value.
    #[inline]
    pub fn is_finite(self) -> bool {
        // A number made of digits ends with a digit.
        self.kind() != Kind::Number || self.raw.ends_with(|last: char| last.is_ascii_digit())
    }

    /// True for a number written without a fraction and an exponent.
    pub fn is_integer(self) -> bool {
        self.kind() == Kind::Number
            && self.is_finite()
            && !self.raw.bytes().any(|b| matches!(b, b'.' | b'e' | b'E'))
    }
}

/// True if all digits before the exponent are zero.
fn is_zero(literal: &str) -> bool {
    !literal.bytes().take_while(|b| !matches!(b, b'e' | b'E')).any(|b| matches!(b, b'1'..=b'9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_several_keys_counts() {
        let value = Value::parse(r#"{"a": 1, "b": 2, "\u0061": 3}"#);
        assert_eq!(value.ok().and_then(|v| v.get("a")).map(Value::raw), Some("3"));
    }

    #[test]
    fn truth_is_pythons() {
        for falsy in ["null", "false", "0", "-0.0", "0e9", "\"\"", "[ ]", "{ }"] {
            assert!(Value::parse(falsy).is_ok_and(Value::is_falsy), "{falsy}");
        }
        for truthy in ["true", "1", "1e-300", "NaN", "-Infinity", "\" \"", "[0]", "{\"\":0}"] {
            assert!(Value::parse(truthy).is_ok_and(|v| !v.is_falsy()), "{truthy}");
        }
    }
}
