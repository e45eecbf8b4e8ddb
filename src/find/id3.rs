//! MP3: the ID3v2 tag at the start, versions 2.2 to 2.4.

use super::bytes::{Fields, latin1, utf8, utf16};
use super::reader::Reader;
use super::texts::{Texts, is_wanted};
use super::{Find, Stop, damaged};

const HEADER: u64 = 10;

/// Flags of the tag.
const UNSYNCHRONISED: u64 = 0x80;
const EXTENDED: u64 = 0x40;
const FOOTER: u64 = 0x10;

/// The frames of the tag: where they are, and how they are written.
#[derive(Clone, Copy)]
struct Tag {
    version: u64,
    flags: u64,
    end: u64,
}

/// Where the tag at the start of a file ends; `None` if there is none.
pub(super) fn end_of_tag(reader: &Reader) -> Find<Option<u64>> {
    if reader.up_to(0, 3)? != b"ID3" {
        return Ok(None);
    }
    let tag = header(reader)?;
    Ok(Some(tag.end + if tag.flags & FOOTER != 0 { HEADER } else { 0 }))
}

/// True for a FLAC file with a tag at its start.
pub(super) fn is_before_flac(reader: &Reader) -> Find<bool> {
    match end_of_tag(reader) {
        Ok(end) => Ok(reader.up_to(end.unwrap_or(0), 4)? == b"fLaC"),
        // The error is reported later.
        Err(Stop::Damaged { .. }) => Ok(false),
        Err(stop) => Err(stop),
    }
}

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let tag = header(reader)?;
    // Before version 2.4 all bytes of the tag that looked like the start of sound were changed, even those of lengths.
    if tag.flags & UNSYNCHRONISED != 0 && tag.version < 4 {
        let content = resynchronised(reader.bytes(HEADER, tag.end - HEADER)?);
        let end = content.len() as u64;
        return read_frames(&Reader::whole(content), 0, Tag { end, ..tag }, texts);
    }
    read_frames(reader, HEADER, tag, texts)
}

fn header(reader: &Reader) -> Find<Tag> {
    let version = reader.be(3, 1)?;
    let flags = reader.be(5, 1)?;
    let Some(size) = seven_bits(reader.be(6, 4)?) else {
        return damaged(6, "the tag has an invalid length");
    };
    if HEADER + size > reader.size() {
        return damaged(6, "the file ends inside its tag");
    }
    Ok(Tag { version, flags, end: HEADER + size })
}

/// A number with seven bits in each byte.
fn seven_bits(number: u64) -> Option<u64> {
    let low = |shift: u64| number >> shift & 0x7f;
    (number & 0x8080_8080 == 0).then(|| low(24) << 21 | low(16) << 14 | low(8) << 7 | low(0))
}

/// Removes the zeros that were added after each byte of ones.
fn resynchronised(bytes: &[u8]) -> Vec<u8> {
    let mut previous = 0;
    let mut kept = Vec::with_capacity(bytes.len());
    for byte in bytes {
        if !(previous == 0xff && *byte == 0) {
            kept.push(*byte);
        }
        previous = *byte;
    }
    kept
}

fn read_frames(reader: &Reader, start: u64, tag: Tag, texts: &mut Texts) -> Find<()> {
    let (name_length, header) = if tag.version < 3 { (3, 6) } else { (4, 10) };
    let mut at = start;
    if tag.flags & EXTENDED != 0 && tag.version > 2 {
        let length = reader.be(at, 4)?;
        at += if tag.version > 3 { seven_bits(length).unwrap_or(length) } else { length + 4 };
    }
    at = reader.start(at);
    while at + header <= tag.end && !texts.complete() {
        // The rest of the tag is filled with zeros.
        if reader.be(at, 1)? == 0 {
            return Ok(());
        }
        let size = frame_size(reader, tag, at + name_length)?;
        let content = at + header;
        if size > tag.end - content {
            return damaged(at, "a frame is longer than the tag");
        }
        let name = reader.bytes(at, name_length)?;
        if matches!(name, b"TXXX" | b"TXX" | b"COMM" | b"COM") {
            let flags = if tag.version < 3 { 0 } else { reader.be(at + 9, 1)? };
            let frame = Frame { at: content, is_comment: name[0] == b'C' };
            frame.read(reader.bytes(content, size)?, tag, flags, texts)?;
        }
        at = content + size;
        reader.mark(at);
    }
    Ok(())
}

fn frame_size(reader: &Reader, tag: Tag, at: u64) -> Find<u64> {
    let size = reader.be(at, if tag.version < 3 { 3 } else { 4 })?;
    // Some programs wrote the older form into the newer version.
    Ok(if tag.version > 3 { seven_bits(size).unwrap_or(size) } else { size })
}

/// A text frame.
struct Frame {
    at: u64,
    is_comment: bool,
}

impl Frame {
    fn read(&self, content: &[u8], tag: Tag, flags: u64, texts: &mut Texts) -> Find<()> {
        // By version: compression or encryption, a byte for a group, and a length before the content.
        let (unreadable, group, unsynchronised, length) = match tag.version {
            4 => (flags & 0x0c, flags & 0x40, flags & 0x02 | tag.flags & UNSYNCHRONISED, flags & 0x01),
            3 => (flags & 0xc0, flags & 0x20, 0, 0),
            _ => (0, 0, 0, 0),
        };
        if unreadable != 0 {
            return Ok(());
        }
        let mut fields = Fields::new(self.at, content);
        fields.take(if group != 0 { 1 } else { 0 })?;
        fields.take(if length != 0 { 4 } else { 0 })?;
        if unsynchronised != 0 {
            return self.read_text(Fields::new(fields.at, &resynchronised(fields.rest)), texts);
        }
        self.read_text(fields, texts)
    }

    /// The encoding, the name, the text; for a comment the language, its subject, the text.
    fn read_text(&self, mut fields: Fields<'_>, texts: &mut Texts) -> Find<()> {
        let encoding = fields.be(1)?;
        fields.take(if self.is_comment { 3 } else { 0 })?;
        let (name, text) = if matches!(encoding, 1 | 2) {
            let pairs = fields.rest.chunks_exact(2);
            let end = pairs.into_iter().position(|pair| pair == [0, 0]).unwrap_or(fields.rest.len() / 2);
            let name = fields.take(end as u64 * 2)?;
            fields.take(2)?;
            (name, fields.rest)
        } else {
            (fields.until_zero()?, fields.rest)
        };
        let text_at = fields.at;
        if self.is_comment {
            return texts.named("comment", decoded(text_at, encoding, text), text_at, "ID3 comment");
        }
        match decoded(self.at, encoding, name) {
            Ok(name) if is_wanted(&name) => {
                let place = format!("ID3 text \"{name}\"");
                texts.named(&name, decoded(text_at, encoding, text), text_at, &place)
            }
            _ => Ok(()),
        }
    }
}

fn decoded(at: u64, encoding: u64, text: &[u8]) -> Find<String> {
    match (encoding, text) {
        (1, [0xff, 0xfe, text @ ..]) => utf16(at, text, false),
        (1, [0xfe, 0xff, text @ ..]) | (1 | 2, text) => utf16(at, text, true),
        (3, text) => Ok(utf8(at, text)?.to_owned()),
        _ => Ok(latin1(text).into_owned()),
    }
}
