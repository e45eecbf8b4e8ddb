//! Values that the file has under names, or that have them whatever the definitions say.

use super::{Named, Saved};
use crate::json::Value;

/// The values of a node under their names: those of an object, and those of classes whose widgets their pack makes in the
/// page; none where the names have to come from the class.
pub(super) fn told<'a>(class_type: &str, saved: &Saved<'a>) -> Option<Named<'a>> {
    match (class_type, saved) {
        (_, Saved::ByName(values)) => Some(entries(*values)),
        ("Power Lora Loader (rgthree)", Saved::List(items)) => Some(loras(items)),
        // The pack takes away the widget that redraws the seed, and puts buttons behind it.
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

/// The rows of a list of LoRAs; the others are its head, its button and what is drawn between.
fn loras<'a>(items: &[Value<'a>]) -> Named<'a> {
    let rows = items.iter().filter(|item| item.get("lora").is_some());
    rows.zip(1..).map(|(row, number)| (format!("lora_{number}").into(), *row)).collect()
}

/// Whether a value goes into the prompt that a file has under this name: what redraws a seed and what shows a video
/// stay in the page.
pub(super) fn is_sent(name: &str) -> bool {
    !matches!(name, "control_after_generate" | "videopreview")
}
