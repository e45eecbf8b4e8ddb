//! Number literals: which ones JavaScript would round, and the value of short ones.

use super::Value;
use super::run::plain_run;
use super::value::Kind;
use crate::text::find;
use std::borrow::Cow;
use std::ops::Range;

const MAX_SAFE: u64 = (1 << 53) - 1;

/// True for an integer literal beyond ±(2^53 − 1), which a JavaScript number would round.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::{Value, number::is_unsafe_integer};
///
/// assert!(is_unsafe_integer(Value::parse("18446744073709551615")?));
/// assert!(!is_unsafe_integer(Value::parse("20")?));
/// # Ok::<(), viewcomfy_kernels::json::SyntaxError>(())
/// ```
pub fn is_unsafe_integer(value: Value<'_>) -> bool {
    value.raw().len() >= 16
        && value.is_integer()
        && value.raw().parse::<i64>().map_or(true, |n| n.unsigned_abs() > MAX_SAFE)
}

/// True if `value` is such an integer or contains one.
pub fn has_unsafe_integer(value: Value<'_>) -> bool {
    match value.kind() {
        Kind::Number => is_unsafe_integer(value),
        Kind::Array | Kind::Object if !has_long_number(value.raw()) => false,
        Kind::Array => value.items().into_iter().any(has_unsafe_integer),
        Kind::Object => value.entries().into_iter().any(|(_, value)| has_unsafe_integer(value)),
        _ => false,
    }
}

/// True if `value` is or contains something that `JSON.parse` would round or refuse: such integers, `NaN` and
/// infinities.
pub fn needs_exact_reading(value: Value<'_>) -> bool {
    has_unsafe_integer(value) || has_non_finite(value)
}

/// True if `value` is `NaN`, `Infinity` or `-Infinity`, or contains one.
pub fn has_non_finite(value: Value<'_>) -> bool {
    match value.kind() {
        Kind::Number => !value.is_finite(),
        Kind::Array | Kind::Object => has_word(value.raw()) && first_word(value.raw()).is_some(),
        _ => false,
    }
}

/// Valid JSON with null for `NaN` and infinities, as ComfyUI's page reads them; the rest stays byte for byte.
pub fn without_non_finite(json: &str) -> Cow<'_, str> {
    if !has_word(json) {
        return json.into();
    }
    let (mut text, mut rest) = (String::new(), json);
    while let Some(word) = first_word(rest) {
        text.push_str(&rest[..word.start]);
        text.push_str("null");
        rest = &rest[word.end..];
    }
    if rest.len() == json.len() {
        return json.into();
    }
    text.push_str(rest);
    text.into()
}

/// True if one of Python's words occurs anywhere, even in a string: far quicker than looking for values.
pub fn has_word(json: &str) -> bool {
    find(json, "NaN").is_some() || find(json, "Infinity").is_some()
}

/// Where the first of Python's words is that is a value. In valid JSON nothing else outside strings begins that way.
fn first_word(json: &str) -> Option<Range<usize>> {
    let bytes = json.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => at = end_of_string(bytes, at),
            b'N' => return Some(at..at + "NaN".len()),
            b'I' => {
                let has_sign = at > 0 && bytes[at - 1] == b'-';
                return Some(at - usize::from(has_sign)..at + "Infinity".len());
            }
            _ => at += 1,
        }
    }
}

/// The position after the closing quote of the string that begins at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += plain_run(rest).length;
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            _ => return at + 1,
        }
    }
}

/// True if there are sixteen digits in a row, the fewest that an unsafe integer has.
fn has_long_number(json: &str) -> bool {
    let mut digits = 0;
    json.bytes().any(|byte| {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 16
    })
}

/// The value of a short decimal such as `12.5` or `1e-3`: exact up to 15 digits, rounded beyond. Python's words are
/// read as well; `None` for anything that is not a number.
///
/// The standard library's parser is exact for all literals, but brings 15 KB of tables that nothing else needs.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::number::decimal;
///
/// assert_eq!(decimal("12.5"), Some(12.5));
/// assert_eq!(decimal("twelve"), None);
/// ```
pub fn decimal(literal: &str) -> Option<f64> {
    match literal {
        "NaN" => return Some(f64::NAN),
        "Infinity" => return Some(f64::INFINITY),
        "-Infinity" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    let bytes = literal.as_bytes();
    let start = usize::from(bytes.first() == Some(&b'-'));
    let (mut value, mut scale) = (0.0, 0_i32);
    let (mut digits, mut point) = (false, false);
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' => {
                digits = true;
                if value < ENOUGH {
                    value = value * 10.0 + f64::from(byte - b'0');
                    scale = scale.saturating_sub(i32::from(point));
                } else {
                    scale = scale.saturating_add(i32::from(!point));
                }
            }
            b'.' if !point => point = true,
            b'e' | b'E' if digits => {
                let exponent: i32 = literal.get(at + 1..)?.parse().ok()?;
                scale = scale.saturating_add(exponent);
                break;
            }
            _ => return None,
        }
    }
    if !digits {
        return None;
    }
    let power = power_of_ten(scale.unsigned_abs());
    let value = if scale < 0 { value / power } else { value * power };
    Some(if start == 1 { -value } else { value })
}

/// From here on further digits only move the point: many of them would make the number infinite, whatever its exponent.
const ENOUGH: f64 = 1e20;

fn power_of_ten(exponent: u32) -> f64 {
    // Beyond this every product is infinite and every quotient is zero.
    (0..exponent.min(700)).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_as_far_as_they_are_short() {
        for literal in
            ["0", "-0", "12.5", "2.51", "123456789012345", "1e3", "1E-05", "0.30000000000000", "00", "5."]
        {
            assert_eq!(decimal(literal), literal.parse().ok(), "{literal}");
        }
        assert_eq!(decimal("1e999"), Some(f64::INFINITY));
        let zeros = "0".repeat(400);
        for literal in [format!("1{zeros}e-400"), format!("0.{zeros}1e401"), format!("{zeros}1.{zeros}")] {
            assert_eq!(decimal(&literal), Some(1.0), "{literal}");
        }
        assert_eq!(decimal("-Infinity"), Some(f64::NEG_INFINITY));
        assert!(decimal("NaN").is_some_and(f64::is_nan));
        for other in ["", "-", ".", "x", "1x", "1e", "?", "nan", "-NaN", "Infinit"] {
            assert_eq!(decimal(other), None, "{other}");
        }
    }

    #[test]
    fn only_integers_that_would_be_rounded_count() {
        for (json, expected) in [
            ("9007199254740991", false),
            ("9007199254740992", true),
            ("-9007199254740991", false),
            ("-9007199254740993", true),
            ("18446744073709551615", true),
            ("123456789012345678901234567890", true),
            ("12345678901234567.5", false),
            ("1e300", false),
            ("\"9007199254740992\"", false),
            ("[[1], {\"a\": 9007199254740992}]", true),
            ("[[1], {\"9007199254740992\": 1}]", false),
        ] {
            assert_eq!(Value::parse(json).map(has_unsafe_integer), Ok(expected), "{json}");
        }
    }

    #[test]
    fn the_words_count_where_they_are_values() {
        for (json, expected) in [
            ("NaN", true),
            ("-Infinity", true),
            ("[1, [Infinity]]", true),
            ("{\"a\": {\"b\": NaN}}", true),
            ("\"NaN\"", false),
            ("[\"NaN\", \"-Infinity\"]", false),
            ("{\"NaN\": 1}", false),
            ("[1e400]", false),
        ] {
            assert_eq!(Value::parse(json).map(has_non_finite), Ok(expected), "{json}");
            assert_eq!(Value::parse(json).map(needs_exact_reading), Ok(expected), "{json}");
            assert_eq!(without_non_finite(json) == json, !expected, "{json}");
            assert_eq!(Value::parse(json).map(has_unsafe_integer), Ok(false), "{json}");
        }
        for text in
            [r#"["\"", NaN]"#, r#"["\\", NaN]"#, r#"{"\\\"": "", "a\u0022":NaN}"#, "[\"é\\n\",NaN,-Infinity]"]
        {
            let finite = text.replace("NaN", "null").replace("-Infinity", "null");
            assert_eq!(without_non_finite(text), finite, "{text}");
        }
        let mixed = r#"{"a": [NaN, "NaN", 1.0], "b": {"c": -Infinity}, "d": Infinity}"#;
        assert_eq!(without_non_finite(mixed), r#"{"a": [null, "NaN", 1.0], "b": {"c": null}, "d": null}"#);
    }
}
