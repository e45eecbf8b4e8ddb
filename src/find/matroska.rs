//! Matroska and WebM: tags, found by the index if there is one, or else by walking over everything before them.

use super::bytes::{Fields, be, utf8};
use super::reader::Reader;
use super::texts::{Texts, is_wanted};
use super::{Find, Stop, damaged};

const HEADER: u64 = 0x1a45_dfa3;
const SEGMENT: u64 = 0x1853_8067;
const SEEK_HEAD: u64 = 0x114d_9b74;
const SEEK: u64 = 0x4dbb;
const SEEK_ID: u64 = 0x53ab;
const SEEK_POSITION: u64 = 0x53ac;
const CLUSTER: u64 = 0x1f43_b675;
const TAGS: u64 = 0x1254_c367;
const TAG: u64 = 0x7373;
const SIMPLE_TAG: u64 = 0x67c8;
const TAG_NAME: u64 = 0x45a3;
const TAG_STRING: u64 = 0x4487;

/// Tags may contain tags; real ones are two deep.
const MAX_TAG: usize = 8;

/// How many lists of tags an index may lead to; real files have one.
const MAX_INDEXED: usize = 4;

/// An element: its content goes from `start` to `end`; it has no end if a live recording did not know it.
struct Element {
    id: u64,
    start: u64,
    end: Option<u64>,
}

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let mut at = reader.start(0);
    let (segment, breaks_off) = segment(reader)?;
    while at < reader.size() && !texts.complete() {
        let element = element_at(reader, at)?;
        at = match (element.id, element.end) {
            // The walk goes through these: they contain ids.
            (SEGMENT, _) | (CLUSTER, None) => element.start,
            (SEEK_HEAD, Some(end)) => {
                let content = reader.bytes(element.start, end - element.start)?;
                if read_indexed_tags(reader, segment, Fields::new(element.start, content), texts)? {
                    return Ok(());
                }
                end
            }
            (TAGS, Some(end)) => {
                read_tags(reader, element.start, end, texts)?;
                end
            }
            (_, Some(end)) => end,
            (_, None) => return damaged(at, "an element has no length"),
        };
        reader.mark(at);
    }
    if breaks_off { damaged(at, "the file ends too early") } else { Ok(()) }
}

/// Where the content of the segment begins, from which positions in the index count, and whether it continues after
/// the end of the file.
fn segment(reader: &Reader) -> Find<(u64, bool)> {
    let header = element_at(reader, 0)?;
    let (HEADER, Some(end)) = (header.id, header.end) else {
        return damaged(0, "the header has no length");
    };
    let segment = element_at(reader, end)?;
    if segment.id != SEGMENT {
        return damaged(end, "expected the start of a segment");
    }
    Ok((segment.start, segment.end.is_some_and(|end| end > reader.size())))
}

fn element_at(reader: &Reader, at: u64) -> Find<Element> {
    let start = reader.up_to(at, 12)?;
    let mut fields = Fields::new(at, start);
    let (id, size) = (element_id(&mut fields)?, element_size(&mut fields)?);
    let end = size.map(|size| fields.at.saturating_add(size));
    // The walk goes through a segment, and finds where it ends too early.
    if id != SEGMENT && end.is_some_and(|end| end > reader.size()) {
        return damaged(at, "the file ends inside an element");
    }
    Ok(Element { id, start: fields.at, end })
}

/// An id of one to four bytes; its leading zero bits say how many follow.
fn element_id(fields: &mut Fields<'_>) -> Find<u64> {
    let more = fields.rest.first().map_or(0, |first| u64::from(first.leading_zeros()));
    if more > 3 {
        return damaged(fields.at, "expected the start of an element");
    }
    fields.be(more + 1)
}

/// A size of one to eight bytes; if all bits are set, it was not known.
fn element_size(fields: &mut Fields<'_>) -> Find<Option<u64>> {
    let more = fields.rest.first().map_or(0, |first| u64::from(first.leading_zeros()));
    if more > 7 {
        return damaged(fields.at, "an element has an invalid length");
    }
    let bits = 7 * (more + 1);
    let size = fields.be(more + 1)? & ((1 << bits) - 1);
    Ok((size != (1 << bits) - 1).then_some(size))
}

/// The next element among fields: its id and its content.
fn child<'a>(fields: &mut Fields<'a>) -> Find<(u64, Fields<'a>)> {
    let id = element_id(fields)?;
    let Some(size) = element_size(fields)? else {
        return damaged(fields.at, "an element has no length");
    };
    let at = fields.at;
    Ok((id, Fields::new(at, fields.take(size)?)))
}

/// Reads the tags that an index leads to. False if there are none, or so many that the walk finds them sooner: each
/// may have to be read, and after that the index is read again.
fn read_indexed_tags(reader: &Reader, segment: u64, mut index: Fields<'_>, texts: &mut Texts) -> Find<bool> {
    let mut lists = 0;
    while !index.rest.is_empty() {
        let (id, mut seek) = child(&mut index)?;
        let (mut target, mut position) = (0, 0);
        while id == SEEK && !seek.rest.is_empty() {
            match child(&mut seek)? {
                (SEEK_ID, value) if value.rest.len() <= 8 => target = be(value.rest),
                (SEEK_POSITION, value) if value.rest.len() <= 8 => position = be(value.rest),
                _ => {}
            }
        }
        // Some indices are out of date: the walk then finds what they do not.
        let at = segment.saturating_add(position);
        if target == TAGS
            && at < reader.size()
            && let Some((start, end)) = tags_at(reader, at)?
        {
            read_tags(reader, start, end, texts)?;
            lists += 1;
            if lists > MAX_INDEXED {
                return Ok(false);
            }
        }
    }
    Ok(lists > 0)
}

fn tags_at(reader: &Reader, at: u64) -> Find<Option<(u64, u64)>> {
    match element_at(reader, at) {
        Ok(Element { id: TAGS, start, end: Some(end) }) => Ok(Some((start, end))),
        Ok(_) | Err(Stop::Damaged { .. }) => Ok(None),
        Err(stop) => Err(stop),
    }
}

fn read_tags(reader: &Reader, start: u64, end: u64, texts: &mut Texts) -> Find<()> {
    let mut tags = Fields::new(start, reader.bytes(start, end - start)?);
    while !tags.rest.is_empty() {
        let (id, mut tag) = child(&mut tags)?;
        while id == TAG && !tag.rest.is_empty() {
            let (id, simple) = child(&mut tag)?;
            if id == SIMPLE_TAG {
                read_simple_tag(simple, texts, MAX_TAG)?;
            }
        }
    }
    Ok(())
}

fn read_simple_tag(mut tag: Fields<'_>, texts: &mut Texts, deepest: usize) -> Find<()> {
    let (mut name, mut text) = (None, None);
    while !tag.rest.is_empty() {
        match child(&mut tag)? {
            (TAG_NAME, value) => name = Some(value),
            (TAG_STRING, value) => text = Some(value),
            (SIMPLE_TAG, inner) if deepest > 0 => read_simple_tag(inner, texts, deepest - 1)?,
            _ => {}
        }
    }
    let (Some(name), Some(text)) = (name, text) else { return Ok(()) };
    let Ok(name) = utf8(name.at, name.rest) else { return Ok(()) };
    if !is_wanted(name) {
        return Ok(());
    }
    texts.named(name, utf8(text.at, text.rest), text.at, &format!("tag \"{name}\""))
}
