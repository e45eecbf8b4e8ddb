//! JSON: the parser of whole texts and the one of pushed chunks agree, and the text that is serialized again means the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{bytes, pieces, read};
use viewcomfy_wasm::json::push::{PushError, Token, TokenSink};
use viewcomfy_wasm::json::same::same_value;
use viewcomfy_wasm::json::value::Kind;
use viewcomfy_wasm::json::{Value, Writer, number, python, to_ascii, to_utf8};

/// The tokens that were read.
#[derive(Debug, Default, PartialEq)]
struct Tokens {
    told: Vec<String>,
    text: Vec<u8>,
}

impl TokenSink for Tokens {
    type Error = PushError;

    fn token(&mut self, token: Token<'_>) -> Result<(), PushError> {
        self.told.push(match token {
            Token::StringPiece(piece) => {
                self.text.extend_from_slice(piece);
                return Ok(());
            }
            Token::StringEnd => {
                let text = std::mem::take(&mut self.text);
                format!("text {}", String::from_utf8(text).expect("a string is UTF-8"))
            }
            Token::Key(key) => format!("key {key}"),
            Token::Number(literal) => format!("number {literal}"),
            other => format!("{other:?}"),
        });
        Ok(())
    }
}

fn tell(value: Value<'_>, told: &mut Vec<String>) {
    match value.kind() {
        Kind::Null => told.push("Null".to_owned()),
        Kind::Boolean => told.push(format!("Boolean({})", value.raw())),
        Kind::Number => told.push(format!("number {}", value.raw())),
        Kind::String => told.push(format!("text {}", value.text())),
        Kind::Array => {
            told.push("ArrayStart".to_owned());
            value.items().into_iter().for_each(|item| tell(item, told));
            told.push("ArrayEnd".to_owned());
        }
        Kind::Object => {
            told.push("ObjectStart".to_owned());
            for (key, value) in value.entries() {
                told.push(format!("key {}", key.decode()));
                tell(value, told);
            }
            told.push("ObjectEnd".to_owned());
        }
    }
}

fn pushed(chunks: &[&[u8]]) -> Result<Vec<String>, PushError> {
    let mut tokens = Tokens::default();
    read::json(chunks, &mut tokens).map(|()| tokens.told)
}

fuzz_target!(|data: &[u8]| {
    let whole = pushed(&[data]);
    assert_eq!(pushed(&pieces(data)), whole);
    assert_eq!(pushed(&bytes(data)), whole);
    let scanned = std::str::from_utf8(data).ok().and_then(|text| Value::parse(text).ok());
    let told = scanned.map(|value| {
        let mut told = Vec::new();
        tell(value, &mut told);
        told
    });
    assert_eq!(whole.ok(), told);
    let Some(value) = scanned else {
        let _ = to_utf8(data);
        return;
    };
    assert!(same_value(value, value) && python::equals(value, value) || number::has_non_finite(value));
    for indent in [0, 2] {
        let mut written = String::new();
        Writer::indented(&mut written, indent).value(value);
        let again = Value::parse(&written).expect("serialized output is JSON");
        assert!(same_value(value, again) || number::has_non_finite(value), "{written}");
        let mut twice = String::new();
        Writer::indented(&mut twice, indent).value(again);
        assert_eq!(written, twice);
        // A text with many characters outside ASCII stays unchanged.
        let ascii = to_ascii(written.clone());
        assert!(ascii.is_ascii() || ascii == written);
        assert!(
            same_value(again, Value::parse(&ascii).expect("still JSON")) || number::has_non_finite(value)
        );
    }
    let finite = number::without_non_finite(value.raw());
    assert!(!number::has_non_finite(Value::parse(&finite).expect("still JSON")));
});
