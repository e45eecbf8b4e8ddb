//! FLAC: the block of Vorbis comments.

use super::bytes::Fields;
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, damaged, id3, vorbis_comment};

const VORBIS_COMMENT: u64 = 4;

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = match reader.start(0) {
        0 => first_block(reader)?,
        marked => marked,
    };
    loop {
        let kind = reader.be(at, 1)?;
        let length = reader.be(at + 1, 3)?;
        if kind & 0x7f == VORBIS_COMMENT {
            return vorbis_comment::read(Fields::new(at + 4, reader.bytes(at + 4, length)?), texts);
        }
        if kind & 0x80 != 0 {
            return Ok(());
        }
        at += 4 + length;
        reader.mark(at);
    }
}

fn first_block(reader: &Reader) -> Find<u64> {
    // Some programs write an ID3 tag first.
    let first = id3::end_of_tag(reader)?.unwrap_or(0);
    if reader.up_to(first, 4)? != b"fLaC" {
        return damaged(first, "expected the start of a FLAC stream");
    }
    Ok(first + 4)
}
