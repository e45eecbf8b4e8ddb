//! JPEG: EXIF in the segments before the image.

use super::reader::Reader;
use super::texts::Texts;
use super::{Find, damaged, exif};

const APP1: u64 = 0xe1;
const START_OF_SCAN: u64 = 0xda;
const END_OF_IMAGE: u64 = 0xd9;
/// The bytes before EXIF in its segment.
const EXIF: &[u8] = b"Exif\0\0";

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = reader.start(2);
    while !texts.complete() {
        if reader.be(at, 1)? != 0xff {
            return damaged(at, "expected the start of a segment");
        }
        let marker = reader.be(at + 1, 1)?;
        match marker {
            START_OF_SCAN | END_OF_IMAGE => return Ok(()),
            // Bytes between segments, and markers without content.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at = read_segment(reader, texts, at, marker == APP1)?,
        }
        reader.mark(at);
    }
    Ok(())
}

/// Returns where the segment ends.
fn read_segment(reader: &Reader, texts: &mut Texts, at: u64, may_be_exif: bool) -> Find<u64> {
    let length = reader.be(at + 2, 2)?;
    let Some(content) = length.checked_sub(2) else {
        return damaged(at, "a segment is shorter than its own length");
    };
    let prefix = EXIF.len() as u64;
    if may_be_exif && content >= prefix && reader.bytes(at + 4, prefix)? == EXIF {
        let start = at + 4 + prefix;
        exif::read(start, reader.bytes(start, content - prefix)?, texts)?;
    }
    Ok(at + 2 + length)
}
