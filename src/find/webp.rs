//! WebP: the `EXIF` chunk, wherever it is.

use super::reader::Reader;
use super::texts::Texts;
use super::{Find, exif};

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let end = 8 + reader.le(4, 4)?;
    let mut at = reader.start(12);
    // Some programs add the chunk without counting it, so the walk goes on to the end of the file.
    while (at < end || at + 8 <= reader.size()) && !texts.complete() {
        let kind = reader.name(at)?;
        let length = reader.le(at + 4, 4)?;
        if at >= end && length > reader.size() - at - 8 {
            return Ok(());
        }
        if &kind == b"EXIF" {
            exif::read(at + 8, reader.bytes(at + 8, length)?, texts)?;
        }
        // Chunks have an even length.
        at += 8 + length + length % 2;
        reader.mark(at);
    }
    Ok(())
}
