//! Safetensors, and ComfyUI's latents: `__metadata__` of the header.

use super::Find;
use super::bytes::le;
use super::json::json;
use super::reader::Reader;
use super::texts::{Texts, begins_as_object};

/// The length of the header comes first.
const LENGTH: u64 = 8;
/// The largest header that the format allows.
const MAX_HEADER: u64 = 100_000_000;

/// True for the start of a safetensors file.
pub(super) fn begins(start: &[u8]) -> bool {
    let Some((length, header)) = start.split_at_checked(LENGTH as usize) else { return false };
    (2..=MAX_HEADER).contains(&le(length)) && begins_as_object(&String::from_utf8_lossy(header))
}

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let header = reader.bytes(LENGTH, reader.le(0, LENGTH)?)?;
    let header = json(LENGTH, header)?;
    if let Some(metadata) = header.get("__metadata__") {
        texts.members(metadata, "__metadata__ of the header");
    }
    Ok(())
}
