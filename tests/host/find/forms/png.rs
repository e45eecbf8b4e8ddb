//! PNG put together by hand.

use super::{PROMPT, be32, latin1, only_prompt};
use crate::find::source::search;
use crate::find::texts;

/// A PNG chunk, with the checksum as the specification has it.
pub fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let covered = [kind, data].concat();
    let checksum = covered.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| {
                if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }
            },
        )
    });
    [&be32(data.len()), covered.as_slice(), &be32(!checksum as usize)].concat()
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let end = chunk(b"IEND", b"");
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunk(b"IHDR", &[0; 13]), &chunks.concat(), &end].concat()
}

#[test]
fn png_texts_are_latin1_or_utf8_anywhere_in_the_file() {
    let pixels = chunk(b"IDAT", &[0; 100]);
    for text in [latin1(PROMPT), PROMPT.as_bytes().to_vec()] {
        for kind in [b"tEXt", b"comf"] {
            let text = chunk(kind, &[b"prompt\0", text.as_slice()].concat());
            assert_eq!(texts(&png(&[pixels.clone(), text.clone()])), only_prompt());
            assert_eq!(texts(&png(&[text, pixels.clone()])), only_prompt());
        }
    }
    let international = chunk(b"iTXt", &[b"Prompt\0\0\0de\0Eingabe\0", PROMPT.as_bytes()].concat());
    assert_eq!(texts(&png(&[international])), only_prompt());
}

#[test]
fn compressed_texts_that_cannot_be_inflated_are_damage() {
    let text = chunk(b"zTXt", b"prompt\0\0no zlib");
    assert!(texts(&png(&[text])).unwrap_err().contains("inflated"));
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(PROMPT.as_bytes(), 6);
    let text = chunk(b"zTXt", &[b"prompt\0\0", zlib.as_slice()].concat());
    assert_eq!(texts(&png(&[text])), only_prompt());
}

/// Tools edit the text and leave its checksum, which ComfyUI's page does not look at.
#[test]
fn a_png_text_without_a_right_checksum_is_read_while_it_is_json() {
    let both = png(&[
        chunk(b"tEXt", &[b"prompt\0", PROMPT.as_bytes()].concat()),
        with_wrong_checksum(b"workflow\0{\"nodes\": []}"),
    ]);
    assert_eq!(texts(&both), Ok(Some([Some(PROMPT.to_owned()), Some("{\"nodes\": []}".to_owned())])));
    let alone = png(&[with_wrong_checksum(&[b"prompt\0", PROMPT.as_bytes()].concat())]);
    assert_eq!(texts(&alone), only_prompt());
}

#[test]
fn a_png_text_that_is_neither_json_nor_intact_is_damage() {
    for text in ["{\"1\": {]}", "{\"1\": \u{1}}", "{\"1\"}"] {
        let bytes = png(&[with_wrong_checksum(&[b"prompt\0", text.as_bytes()].concat())]);
        assert!(texts(&bytes).unwrap_err().contains("checksum"), "{text}");
    }
}

#[test]
fn texts_behind_the_end_are_read_and_anything_else_there_is_left_alone() {
    let text = chunk(b"tEXt", &[b"prompt\0", PROMPT.as_bytes()].concat());
    let pixels = chunk(b"IDAT", &[0; 100]);
    let finished = png(&[pixels]);
    assert_eq!(texts(&[finished.clone(), text.clone()].concat()), only_prompt());
    assert_eq!(
        texts(&[finished.clone(), chunk(b"eXIf", &[0; 70_000]), text.clone()].concat()),
        only_prompt()
    );
    for rest in [b"\0".as_slice(), &[0; 100], b"PK\x03\x04 a zip", &text[..40]] {
        assert_eq!(texts(&[finished.as_slice(), rest].concat()), texts(&finished));
    }
}

fn with_wrong_checksum(data: &[u8]) -> Vec<u8> {
    let mut bytes = chunk(b"tEXt", data);
    let end = bytes.len() - 4;
    bytes[end..].fill(0);
    bytes
}

#[test]
fn of_several_texts_the_first_counts_and_search_ends_there() {
    let text = |text: &str| chunk(b"tEXt", &[b"prompt\0", text.as_bytes()].concat());
    let file = png(&[text(PROMPT), text("{\"2\": {}}"), chunk(b"IDAT", &[0; 200_000])]);
    let found = search(file.as_slice());
    assert_eq!(found.result.unwrap().unwrap().prompt.unwrap().json, PROMPT);
    assert!(found.bytes <= 32 * 1024, "{} bytes", found.bytes);
}
