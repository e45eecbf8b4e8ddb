//! JSON files: workflows in both formats, and files that contain one.

use super::bytes::utf8;
use super::reader::Reader;
use super::texts::Texts;
use super::{Find, MAX_TEXT, damaged};
use crate::json::{Value, to_utf8};
use crate::workflow::Carried;
use std::borrow::Cow;

/// The place of a text that is the whole file, and of one inside the file.
const WHOLE: &str = "the file itself";
const INSIDE: &str = "inside of the file";
const BESIDE: &str = "inside of the file, beside the prompt";

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let Some(bytes) = whole(reader)? else { return Ok(()) };
    let root = json(0, &bytes)?;
    let carried = Carried::within(root);
    let is_whole = |text: &Option<Cow<'_, str>>| text.as_ref().is_some_and(|text| **text == *root.raw());
    let prompt_place = if is_whole(&carried.api) { WHOLE } else { INSIDE };
    let workflow_place = match carried.api {
        _ if is_whole(&carried.editor) => WHOLE,
        Some(_) => BESIDE,
        None => INSIDE,
    };
    texts.carried(&carried, prompt_place, workflow_place);
    Ok(())
}

/// Reads one run of a response of `GET /history`.
pub(super) fn read_run(reader: &Reader, prompt_id: &str, texts: &mut Texts) -> Find<()> {
    let Some(bytes) = whole(reader)? else { return Ok(()) };
    if let Some(run) = json(0, &bytes)?.get(prompt_id) {
        texts.carried(&Carried::within(run), INSIDE, BESIDE);
    }
    Ok(())
}

/// The bytes of the file as UTF-8, without a byte order mark; `None` for a file that is too large to be a workflow.
fn whole(reader: &Reader) -> Find<Option<Cow<'_, [u8]>>> {
    if reader.size() > MAX_TEXT as u64 {
        return Ok(None);
    }
    let mark = "\u{feff}".as_bytes();
    Ok(Some(match to_utf8(reader.bytes(0, reader.size())?) {
        Cow::Borrowed(bytes) => bytes.strip_prefix(mark).unwrap_or(bytes).into(),
        decoded => decoded,
    }))
}

/// A part of a file that has to be JSON.
pub(super) fn json(at: u64, bytes: &[u8]) -> Find<Value<'_>> {
    Value::parse(utf8(at, bytes)?).or_else(|error| damaged(at + error.offset as u64, error.what))
}
