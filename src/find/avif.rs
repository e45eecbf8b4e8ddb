//! AVIF: the item of type `Exif` to which `meta` leads.

use super::bytes::Fields;
use super::isobmff::{self, IsoBox};
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, MAX_TEXT, damaged, exif};

/// A part of an item: where it is, and how long it is.
type Extent = (u64, u64);

/// How many EXIF items are looked at; files have one.
const MAX_ITEMS: usize = 4;

/// What was known when the walk stopped.
#[derive(Debug, Default)]
pub(super) struct Walk {
    open: Vec<IsoBox>,
    meta: Meta,
    /// The EXIF items still to be read, the next one last; `None` until `meta` has been read to its end.
    items: Option<Vec<Item>>,
}

/// The part of `meta` that is needed: the ids of the EXIF items, the table of locations, and where `idat` begins.
#[derive(Debug, Default)]
struct Meta {
    is_read: bool,
    exif: Vec<u64>,
    locations: Option<IsoBox>,
    data: Option<IsoBox>,
}

/// An EXIF item: the places of its parts that are not in `content` yet, the next one last.
#[derive(Debug)]
struct Item {
    extents: Vec<Extent>,
    first: u64,
    content: Vec<u8>,
}

impl Item {
    fn new(mut extents: Vec<Extent>) -> Self {
        extents.reverse();
        Self { first: extents.last().map_or(0, |(at, _)| *at), extents, content: Vec::new() }
    }
}

pub(super) fn read(reader: &Reader, walk: &mut Walk, texts: &mut Texts) -> Find<()> {
    if walk.items.is_none() {
        read_meta(reader, walk)?;
        let extents = match walk.meta.locations.filter(|_| !walk.meta.exif.is_empty()) {
            Some(locations) => extents_of(reader, locations, &walk.meta)?,
            None => Vec::new(),
        };
        walk.items = Some(extents.into_iter().rev().map(Item::new).collect());
    }
    let items = walk.items.get_or_insert_default();
    while let Some(item) = items.last_mut() {
        read_item(reader, item, texts)?;
        items.pop();
    }
    Ok(())
}

fn read_meta(reader: &Reader, walk: &mut Walk) -> Find<()> {
    let Walk { open, meta, .. } = walk;
    if meta.is_read {
        return Ok(());
    }
    meta.is_read = isobmff::walk(reader, open, &mut |around, inner| {
        match (around, &inner.kind) {
            ([], b"meta") => return Ok(Some(inner.start + 4)),
            ([], _) => {}
            (_, b"iinf") => meta.exif = exif_items(reader, inner)?,
            (_, b"iloc") => meta.locations = Some(inner),
            (_, b"idat") => meta.data = Some(inner),
            _ => {}
        }
        Ok(None)
    })?;
    if meta.is_read { Ok(()) } else { damaged(reader.size(), "the file ends before its index (meta)") }
}

fn read_item(reader: &Reader, item: &mut Item, texts: &mut Texts) -> Find<()> {
    while let Some(&(at, length)) = item.extents.last() {
        if (item.content.len() as u64).saturating_add(length) > MAX_TEXT as u64 {
            return damaged(at, "its EXIF block is larger than 64 MB, more than any workflow");
        }
        item.content.extend_from_slice(reader.bytes(at, length)?);
        item.extents.pop();
    }
    // The offset of the block comes first.
    let mut fields = Fields::new(item.first, &item.content);
    let offset = fields.be(4)?;
    fields.take(offset)?;
    exif::read(fields.at, fields.rest, texts)
}

/// The ids of the items that are EXIF.
fn exif_items(reader: &Reader, list: IsoBox) -> Find<Vec<u64>> {
    let mut ids = Vec::new();
    // All of it has to be there before it is parsed, so that nothing has to be read twice.
    reader.bytes(list.start, list.end - list.start)?;
    let count_length = if reader.be(list.start, 1)? == 0 { 2 } else { 4 };
    isobmff::each(reader, list.start + 4 + count_length, list.end, |item| {
        let mut fields = Fields::new(item.start, reader.bytes(item.start, item.end - item.start)?);
        let version = fields.be(1)?;
        fields.take(3)?;
        if &item.kind != b"infe" || version < 2 {
            return Ok(());
        }
        let id = fields.be(if version == 2 { 2 } else { 4 })?;
        fields.take(2)?;
        if fields.take(4)? == b"Exif" && ids.len() < MAX_ITEMS {
            ids.push(id);
        }
        Ok(())
    })?;
    Ok(ids)
}

/// The extents of the EXIF items, from the table of locations.
fn extents_of(reader: &Reader, locations: IsoBox, known: &Meta) -> Find<Vec<Vec<Extent>>> {
    let table = reader.bytes(locations.start, locations.end - locations.start)?;
    let mut fields = Fields::new(locations.start, table);
    let version = fields.be(1)?;
    fields.take(3)?;
    let sizes = fields.be(2)?;
    let [offset_size, length_size, base_size, index_size] = [12, 8, 4, 0].map(|shift| sizes >> shift & 15);
    // An extent takes some bytes of the table, so that a short table cannot contain endlessly many.
    if offset_size + length_size == 0
        || [offset_size, length_size, base_size, index_size].iter().any(|size| *size > 8)
    {
        return damaged(locations.start, "a table of locations has numbers of an invalid length");
    }
    let id_size = if version < 2 { 2 } else { 4 };
    let mut all = Vec::new();
    for _ in 0..fields.be(id_size)? {
        let id = fields.be(id_size)?;
        let method = if version > 0 { fields.be(2)? & 15 } else { 0 };
        fields.take(2)?;
        let base = fields.be(base_size)?;
        let wanted = known.exif.contains(&id);
        let mut extents = Vec::new();
        for _ in 0..fields.be(2)? {
            fields.take(if version > 0 { index_size } else { 0 })?;
            let offset = fields.be(offset_size)?;
            let length = fields.be(length_size)?;
            if wanted {
                extents.push(extent(fields.at, method, base.checked_add(offset), length, known.data)?);
            }
        }
        if wanted {
            all.push(extents);
        }
    }
    Ok(all)
}

/// Where an extent is in the file: counted from the start of the file, or from that of `idat`.
fn extent(at: u64, method: u64, offset: Option<u64>, length: u64, data: Option<IsoBox>) -> Find<Extent> {
    let start = match (method, data) {
        (0, _) => offset,
        (1, Some(data)) => offset.and_then(|offset| offset.checked_add(data.start)),
        _ => None,
    };
    match start {
        Some(start) => Ok((start, length)),
        None => damaged(at, "the location of an item is invalid"),
    }
}
