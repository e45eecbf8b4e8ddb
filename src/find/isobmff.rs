//! The boxes of which MP4, MOV and AVIF consist.

use super::reader::Reader;
use super::{Find, damaged};

/// A box: its content goes from `start` to `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct IsoBox {
    pub(super) kind: [u8; 4],
    pub(super) start: u64,
    pub(super) end: u64,
}

/// The box that begins at `at`, inside something that ends at `end`.
pub(super) fn at(reader: &Reader, at: u64, end: u64) -> Find<IsoBox> {
    let size = reader.be(at, 4)?;
    let kind = reader.name(at + 4)?;
    let (header, size) = match size {
        0 => (8, end.saturating_sub(at)),
        1 => (16, reader.be(at + 8, 8)?),
        size => (8, size),
    };
    if size < header {
        return damaged(at, "a box is shorter than its own header");
    }
    match at.checked_add(size) {
        Some(box_end) if box_end <= end => Ok(IsoBox { kind, start: at + header, end: box_end }),
        _ if end == reader.size() => damaged(at, "the file ends inside a box"),
        _ => damaged(at, "a box is longer than the one around it"),
    }
}

/// Calls `take` with each box inside another. A rest that is shorter than a box is ignored: QuickTime ends lists of
/// boxes with four zeros.
pub(super) fn each(
    reader: &Reader,
    start: u64,
    end: u64,
    mut take: impl FnMut(IsoBox) -> Find<()>,
) -> Find<()> {
    let mut next = start;
    while next.saturating_add(8) <= end {
        let inner = at(reader, next, end)?;
        take(inner)?;
        next = inner.end;
    }
    Ok(())
}

/// Takes a box, after those around it. To walk over its content as well, it returns where that begins.
pub(super) type Take<'t> = dyn FnMut(&[IsoBox], IsoBox) -> Find<Option<u64>> + 't;

/// Walks over the boxes of a file, and over those inside the boxes that `take` opens. If a part is missing, the walk
/// later continues from there with the boxes that are `open`. True after the first box of the file that was opened;
/// false at the end of a file that has none.
pub(super) fn walk(reader: &Reader, open: &mut Vec<IsoBox>, take: &mut Take<'_>) -> Find<bool> {
    let mut next = reader.start(0);
    loop {
        let end = open.last().map_or(reader.size(), |around| around.end);
        if open.is_empty() && next >= end {
            return Ok(false);
        }
        // A rest that is shorter than a box is ignored; see `each`.
        if !open.is_empty() && next.saturating_add(8) > end {
            open.pop();
            if open.is_empty() {
                return Ok(true);
            }
            next = end;
        } else {
            let inner = at(reader, next, end)?;
            next = match take(open, inner)? {
                Some(start) => {
                    open.push(inner);
                    start
                }
                None => inner.end,
            };
        }
        reader.mark(next);
    }
}

/// The format of a file that consists of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brand {
    Avif,
    Mp4,
    /// Another image format, into which no workflow is written.
    Other,
}

/// The longest list of brands that is read.
const MAX_BRANDS: u64 = 512;

/// The brand of a file; `None` if it does not consist of boxes.
pub(super) fn brand(reader: &Reader) -> Find<Option<Brand>> {
    let start = reader.up_to(0, 12)?;
    let Some(kind) = start.get(4..8) else { return Ok(None) };
    // Old MOV files begin without a brand.
    if matches!(kind, b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot") {
        return Ok(Some(Brand::Mp4));
    }
    if kind != b"ftyp" {
        return Ok(None);
    }
    let length = reader.be(0, 4)?.min(MAX_BRANDS);
    let brands = reader.up_to(8, length.saturating_sub(8))?;
    let has = |names: &[&[u8]]| brands.chunks(4).any(|brand| names.contains(&brand));
    Ok(Some(if has(&[b"avif", b"avis"]) {
        Brand::Avif
    } else if has(&[b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"crx "]) {
        Brand::Other
    } else {
        Brand::Mp4
    }))
}
