//! JSON is accepted and refused exactly as a strict parser does it, and means the same.
//!
//! The strict parser is serde_json reading into [`IgnoredAny`], which checks the grammar and nothing else. There is
//! two deliberate differences: nesting beyond [`MAX_DEPTH`] is refused, and `NaN`, `Infinity` and `-Infinity`, which
//! Python writes, are numbers. Reading into `serde_json::Value` refuses
//! more than the grammar does, namely lone surrogates in `\u` escapes (here U+FFFD, as in a browser's text), numbers
//! beyond an `f64` (here literals), and 128 levels; where it accepts, the values must agree.

use super::cases;
use crate::given::bytes::{Bytes, any_damage, cuts};
use crate::given::json::{Document, document};
use crate::given::tree::{Growing, Tree};
use crate::read;
use proptest::prelude::*;
use serde::de::IgnoredAny;
use viewcomfy_wasm::json::{MAX_DEPTH, Value};

/// True when a strict parser accepts the text and it keeps to the limit.
fn strictly_json(bytes: &[u8]) -> bool {
    // IgnoredAny does not look at the bytes of strings, so the encoding is checked apart.
    let grammatical = std::str::from_utf8(bytes)
        .is_ok_and(|text| serde_json::from_str::<IgnoredAny>(&without_words(text)).is_ok());
    grammatical && depth(bytes) <= MAX_DEPTH
}

/// The text with a list where one of Python's words stands outside strings: no text is valid with a list that would not
/// be with another value.
fn without_words(text: &str) -> String {
    let (mut out, mut rest, mut inside) = (String::new(), text, false);
    while let Some(first) = rest.chars().next() {
        let word =
            ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| !inside && rest.starts_with(word));
        let taken = word.map_or(first.len_utf8(), str::len);
        let escape =
            if inside && first == '\\' { rest[1..].chars().next().map_or(0, char::len_utf8) } else { 0 };
        inside ^= first == '"';
        out.push_str(if word.is_some() { "[]" } else { &rest[..taken + escape] });
        rest = &rest[taken + escape..];
    }
    out
}

/// How deep a valid text nests.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut inside, mut escaped) = (0, 0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => inside = !inside,
            b'[' | b'{' if !inside => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !inside => depth -= 1,
            _ => {}
        }
    }
    deepest
}

/// What the scanner of whole texts reads.
fn scanned(bytes: &[u8]) -> Option<Tree> {
    let text = std::str::from_utf8(bytes).ok()?;
    match Value::parse(text) {
        Ok(value) => Some(value.into()),
        Err(error) => {
            assert!(text.is_char_boundary(error.offset), "{error:?}");
            None
        }
    }
}

/// What the reader of pushed chunks reads.
fn pushed(chunks: &[&[u8]]) -> Option<Tree> {
    let mut growing = Growing::default();
    match read::json(chunks, &mut growing) {
        Ok(()) => growing.tree(),
        Err(error) => {
            let len: usize = chunks.iter().map(|chunk| chunk.len()).sum();
            assert!(error.offset <= len as u64, "{error:?}");
            None
        }
    }
}

/// Both readers against the strict parser, and against each other.
fn judged_alike(bytes: &[u8], chunks: &[&[u8]]) -> Result<(), TestCaseError> {
    let text = Bytes(bytes.to_vec());
    let tree = scanned(bytes);
    prop_assert_eq!(tree.is_some(), strictly_json(bytes), "the scanner on {:?}", text);
    prop_assert_eq!(&pushed(chunks), &tree, "the push reader on {:?}", text);
    prop_assert_eq!(&pushed(&bytes.chunks(1).collect::<Vec<_>>()), &tree, "byte by byte on {:?}", text);
    if let (Some(tree), Ok(strict)) = (&tree, serde_json::from_slice(bytes)) {
        prop_assert!(tree.is(&strict), "{:?} is {} to serde_json", tree, strict);
    }
    Ok(())
}

/// Bits of JSON in any order: most make none, and those that fail do so in every way there is.
fn fragments() -> impl Strategy<Value = Bytes> {
    const BITS: [&str; 45] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"a\":",
        "1",
        "0",
        "-",
        ".",
        "e",
        "E+",
        "+",
        "12e5",
        "-0.5",
        "true",
        "false",
        "null",
        "nul",
        "tru",
        "fa",
        "NaN",
        "Infinity",
        "-Infinity",
        " ",
        "\n",
        "\r",
        "\t",
        "\u{1}",
        "\u{b}",
        "\u{a0}",
        "é",
        "\u{feff}",
        "\\u00e9",
        "\\ud83d",
        "\\ude00",
        "\\u12",
        "\\n",
        "\\/",
        "/",
        "x",
    ];
    prop::collection::vec(prop::sample::select(&BITS[..]), 0..12)
        .prop_map(|bits| Bytes(bits.concat().into_bytes()))
}

/// Numbers, nearly.
fn nearly_numbers() -> impl Strategy<Value = Bytes> {
    "\\[?-?(00|0)?[1-9]{0,2}([.][0-9]{0,2})?([eE][+-]?[0-9]{0,2})?[-+.eE0]?[ ,\\]]?"
        .prop_map(|text| Bytes(text.into_bytes()))
}

/// Strings, nearly, with bytes that are not UTF-8 among them.
fn nearly_strings() -> impl Strategy<Value = Bytes> {
    const ODD: [&[u8]; 6] =
        [b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80\xa8"];
    let bit = prop_oneof![
        4 => prop::sample::select(&["\\u", "d83d", "\\uDE00", "00E9", "\\", "n", "q", "é", "😀", "\u{7f}", "g", "\\\"", "/"][..])
            .prop_map(|bit| bit.as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => prop::sample::select(&ODD[..])
            .prop_map(<[u8]>::to_vec),
    ];
    prop::collection::vec(bit, 0..10)
        .prop_map(|bits| Bytes([b"\"", bits.concat().as_slice(), b"\""].concat()))
}

/// Brackets up to and beyond the limit, round a document or the end of the text.
fn nested(depth: impl Strategy<Value = usize>) -> impl Strategy<Value = Bytes> {
    (depth, any::<bool>(), any::<bool>(), document()).prop_map(|(depth, objects, closed, inner)| {
        let (open, close) = if objects { ("{\"a\":", "}") } else { ("[", "]") };
        let end = if closed { close.repeat(depth) } else { String::new() };
        Bytes([open.repeat(depth).as_bytes(), &inner.text.0, end.as_bytes()].concat())
    })
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_document_means_what_was_written(Document { text, json } in document(), cuts in cuts()) {
        judged_alike(&text.0, &cuts.of(&text.0))?;
        prop_assert_eq!(scanned(&text.0), Some(Tree::from(&json)));
    }

    #[test]
    fn damaged_documents(
        document in document(),
        damages in prop::collection::vec(any_damage(), 1..4),
        cuts in cuts(),
    ) {
        let mut text = document.text.0;
        damages.iter().for_each(|damage| damage.apply(&mut text));
        judged_alike(&text, &cuts.of(&text))?;
    }

    #[test]
    fn near_misses(
        text in prop_oneof![fragments(), nearly_numbers(), nearly_strings(), nested(MAX_DEPTH - 5..MAX_DEPTH + 3)],
        cuts in cuts(),
    ) {
        judged_alike(&text.0, &cuts.of(&text.0))?;
    }

    #[test]
    fn an_error_of_the_push_reader_has_one_place(
        text in prop_oneof![fragments(), nearly_numbers(), nearly_strings()],
        cuts in cuts(),
    ) {
        let whole = read::json(&[&text.0], &mut Growing::default());
        prop_assert_eq!(read::json(&cuts.of(&text.0), &mut Growing::default()), whole);
        prop_assert_eq!(read::json(&text.0.chunks(1).collect::<Vec<_>>(), &mut Growing::default()), whole);
    }
}
