//! Values that the file has by name, or whose names do not depend on definitions.

use super::{Named, Saved};
use crate::json::Value;

/// The values of a node by name: those of an object, and those of classes whose widgets their pack makes in the page;
/// `None` if the names have to come from the class.
pub(super) fn told<'a>(class_type: &str, saved: &Saved<'a>) -> Option<Named<'a>> {
    match (class_type, saved) {
        (_, Saved::ByName(values)) => Some(entries(*values)),
        ("Power Lora Loader (rgthree)", Saved::List(items)) => Some(loras(items)),
        // The pack removes the widget that redraws the seed, and adds buttons after it.
        ("Seed (rgthree)", Saved::List(items)) => {
            Some(items.iter().take(1).map(|seed| ("seed".into(), *seed)).collect())
        }
        _ => None,
    }
}

/// The values of an object.
pub(super) fn entries(values: Value<'_>) -> Named<'_> {
    values.entries().into_iter().map(|(name, value)| (name.decode(), value)).collect()
}

/// The rows of a list of LoRAs; the other entries are its head, its button and what is drawn between.
fn loras<'a>(items: &[Value<'a>]) -> Named<'a> {
    let rows = items.iter().filter(|item| item.get("lora").is_some());
    rows.zip(1..).map(|(row, number)| (format!("lora_{number}").into(), *row)).collect()
}

/// Whether a value with this name goes into the prompt: the setting that redraws a seed, the player of a video and the
/// buttons by which files are chosen stay in the page.
pub(super) fn is_sent(name: &str) -> bool {
    let is_upload = || name.starts_with("choose ") && name.ends_with(" to upload");
    !matches!(name, "control_after_generate" | "videopreview") && !is_upload()
}
