//! JSON files: workflows in both formats, requests that hold them, and `view_comfy.json`.

use super::bytes::utf8;
use super::reader::Reader;
use super::texts::{Key, Texts};
use super::{Find, MAX_TEXT, damaged};
use crate::ErrorKind;
use crate::json::{Value, to_utf8};
use crate::workflow::Workflow;

/// The place of a text that is the file.
const WHOLE: &str = "the file itself";

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    if reader.size() > MAX_TEXT as u64 {
        return Ok(());
    }
    let bytes = &*to_utf8(reader.bytes(0, reader.size())?);
    let root = json(0, bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))?;
    if let Ok(workflow) = Workflow::parse(bytes) {
        let place = if workflow.text().len() == root.raw().len() { WHOLE } else { "inside of the file" };
        texts.keyed(Key::Prompt, workflow.text(), 0, place)?;
    }
    read_editor_format(root, texts)
}

/// A part of a file that must be JSON.
pub(super) fn json(at: u64, bytes: &[u8]) -> Find<Value<'_>> {
    Value::parse(utf8(at, bytes)?).or_else(|error| damaged(at + error.offset as u64, error.what))
}

/// Takes the editor format, be it the file or, in a request, beside the prompt.
fn read_editor_format(root: Value<'_>, texts: &mut Texts) -> Find<()> {
    if is_editor_format(root) {
        return texts.keyed(Key::Workflow, root.raw(), 0, WHOLE);
    }
    let beside = root.get("extra_data").and_then(|data| data.get("extra_pnginfo")).unwrap_or(root);
    match beside.get("workflow") {
        Some(workflow) if is_editor_format(workflow) => {
            texts.keyed(Key::Workflow, workflow.raw(), 0, "inside of the file, beside the prompt")
        }
        _ => Ok(()),
    }
}

fn is_editor_format(value: Value<'_>) -> bool {
    Workflow::parse(value.raw().as_bytes())
        .is_err_and(|error| matches!(error.kind(), ErrorKind::EditorWorkflow {}))
}
