//! Tests of [`super`]: a strict JSON scanner over a whole text.

use super::*;

fn accepts(text: &str) -> bool {
    Value::parse(text).is_ok()
}

#[test]
fn accepts_and_refuses_as_serde_json_does() {
    let cases = [
        "1",
        "-0",
        "0.5",
        "1e5",
        "1E+5",
        "1e-05",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "+1",
        "1x",
        "true",
        "tru",
        "nul",
        "null",
        "\"a\"",
        "\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\u{1}\"",
        "\"\u{7f}\"",
        "[]",
        "[1,]",
        "[1 2]",
        "[",
        "[[1],[2]]",
        "{}",
        "{\"a\":1}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "[1}",
        "{\"a\":1]",
        " \t\r\n 1 \n",
        "1 2",
        "",
        " ",
        "\u{a0}1",
        "\"123456789 long enough for words \\\\ and \\\" more\"",
        "\"12345678\n\"",
        "\"é日😀 and more text\"",
    ];
    for case in cases {
        let strict = serde_json::from_str::<serde::de::IgnoredAny>(case).is_ok();
        assert_eq!(accepts(case), strict, "{case}");
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(accepts(&nested(MAX_DEPTH)));
    assert_eq!(
        Value::parse(&nested(MAX_DEPTH + 1)).map_err(|e| e.what),
        Err("arrays and objects are nested too deeply"),
    );
    assert!(Value::parse(&"[".repeat(1_000_000)).is_err());
}

#[test]
fn the_words_that_python_writes_are_numbers() {
    for text in ["NaN", "Infinity", "-Infinity", "[NaN,-Infinity ]", "{\"a\":Infinity}", "\"NaN\"", " NaN "] {
        assert!(accepts(text), "{text}");
    }
    for text in [
        "nan",
        "Nan",
        "-NaN",
        "+Infinity",
        "-infinity",
        "inf",
        "NaNs",
        "NaN1",
        "1NaN",
        "Infinit",
        "-Infinity.5",
        "- Infinity",
        "{NaN:1}",
        "N",
        "-I",
        "NaNNaN",
    ] {
        assert!(!accepts(text), "{text}");
    }
    let number = |text| Value::parse(text).map(|value| (value.kind(), value.is_integer(), value.is_finite()));
    for word in ["NaN", "Infinity", "-Infinity"] {
        assert_eq!(number(word), Ok((crate::json::value::Kind::Number, false, false)), "{word}");
    }
    assert_eq!(number("-0"), Ok((crate::json::value::Kind::Number, true, true)));
    assert_eq!(number("\"NaN\""), Ok((crate::json::value::Kind::String, false, true)));
}
