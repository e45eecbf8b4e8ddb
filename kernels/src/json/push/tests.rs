//! Tests of [`super`]: a strict JSON reader for text that arrives in chunks.

use super::*;

/// Writes tokens as text, so that two readings can be compared.
#[derive(Default)]
struct Log {
    tokens: String,
    text: Vec<u8>,
    raw: Vec<u8>,
    raw_depth: Option<usize>,
    depth: usize,
}

impl TokenSink for Log {
    type Error = PushError;

    fn token(&mut self, token: Token<'_>) -> Result<(), PushError> {
        match token {
            Token::StringPiece(bytes) => self.text.extend_from_slice(bytes),
            Token::StringEnd => {
                let text = std::mem::take(&mut self.text);
                self.tokens += &format!("{:?} ", String::from_utf8_lossy(&text));
            }
            other => self.tokens += &format!("{other:?} "),
        }
        match token {
            Token::ObjectStart | Token::ArrayStart => self.depth += 1,
            Token::ObjectEnd | Token::ArrayEnd => self.depth -= 1,
            _ => {}
        }
        match token {
            Token::Key("raw") => self.raw_depth = Some(self.depth),
            Token::Key(_) | Token::StringPiece(_) => {}
            _ if self.raw_depth == Some(self.depth) => self.raw_depth = None,
            _ => {}
        }
        Ok(())
    }

    fn wants_raw(&self) -> bool {
        self.raw_depth.is_some()
    }

    fn raw(&mut self, text: &[u8]) -> Result<(), PushError> {
        self.raw.extend_from_slice(text);
        Ok(())
    }
}

fn read(chunks: &[&[u8]]) -> Result<(String, String), PushError> {
    let (mut reader, mut log) = (PushReader::default(), Log::default());
    for chunk in chunks {
        reader.feed(chunk, &mut log)?;
    }
    reader.finish(&mut log)?;
    Ok((log.tokens, String::from_utf8_lossy(&log.raw).into_owned()))
}

const DOCUMENT: &str = r#" {"a\u00e9":[1,-2.5e-3,true,false,null,"x\"\\\/\b\ud83d\ude00é😀\ud83d!"],"":{}, "raw" : {"b":[ ] , "c":"d"} ,"e":""} "#;

#[test]
fn every_split_gives_the_same_tokens_and_raw_text() {
    let bytes = DOCUMENT.as_bytes();
    let whole = read(&[bytes]);
    assert_eq!(whole.as_ref().map(|(_, raw)| raw.as_str()), Ok(r#" : {"b":[ ] , "c":"d"}"#));
    assert!(whole.as_ref().is_ok_and(|(tokens, _)| tokens.contains(r#""x\"\\/\u{8}😀é😀�!""#)), "{whole:?}");
    for split in 0..=bytes.len() {
        assert_eq!(read(&[&bytes[..split], &bytes[split..]]), whole, "split at {split}");
    }
    assert_eq!(read(&bytes.chunks(1).collect::<Vec<_>>()), whole);
}

#[test]
fn accepts_and_refuses_as_serde_json_does() {
    let mut cases: Vec<Vec<u8>> = [
        "1",
        "-",
        "01",
        "1.",
        "1e5",
        "-0",
        "true",
        "trux",
        "tru",
        "null ",
        "\"a",
        "\"\\q\"",
        "\"\\ud800\"",
        "[1,]",
        "[1 2]",
        "[}",
        "{]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{,}",
        "[,]",
        "",
        " ",
        "1 2",
        "[]]",
        "{}x",
        "\"\u{1}\"",
    ]
    .map(|case| case.as_bytes().to_vec())
    .to_vec();
    // Changing one byte anywhere gives the interesting near-misses.
    for at in 0..DOCUMENT.len() {
        for byte in [b'"', b'{', b']', b',', b'\\', b'0', b' ', 0xff] {
            let mut mutated = DOCUMENT.as_bytes().to_vec();
            mutated[at] = byte;
            cases.push(mutated);
        }
    }
    for case in cases {
        let strict = std::str::from_utf8(&case)
            .is_ok_and(|text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok());
        let ours = read(&[&case]);
        assert_eq!(ours.is_ok(), strict, "{:?} gave {ours:?}", String::from_utf8_lossy(&case));
        assert_eq!(read(&case.chunks(1).collect::<Vec<_>>()).is_ok(), strict);
    }
}

#[test]
fn errors_tell_the_offset_in_the_whole_text() {
    assert_eq!(read(&[b"[1,", b" x]"]).map_err(|e| e.offset), Err(4));
}

#[test]
fn the_words_that_python_writes_are_numbers_wherever_they_are_cut() {
    let text = br#"{"a":[NaN,-Infinity , Infinity],"raw":{"b":-Infinity},"c":"NaN"}"#;
    let whole = read(&[text]);
    let tokens = whole.as_ref().map(|(tokens, raw)| {
        (
            tokens.matches("Number(\"NaN\")").count(),
            tokens.matches("Number(\"-Infinity\")").count(),
            raw.as_str(),
        )
    });
    assert_eq!(tokens, Ok((1, 2, ":{\"b\":-Infinity}")));
    for split in 0..text.len() {
        assert_eq!(read(&[&text[..split], &text[split..]]), whole, "split at {split}");
    }
    for alone in ["NaN", "Infinity", "-Infinity"] {
        assert!(read(&[alone.as_bytes()]).is_ok(), "{alone}");
    }
    for wrong in [
        "nan",
        "-NaN",
        "NaNs",
        "NaN1",
        "1NaN",
        "Infinit",
        "-I",
        "-Infinity.5",
        "--Infinity",
        "1-Infinity",
        "[-]",
    ] {
        assert!(read(&[wrong.as_bytes()]).is_err(), "{wrong}");
        assert!(read(&wrong.as_bytes().chunks(1).collect::<Vec<_>>()).is_err(), "{wrong}");
    }
}
