//! MP4 and MOV: the metadata in `moov/udta/meta` or `moov/meta`, wherever `moov` is.

use super::bytes::{latin1, utf8, utf16};
use super::isobmff::{self, IsoBox};
use super::reader::Reader;
use super::texts::{Texts, is_wanted};
use super::{Find, damaged};

/// What was known when the walk stopped.
#[derive(Debug, Default)]
pub(super) struct Walk {
    open: Vec<IsoBox>,
    /// The names that the items of the current `meta` refer to by number.
    names: Vec<String>,
}

pub(super) fn read(reader: &Reader, walk: &mut Walk, texts: &mut Texts) -> Find<()> {
    let Walk { open, names } = walk;
    let has_index = isobmff::walk(reader, open, &mut |around, inner| {
        match (around.last().map(|part| &part.kind), &inner.kind) {
            (None, b"moov") | (Some(b"moov"), b"udta") | (Some(b"meta"), b"ilst") => {
                return Ok(Some(inner.start));
            }
            (Some(b"moov" | b"udta"), b"meta") => {
                let start = start_of_meta(reader, inner)?;
                names.clear();
                return Ok(Some(start));
            }
            (Some(b"udta"), b"\xa9cmt") => read_comment(reader, inner, texts)?,
            (Some(b"meta"), b"keys") => *names = read_names(reader, inner)?,
            (Some(b"ilst"), _) => {
                let place = if around.len() == 3 { "moov/meta" } else { "moov/udta/meta" };
                read_item(reader, inner, names, place, texts)?;
            }
            _ => {}
        }
        Ok(None)
    })?;
    if has_index { Ok(()) } else { damaged(reader.size(), "the file ends before its index (moov)") }
}

/// QuickTime's own form of a comment: a length, a language, the text.
fn read_comment(reader: &Reader, comment: IsoBox, texts: &mut Texts) -> Find<()> {
    let length = reader.be(comment.start, 2)?.min(comment.end.saturating_sub(comment.start + 4));
    let text = reader.bytes(comment.start + 4, length)?;
    texts.named("comment", Ok(latin1(text)), comment.start, "moov/udta, comment")
}

/// MP4 has a version and flags before the first box, MOV does not.
fn start_of_meta(reader: &Reader, meta: IsoBox) -> Find<u64> {
    let is_plain = reader.up_to(meta.start, 8)?.get(4..) == Some(b"hdlr");
    Ok(if is_plain { meta.start } else { meta.start + 4 })
}

/// The names that items refer to by number.
fn read_names(reader: &Reader, keys: IsoBox) -> Find<Vec<String>> {
    whole(reader, keys)?;
    let count = reader.be(keys.start + 4, 4)?;
    let mut names = Vec::new();
    let mut at = keys.start + 8;
    for _ in 0..count {
        let length = reader.be(at, 4)?;
        if length < 8 || length > keys.end.saturating_sub(at) {
            return damaged(at, "the name of a text has an invalid length");
        }
        names.push(latin1(reader.bytes(at + 8, length - 8)?).into_owned());
        at += length;
    }
    Ok(names)
}

/// Makes sure that all of a box is there, so that nothing in it has to be read twice.
fn whole(reader: &Reader, part: IsoBox) -> Find<()> {
    reader.bytes(part.start, part.end - part.start).map(|_| ())
}

fn read_item(reader: &Reader, item: IsoBox, names: &[String], place: &str, texts: &mut Texts) -> Find<()> {
    let name = name_of(reader, item, names)?;
    if !is_wanted(&name) {
        return Ok(());
    }
    whole(reader, item)?;
    read_data(reader, item, &name, place, texts)
}

/// The name of an item: by its number, by its own name, or by one of iTunes' short names.
fn name_of(reader: &Reader, item: IsoBox, names: &[String]) -> Find<String> {
    if &item.kind == b"\xa9cmt" {
        return Ok("comment".to_owned());
    }
    if &item.kind == b"----" {
        let mut name = String::new();
        whole(reader, item)?;
        isobmff::each(reader, item.start, item.end, |inner| {
            if &inner.kind == b"name" && inner.end - inner.start < 256 {
                let text = reader.bytes(inner.start, inner.end - inner.start)?;
                name = latin1(text.get(4..).unwrap_or_default()).into_owned();
            }
            Ok(())
        })?;
        return Ok(name);
    }
    let number = u32::from_be_bytes(item.kind) as usize;
    Ok(number.checked_sub(1).and_then(|index| names.get(index)).cloned().unwrap_or_default())
}

const UTF16: u64 = 2;

fn read_data(reader: &Reader, item: IsoBox, name: &str, place: &str, texts: &mut Texts) -> Find<()> {
    isobmff::each(reader, item.start, item.end, |inner| {
        if &inner.kind != b"data" {
            return Ok(());
        }
        let kind = reader.be(inner.start, 4)?;
        let start = inner.start + 8;
        let Some(length) = inner.end.checked_sub(start) else {
            return damaged(inner.start, "a text is shorter than its own header");
        };
        let text = reader.bytes(start, length)?;
        let place = format!("{place}, {name}");
        match kind {
            UTF16 => texts.named(name, utf16(start, text, true), start, &place),
            _ => texts.named(name, utf8(start, text), start, &place),
        }
    })
}
