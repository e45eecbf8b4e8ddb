//! MP4 and MOV: the metadata in `moov/udta/meta` or `moov/meta`, wherever `moov` stands.

use super::bytes::{latin1, utf8, utf16};
use super::isobmff::{self, IsoBox};
use super::reader::Reader;
use super::texts::{Texts, is_wanted};
use super::{Find, damaged};

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = reader.start(0);
    loop {
        if at >= reader.size() {
            return damaged(at, "the file breaks off before its index (moov)");
        }
        let top = isobmff::at(reader, at, reader.size())?;
        if &top.kind == b"moov" {
            return isobmff::each(reader, top.start, top.end, |inner| match &inner.kind {
                b"meta" => read_meta(reader, inner, "moov/meta", texts),
                b"udta" => read_user_data(reader, inner, texts),
                _ => Ok(()),
            });
        }
        at = top.end;
        reader.mark(at);
    }
}

fn read_user_data(reader: &Reader, user_data: IsoBox, texts: &mut Texts) -> Find<()> {
    isobmff::each(reader, user_data.start, user_data.end, |inner| match &inner.kind {
        b"meta" => read_meta(reader, inner, "moov/udta/meta", texts),
        b"\xa9cmt" => {
            // QuickTime's own form: a length, a language, the text.
            let length = reader.be(inner.start, 2)?.min(inner.end.saturating_sub(inner.start + 4));
            let text = reader.bytes(inner.start + 4, length)?;
            texts.named("comment", Ok(latin1(text)), inner.start, "moov/udta, comment")
        }
        _ => Ok(()),
    })
}

fn read_meta(reader: &Reader, meta: IsoBox, place: &str, texts: &mut Texts) -> Find<()> {
    // MP4 has version and flags in front of the first box, MOV has not.
    let plain = reader.up_to(meta.start, 8)?.get(4..) == Some(b"hdlr");
    let start = if plain { meta.start } else { meta.start + 4 };
    let mut names = Vec::new();
    isobmff::each(reader, start, meta.end, |inner| match &inner.kind {
        b"keys" => {
            names = read_names(reader, inner)?;
            Ok(())
        }
        b"ilst" => isobmff::each(reader, inner.start, inner.end, |item| {
            let name = name_of(reader, item, &names)?;
            if is_wanted(&name) { read_item(reader, item, &name, place, texts) } else { Ok(()) }
        }),
        _ => Ok(()),
    })
}

/// The names that items refer to by number.
fn read_names(reader: &Reader, keys: IsoBox) -> Find<Vec<String>> {
    let count = reader.be(keys.start + 4, 4)?;
    let mut names = Vec::new();
    let mut at = keys.start + 8;
    for _ in 0..count {
        let length = reader.be(at, 4)?;
        if length < 8 || length > keys.end.saturating_sub(at) {
            return damaged(at, "the name of a text has a length that cannot be");
        }
        names.push(latin1(reader.bytes(at + 8, length - 8)?).into_owned());
        at += length;
    }
    Ok(names)
}

/// What an item is called: by its number, by its own name, or by one of iTunes' short names.
fn name_of(reader: &Reader, item: IsoBox, names: &[String]) -> Find<String> {
    if &item.kind == b"\xa9cmt" {
        return Ok("comment".to_owned());
    }
    if &item.kind == b"----" {
        let mut name = String::new();
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

fn read_item(reader: &Reader, item: IsoBox, name: &str, place: &str, texts: &mut Texts) -> Find<()> {
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
