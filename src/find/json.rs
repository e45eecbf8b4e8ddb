//! JSON files: workflows in both formats, and what carries them.

use super::bytes::utf8;
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, MAX_TEXT, damaged};
use crate::json::{Value, to_utf8};
use crate::workflow::Carried;
use std::borrow::Cow;

/// The place of a text that is the file, and of one that the file carries.
const WHOLE: &str = "the file itself";
const INSIDE: &str = "inside of the file";

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    if reader.size() > MAX_TEXT as u64 {
        return Ok(());
    }
    let bytes = &*to_utf8(reader.bytes(0, reader.size())?);
    let root = json(0, bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))?;
    let carried = Carried::within(root);
    let is_whole = |text: &Option<Cow<'_, str>>| text.as_ref().is_some_and(|text| **text == *root.raw());
    let prompt_place = if is_whole(&carried.api) { WHOLE } else { INSIDE };
    let workflow_place = match carried.api {
        _ if is_whole(&carried.editor) => WHOLE,
        Some(_) => "inside of the file, beside the prompt",
        None => INSIDE,
    };
    texts.carried(&carried, prompt_place, workflow_place);
    Ok(())
}

/// A part of a file that must be JSON.
pub(super) fn json(at: u64, bytes: &[u8]) -> Find<Value<'_>> {
    Value::parse(utf8(at, bytes)?).or_else(|error| damaged(at + error.offset as u64, error.what))
}
