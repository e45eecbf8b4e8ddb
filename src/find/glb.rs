//! Binary glTF: `asset.extras` of its JSON.

use super::json::json;
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, damaged};

/// A chunk's length and type, after the first twelve bytes of the file.
const CHUNK: u64 = 12;
const CONTENT: u64 = CHUNK + 8;

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    if reader.le(8, 4)? > reader.size() {
        return damaged(8, "the file ends too early");
    }
    let length = reader.le(CHUNK, 4)?;
    if &reader.name(CHUNK + 4)? != b"JSON" {
        return damaged(CHUNK, "its first chunk is not JSON");
    }
    let gltf = json(CONTENT, reader.bytes(CONTENT, length)?)?;
    if let Some(extras) = gltf.get("asset").and_then(|asset| asset.get("extras")) {
        texts.members(extras, "asset.extras");
    }
    Ok(())
}
