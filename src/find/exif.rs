//! EXIF: `prompt:{…}` and `workflow:{…}` in any tag of an image.
//!
//! ComfyUI puts the prompt into Model (0x0110) and the rest into Make (0x010F) and the tags below it. Other programs
//! use other tags, or one object with both in a user comment, so every text is looked at.

use super::bytes::{Fields, be, latin1, le, utf16};
use super::texts::Texts;
use super::{Find, damaged};

const EXIF_DIRECTORY: u64 = 0x8769;
const USER_COMMENT: u64 = 0x9286;
const MODEL: u64 = 0x0110;

/// The start of a user comment: its encoding, or eight zeros if none is given.
const CODES: [&[u8; 8]; 4] = [b"UNICODE\0", b"ASCII\0\0\0", b"JIS\0\0\0\0\0", &[0; 8]];

/// Types of values, and how many bytes one value of each has.
const BYTES: u64 = 1;
const ASCII: u64 = 2;
const UNDEFINED: u64 = 7;

/// A block of EXIF: its offsets count from its start, which is at `at` in the file.
#[derive(Clone, Copy)]
struct Block<'a> {
    bytes: &'a [u8],
    at: u64,
    big_endian: bool,
}

/// How often a block may be read as values: in an intact one they do not overlap, but simple programs leave some
/// twice.
const SHARES: u64 = 2;

/// Reads a block at `at`.
pub(super) fn read(at: u64, bytes: &[u8], texts: &mut Texts) -> Find<()> {
    // WebP contains the block itself, but some programs write JPEG's prefix before it.
    let (at, bytes) = match bytes.strip_prefix(b"Exif\0\0") {
        Some(rest) => (at + 6, rest),
        None => (at, bytes),
    };
    let big_endian = match bytes {
        [b'M', b'M', 0, 42, ..] => true,
        [b'I', b'I', 42, 0, ..] => false,
        _ => return damaged(at, "the EXIF block has an unknown header"),
    };
    let block = Block { bytes, at, big_endian };
    let first = block.next(&mut block.fields(4)?, 4)?;
    let mut left = bytes.len() as u64 * SHARES;
    if let Some(directory) = block.read_directory(first, &mut left, texts)? {
        block.read_directory(directory, &mut left, texts)?;
    }
    Ok(())
}

/// A camera's own notes are bytes as well, and editors that move them leave their offsets wrong: they are not read.
fn may_be_text(tag: u64, kind: u64) -> bool {
    kind == ASCII || matches!(kind, BYTES | UNDEFINED) && (tag == USER_COMMENT || tag <= MODEL)
}

impl<'a> Block<'a> {
    fn number(self, bytes: &[u8]) -> u64 {
        if self.big_endian { be(bytes) } else { le(bytes) }
    }

    fn next(self, fields: &mut Fields<'_>, length: u64) -> Find<u64> {
        fields.take(length).map(|bytes| self.number(bytes))
    }

    /// The fields from an offset onwards.
    fn fields(self, offset: u64) -> Find<Fields<'a>> {
        let mut fields = Fields::new(self.at, self.bytes);
        fields.take(offset)?;
        Ok(fields)
    }

    /// Reads one directory; returns the offset of the EXIF directory if this one leads to it.
    fn read_directory(self, offset: u64, left: &mut u64, texts: &mut Texts) -> Find<Option<u64>> {
        let mut fields = self.fields(offset)?;
        let mut exif = None;
        for _ in 0..self.next(&mut fields, 2)? {
            let at = fields.at;
            let tag = self.next(&mut fields, 2)?;
            let kind = self.next(&mut fields, 2)?;
            let count = self.next(&mut fields, 4)?;
            let value = fields.take(4)?;
            if tag == EXIF_DIRECTORY {
                exif = Some(self.number(value));
            } else if may_be_text(tag, kind) {
                match left.checked_sub(count) {
                    Some(less) => *left = less,
                    None => return damaged(at, "the values of the EXIF block overlap"),
                }
                // A value of up to four bytes is in the entry itself.
                let value = if count <= 4 { value } else { self.fields(self.number(value))?.take(count)? };
                self.read_text(tag, at, value, texts)?;
            }
        }
        Ok(exif)
    }

    fn read_text(self, tag: u64, at: u64, value: &[u8], texts: &mut Texts) -> Find<()> {
        let name = match tag {
            0x010e => " (ImageDescription)",
            0x010f => " (Make)",
            MODEL => " (Model)",
            USER_COMMENT => " (UserComment)",
            _ => "",
        };
        let place = format!("EXIF tag 0x{tag:04X}{name}");
        let text = match value.split_first_chunk() {
            Some((code, text)) if tag == USER_COMMENT && CODES.contains(&code) => text,
            _ => value,
        };
        // The code does not always say how a comment is encoded, and its byte order is not always that of the block.
        match text {
            [0, big, ..] | [big, 0, ..] if tag == USER_COMMENT && *big != 0 => {
                match utf16(at, text, text[0] == 0) {
                    Ok(text) => texts.labelled(&text, at, &place),
                    // Cameras write many other things here.
                    Err(_) => Ok(()),
                }
            }
            text => texts.labelled(&latin1(text), at, &place),
        }
    }
}
