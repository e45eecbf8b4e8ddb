//! Numbers as Python reads them if ComfyUI asks for one, and which of two is larger.

use crate::json::Value;
use crate::json::number::decimal;
use crate::json::value::Kind;
use std::cmp::Ordering;

/// A number; whole ones are exact, as seeds need it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    /// The result of `int(value)`; `None` if Python raises an error.
    pub(super) fn int(value: Value<'_>) -> Option<Self> {
        match Self::of(value)? {
            Self::Float(number) if number.is_nan() || number.is_infinite() => None,
            Self::Float(number) if value.kind() == Kind::Number => Some(Self::Float(number.trunc())),
            // To Python, a text with a point is not a whole number.
            Self::Float(_) => None,
            whole => Some(whole),
        }
    }

    /// The result of `float(value)`; `None` if Python raises an error.
    pub(super) fn float(value: Value<'_>) -> Option<Self> {
        Self::of(value)
    }

    fn of(value: Value<'_>) -> Option<Self> {
        match value.kind() {
            Kind::Number => Self::literal(value.raw()),
            Kind::Boolean => Some(Self::Integer(i128::from(value.raw() == "true"))),
            Kind::String => Self::text(value.as_str()?.decode().trim()),
            _ => None,
        }
    }

    fn literal(literal: &str) -> Option<Self> {
        match literal.parse() {
            Ok(whole) => Some(Self::Integer(whole)),
            Err(_) => decimal(literal).map(Self::Float),
        }
    }

    /// Python allows a sign, underscores between digits, and words for infinities and NaN.
    fn text(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let says = |word: &str| unsigned.eq_ignore_ascii_case(word);
        if says("inf") || says("infinity") {
            return Some(Self::Float(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY }));
        }
        if says("nan") {
            return Some(Self::Float(f64::NAN));
        }
        let begins_well = unsigned.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = if begins_well { Self::literal(&unsigned.replace('_', "")) } else { None };
        number.map(|number| if text.starts_with('-') { number.negated() } else { number })
    }

    fn negated(self) -> Self {
        match self {
            Self::Integer(number) => Self::Integer(-number),
            Self::Float(number) => Self::Float(-number),
        }
    }

    /// Which is larger; `None` if one is not a number.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => Some(a.cmp(&b)),
            (a, b) => a.rounded().partial_cmp(&b.rounded()),
        }
    }

    fn rounded(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value<'_> {
        Value::parse(json).unwrap_or(Value::NULL)
    }

    #[test]
    fn numbers_are_read_as_python_reads_them() {
        for (json, int, float) in [
            ("5", Some(Number::Integer(5)), Some(Number::Integer(5))),
            ("5.9", Some(Number::Float(5.0)), Some(Number::Float(5.9))),
            ("\" +5 \"", Some(Number::Integer(5)), Some(Number::Integer(5))),
            ("\"-1_000\"", Some(Number::Integer(-1000)), Some(Number::Integer(-1000))),
            ("\"5.0\"", None, Some(Number::Float(5.0))),
            ("\"-inf\"", None, Some(Number::Float(f64::NEG_INFINITY))),
            ("true", Some(Number::Integer(1)), Some(Number::Integer(1))),
            ("\"\"", None, None),
            ("\"abc\"", None, None),
            ("\"--5\"", None, None),
            ("null", None, None),
            ("{}", None, None),
        ] {
            assert_eq!((Number::int(value(json)), Number::float(value(json))), (int, float), "{json}");
        }
    }

    #[test]
    fn seeds_are_compared_exactly() {
        let number = |json| Number::int(value(json)).unwrap_or(Number::Integer(0));
        let largest = number("18446744073709551615");
        assert_eq!(number("18446744073709551616").compare(largest), Some(Ordering::Greater));
        assert_eq!(largest.compare(largest), Some(Ordering::Equal));
        assert_eq!(number("0").compare(Number::Float(0.5)), Some(Ordering::Less));
        assert_eq!(Number::Float(f64::NAN).compare(largest), None);
    }
}
