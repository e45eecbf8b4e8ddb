//! EXIF blocks put together by hand, in WebP and JPEG.

use super::{PROMPT, be32, le32, only_prompt, utf16};
use crate::find::texts;

/// An EXIF block of one directory with texts in it, and another one with a comment.
pub fn exif(big_endian: bool, tags: &[(u16, u16, &[u8])], comment: Option<&[u8]>) -> Vec<u8> {
    let short = |number: u16| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
    let long = |number: usize| if big_endian { be32(number) } else { le32(number) };
    let mut block = if big_endian { b"MM\0\x2a".to_vec() } else { b"II\x2a\0".to_vec() };
    block.extend(long(8));
    let count = tags.len() + usize::from(comment.is_some());
    let mut data = 8 + 2 + 12 * count + 4;
    block.extend(short(u16::try_from(count).unwrap()));
    let mut values = Vec::new();
    for (tag, kind, value) in tags {
        block.extend([short(*tag), short(*kind)].concat());
        block.extend([long(value.len()), long(data)].concat());
        values.extend_from_slice(value);
        data += value.len();
    }
    if let Some(comment) = comment {
        block.extend([short(0x8769).as_slice(), &short(4), &long(1), &long(data)].concat());
        values.extend(short(1));
        values.extend([short(0x9286).as_slice(), &short(7), &long(comment.len()), &long(data + 18)].concat());
        values.extend(long(0));
        values.extend_from_slice(comment);
    }
    block.extend(long(0));
    block.extend(values);
    block
}

fn webp(exif: &[u8]) -> Vec<u8> {
    let mut chunks = [b"WEBPVP8X".as_slice(), &le32(10), &[0; 10], b"EXIF", &le32(exif.len()), exif].concat();
    chunks.extend_from_slice(&[0][..exif.len() % 2]);
    [b"RIFF".as_slice(), &le32(chunks.len()), &chunks].concat()
}

pub fn jpeg(exif: &[u8]) -> Vec<u8> {
    let length = u16::try_from(2 + 6 + exif.len()).unwrap().to_be_bytes();
    let head = b"\xff\xd8\xff\xe0\0\x04JF\xff\xff\xe1";
    [head.as_slice(), &length, b"Exif\0\0", exif, b"\xff\xda\0\x02"].concat()
}

#[test]
fn exif_is_read_in_both_byte_orders_and_in_any_tag() {
    let prompt = format!("prompt:{PROMPT}\0");
    for big_endian in [true, false] {
        for tag in [0x0110, 0x010f, 0x010e, 0x0106] {
            let kind = if tag == 0x010f { 7 } else { 2 };
            let block = exif(big_endian, &[(0x0131, 2, b"ComfyUI\0"), (tag, kind, prompt.as_bytes())], None);
            for file in [webp(&block), webp(&[b"Exif\0\0", block.as_slice()].concat()), jpeg(&block)] {
                assert_eq!(texts(&file), only_prompt(), "{tag:x}");
            }
        }
    }
}

#[test]
fn user_comments_are_read_in_every_encoding() {
    let both = format!("{{\"prompt\": {PROMPT}}}");
    let comments = [
        [b"UNICODE\0".to_vec(), utf16(&both, u16::to_be_bytes)].concat(),
        [b"UNICODE\0".to_vec(), utf16(&both, u16::to_le_bytes)].concat(),
        [b"ASCII\0\0\0".to_vec(), both.clone().into_bytes()].concat(),
        both.clone().into_bytes(),
    ];
    for comment in comments {
        assert_eq!(texts(&jpeg(&exif(true, &[], Some(&comment)))), only_prompt());
    }
    let parameters = jpeg(&exif(true, &[], Some(b"ASCII\0\0\0a lighthouse\nSteps: 20")));
    assert_eq!(texts(&parameters), Ok(None));
}

#[test]
fn exif_that_contradicts_itself_is_damage() {
    let block = exif(true, &[(0x0110, 2, b"Camera, Inc.\0")], None);
    assert_eq!(texts(&webp(&block)), Ok(None));
    for (place, number) in [(4, 0xffff_ffff_usize), (8, 0xffff_0000), (14, 0x7fff_ffff), (18, 0xffff_ffff)] {
        let mut block = block.clone();
        block[place..place + 4].copy_from_slice(&be32(number));
        assert!(texts(&webp(&block)).is_err(), "{number:x} at {place}");
    }
    // A camera's notes, wherever they may have gone.
    let mut notes = exif(true, &[(0x927c, 7, b"camera notes")], None);
    notes[18..22].copy_from_slice(&be32(0xffff_0000));
    assert_eq!(texts(&webp(&notes)), Ok(None));
    // The same bytes under many tags: each is looked at, so that there must not be endlessly many.
    let many = vec![(0x0110_u16, 2_u16, [b'x'; 2000].as_slice()); 10];
    let mut block = exif(true, &many, None);
    for entry in 1..10 {
        let (first, this) = (10 + 8, 10 + 12 * entry + 8);
        block.copy_within(first..first + 4, this);
    }
    block.truncate(10 + 120 + 4 + 2000);
    assert!(texts(&webp(&block)).unwrap_err().contains("overlap"));
}
