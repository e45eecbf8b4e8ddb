//! Whether two values mean the same, however they are written.

use super::value::Kind;
use super::write::without_duplicates;
use super::{KeyIndex, Str, Value};

/// True if both values are equal: numbers exactly (`6.0` and `6` are equal, whatever their size), strings by their
/// text, arrays item by item, objects by their keys in any order, as in Python.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::{Value, same::same_value};
///
/// let (a, b) = (Value::parse(r#"{"cfg": 6.0, "a": 1}"#)?, Value::parse(r#"{"a": 1, "cfg": 6}"#)?);
/// assert!(same_value(a, b));
/// # Ok::<(), viewcomfy_kernels::json::SyntaxError>(())
/// ```
pub fn same_value(a: Value<'_>, b: Value<'_>) -> bool {
    if a.raw() == b.raw() {
        return true;
    }
    if a.kind() != b.kind() {
        return false;
    }
    match a.kind() {
        Kind::Number => same_number(a.raw(), b.raw()),
        Kind::String => a.as_str().zip(b.as_str()).is_some_and(|(a, b)| a.same_as(b)),
        Kind::Array => {
            let (a, b) = (a.items(), b.items());
            a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        Kind::Object => same_entries(a, b, same_value),
        Kind::Null | Kind::Boolean => false,
    }
}

/// Whether two number literals have the same value.
pub(super) fn same_number(a: &str, b: &str) -> bool {
    a == b || Decimal::of(a).zip(Decimal::of(b)).is_some_and(|(a, b)| a == b)
}

/// Whether two objects have the same keys with values that `same` calls equal.
pub(super) fn same_entries(a: Value<'_>, b: Value<'_>, same: impl Fn(Value<'_>, Value<'_>) -> bool) -> bool {
    let (a, b) = (without_duplicates(a.entries()), without_duplicates(b.entries()));
    let mut indices = KeyIndex::default();
    for (index, (key, _)) in b.iter().enumerate() {
        indices.claim(key.canonical(), index);
    }
    let among_b = |(key, value): &(Str<'_>, Value<'_>)| {
        indices.get(&key.canonical()).is_some_and(|index| same(*value, b[index].1))
    };
    a.len() == b.len() && a.iter().all(among_b)
}

/// A number literal in its normal form: the digits without zeros at either end, and where the point is.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// `None` for an exponent that is too large to count with, and for NaN and infinities: these are equal only if
    /// they are written alike.
    fn of(literal: &str) -> Option<Self> {
        let (mantissa, exponent) = match literal.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, i64::from(exponent.parse::<i32>().ok()?)),
            None => (literal, 0),
        };
        let unsigned = mantissa.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = [whole, fraction].concat();
        let significant = digits.trim_end_matches('0');
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        if significant.is_empty() {
            return Some(Self { negative: false, digits: String::new(), exponent: 0 });
        }
        let dropped = (digits.len() - significant.len()) as i64;
        Some(Self {
            negative: mantissa.len() > unsigned.len(),
            digits: significant.trim_start_matches('0').to_owned(),
            exponent: exponent - fraction.len() as i64 + dropped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Value::parse(a).ok().zip(Value::parse(b).ok()).is_some_and(|(a, b)| same_value(a, b))
    }

    #[test]
    fn numbers_are_compared_exactly() {
        for (a, b) in [("6.0", "6"), ("1e-05", "0.00001"), ("1E5", "100000.0"), ("-0", "0"), ("0.50", "5e-1")]
        {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("18446744073709551615", "18446744073709551614"),
            ("1", "-1"),
            ("1", "10"),
            ("0.1", "0.01"),
            ("1e99999999999", "2e99999999999"),
            ("NaN", "0"),
            ("Infinity", "-Infinity"),
        ] {
            assert!(!same(a, b), "{a} {b}");
        }
    }

    #[test]
    fn other_values_are_compared_by_meaning() {
        for (a, b) in [
            ("\"\\u0061\"", "\"a\""),
            ("[ 1.0, {\"x\": 2} ]", "[1,{\"x\":2.0}]"),
            ("{ }", "{}"),
            ("{\"a\":1,\"b\":2,\"a\":3}", "{\"b\":2,\"a\":3}"),
        ] {
            assert!(same(a, b), "{a} {b}");
        }
        for (a, b) in
            [("\"1\"", "1"), ("[1]", "[1,2]"), ("{\"a\":1}", "{\"b\":1}"), ("true", "false"), ("null", "0")]
        {
            assert!(!same(a, b), "{a} {b}");
        }
    }
}
