//! JPEG: EXIF in the segments before the picture. Depends on its siblings.

use super::reader::Reader;
use super::texts::Texts;
use super::{Find, damaged, exif};

const APP1: u64 = 0xe1;
const START_OF_SCAN: u64 = 0xda;
const END_OF_IMAGE: u64 = 0xd9;
/// What stands in front of EXIF in its segment.
const EXIF: &[u8] = b"Exif\0\0";

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = reader.start(2);
    while !texts.complete() {
        if reader.be(at, 1)? != 0xff {
            return damaged(at, "no segment begins where one should");
        }
        let marker = reader.be(at + 1, 1)?;
        match marker {
            START_OF_SCAN | END_OF_IMAGE => return Ok(()),
            // Bytes between segments, and markers that have no content.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => at = read_segment(reader, texts, at, marker == APP1)?,
        }
        reader.mark(at);
    }
    Ok(())
}

/// Gives the place behind the segment.
fn read_segment(reader: &Reader, texts: &mut Texts, at: u64, may_be_exif: bool) -> Find<u64> {
    let length = reader.be(at + 2, 2)?;
    if length < 2 {
        return damaged(at, "a segment is shorter than its own length");
    }
    if may_be_exif && reader.up_to(at + 4, length.min(6 + 2) - 2)? == EXIF {
        let start = at + 4 + EXIF.len() as u64;
        let Some(length) = (length - 2).checked_sub(EXIF.len() as u64) else {
            return damaged(at, "a segment is shorter than its own start");
        };
        exif::read(start, reader.bytes(start, length)?, texts)?;
    }
    Ok(at + 2 + length)
}
