//! Puts values of the prompt back into the editor's file, as splices of its text.
//!
//! The conversion knows from which part of the file each value of the prompt was made; that part is replaced. A value
//! that the file does not have, because its class has a default for it, is added after the values that are there. The
//! changed file is then converted again: a change that would reach further than it should is refused.

mod check;
mod edits;
mod home;
mod write;

use super::{Opened, Options};
use crate::Error;
use crate::definitions::KnownClasses;
use crate::editor::Document;
use crate::json::Value;
use crate::workflow::apply::splice;
use edits::{Edits, Spots};
use home::Homes;

/// Returns the text of an editor-format workflow with the values of `params` put in, by the keys of the converted
/// workflow. Everything else stays byte for byte.
///
/// Converting the result gives the converted workflow with these values. Texts are written as they are given; what the
/// page does to a text when it sends it (choosing one of several options, putting a date into a file name) it does to
/// these as well. Inputs that share one value in the file, because one primitive node or one input of a subgraph feeds
/// them, change together.
///
/// # Errors
/// [`ErrorKind::UnknownParam`](crate::ErrorKind::UnknownParam) for a key that the converted workflow does not have.
/// [`ErrorKind::InvalidParam`](crate::ErrorKind::InvalidParam) for a value that cannot be changed alone: of an input
/// that is linked, in the definition of a subgraph that has several instances, of a choice that has its own inputs, or
/// two values for inputs that share one. All errors of [`to_api_format`](super::to_api_format).
///
/// ```
/// use viewcomfy_wasm::convert::{Options, apply_params};
/// use viewcomfy_wasm::definitions::Definitions;
/// use viewcomfy_wasm::json::Value;
///
/// let object_info = r#"{"EmptyImage": {"input": {"required": {"width": ["INT", {}], "height": ["INT", {}]}}, "output": ["IMAGE"]}}"#;
/// let definitions = Definitions::parse(object_info.into())?;
/// let file = br#"{"version": 0.4, "links": [], "nodes": [{"id": 1, "type": "EmptyImage", "widgets_values": [512, 768]}]}"#;
/// let height = Value::parse("1024")?;
/// let changed = apply_params(file, &definitions, &Options::default(), &[("1-inputs-height", height)])?;
/// assert!(changed.ends_with(r#""widgets_values": [512, 1024]}]}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply_params<'d>(
    bytes: &[u8],
    known: impl Into<KnownClasses<'d>>,
    options: &Options,
    params: &[(&str, Value<'_>)],
) -> Result<String, Error> {
    let known = known.into();
    let mut scratch = String::new();
    let document = Document::open(bytes, &mut scratch)?;
    let before = Opened::of(&document, known, options)?;
    let homes = Homes::of(&document, &before.graph);
    let spots = Spots::of(&before.entries, &homes);
    let edits = Edits::of(&before, &spots, &homes, params)?;
    if edits.is_empty() {
        return Ok(document.text().to_owned());
    }
    let written = write::texts(&homes, &edits)?;
    let changed = splice(document.text(), written.iter().map(write::Written::splice).collect());
    let again = Document::parse(changed.as_bytes())?;
    let after = Opened::of(&again, known, options)?;
    check::same_but_for(&before, &after, &spots, &edits)?;
    Ok(changed)
}
