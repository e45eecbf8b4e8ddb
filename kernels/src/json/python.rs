//! Equality as in Python, which ComfyUI is written in.

use super::Value;
use super::same::{self, same_value};
use super::value::Kind;

/// What Python's `a == b` gives: like [`same_value`], but `true` equals 1 and `false` equals 0.
pub fn equals(a: Value<'_>, b: Value<'_>) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Boolean, Kind::Number) | (Kind::Number, Kind::Boolean) => {
            same::same_number(as_number(a), as_number(b))
        }
        (Kind::Array, Kind::Array) => {
            let (a, b) = (a.items(), b.items());
            a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| equals(a, b))
        }
        (Kind::Object, Kind::Object) => same::same_entries(a, b, equals),
        _ => same_value(a, b),
    }
}

fn as_number(value: Value<'_>) -> &str {
    match value.raw() {
        "true" => "1",
        "false" => "0",
        number => number,
    }
}

/// What Python's `value in list` gives. A list may have thousands of items, nearly all of them plain strings.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::{Value, python};
///
/// let samplers = Value::parse(r#"["euler", "dpm"]"#)?;
/// assert!(python::contains(samplers, Value::parse(r#""dpm""#)?));
/// assert!(!python::contains(samplers, Value::parse(r#"", ""#)?));
/// # Ok::<(), viewcomfy_kernels::json::SyntaxError>(())
/// ```
pub fn contains(list: Value<'_>, value: Value<'_>) -> bool {
    if value.kind() == Kind::String && !has_escape(list) && !has_escape(value) {
        let is_somewhere = has_literal(list.raw(), value.raw());
        if !is_somewhere || is_flat(list) {
            return is_somewhere;
        }
    }
    list.items().into_iter().any(|item| equals(item, value))
}

fn has_escape(value: Value<'_>) -> bool {
    memchr::memchr(b'\\', value.raw().as_bytes()).is_some()
}

/// True if it is certain that no item is an array or an object.
fn is_flat(list: Value<'_>) -> bool {
    let inside = list.raw().strip_prefix('[').unwrap_or_default();
    memchr::memchr2(b'[', b'{', inside.as_bytes()).is_none()
}

/// Whether a string literal occurs in JSON text without escapes, where every other quote begins a string: elsewhere
/// its characters mean nothing, such as the `","` between two items.
fn has_literal(json: &str, literal: &str) -> bool {
    let (json, literal) = (json.as_bytes(), literal.as_bytes());
    memchr::memchr_iter(b'"', json).step_by(2).any(|at| json[at..].starts_with(literal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Value<'_> {
        Value::parse(json).unwrap_or(Value::NULL)
    }

    #[test]
    fn what_python_finds_in_a_list() {
        for (list, item) in [
            (r#"["euler", "dpm", "x,y"]"#, r#""euler""#),
            (r#"["euler","dpm","x,y"]"#, r#""x,y""#),
            (r#"["a",",","b"]"#, r#"",""#),
            (r#"["a", ", ", "b"]"#, r#"", ""#),
            (r#"["",""]"#, r#""""#),
            (r#"["caf\u00e9"]"#, r#""café""#),
            (r#"["café"]"#, r#""caf\u00e9""#),
            (r#"["a\"b","c"]"#, r#""c""#),
            (r#"["a\\","c"]"#, r#""a\u005c""#),
            (r#"["[a].safetensors", "b"]"#, r#""b""#),
            (r#"[["a"], "b"]"#, r#"["a"]"#),
            (r#"[1, 2.50]"#, "2.5"),
            (r#"[1, 2]"#, "true"),
            (r#"[true]"#, "1.0"),
            (r#"[0]"#, "false"),
            (r#"[[1, {"a": true}]]"#, r#"[1.0, {"a": 1}]"#),
            ("[null]", "null"),
            ("[18446744073709551615]", "18446744073709551615"),
        ] {
            assert!(contains(value(list), value(item)), "{item} in {list}");
        }
    }

    #[test]
    fn what_python_does_not_find_in_a_list() {
        for (list, item) in [
            (r#"["euler","dpm","x,y"]"#, r#"",""#),
            (r#"["euler", "dpm"]"#, r#"", ""#),
            (r#"["x,",",y"]"#, r#"",""#),
            (r#"["a","","b"]"#, r#"",""#),
            (r#"["euler"]"#, r#""eule""#),
            (r#"["euler"]"#, r#""uler""#),
            (r#"["euler"]"#, r#""Euler""#),
            (r#"[["a"], "b"]"#, r#""a""#),
            (r#"[{"a": "c"}, "b"]"#, r#""a""#),
            (r#"[["x,", ",y"], "b"]"#, r#"", ""#),
            (r#"["a\",\"b"]"#, r#"",""#),
            (r#"["a\\\",\"b"]"#, r#"",\"b""#),
            (r#"["1", "true"]"#, "1"),
            (r#"["1", "true"]"#, "true"),
            (r#"[1]"#, r#""1""#),
            (r#"[2]"#, "true"),
            (r#"[0]"#, "null"),
            (r#"["None"]"#, "null"),
            ("[18446744073709551615]", "18446744073709551614"),
            ("[]", r#""""#),
        ] {
            assert!(!contains(value(list), value(item)), "{item} in {list}");
        }
    }
}
