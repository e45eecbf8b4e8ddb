//! A fresh node of a class, as the editor makes it: sockets, widgets, defaults.

use super::builder::{Builder, Linked};
use super::choice::choose;
use super::{Fit, Parts, WidgetKind};
use crate::definitions::{Class, Input, types};

const AUDIO_PLAYERS: [&str; 6] =
    ["LoadAudio", "SaveAudio", "PreviewAudio", "SaveAudioMP3", "SaveAudioOpus", "SaveAudioAdvanced"];

/// The parts of a new node of a class.
pub(super) fn fresh<'a>(class_type: &str, class: &Class<'a>, linked: Linked<'_>) -> Parts<'a> {
    let mut builder = Builder::new(linked);
    for input in &class.inputs {
        if *input.spec.kind == *types::LOAD_3D
            && class_type == "Load3D"
            && class.input("model_file").is_some()
        {
            for (name, value) in [
                ("upload 3d model", "\"upload3dmodel\""),
                ("upload extra resources", "\"uploadExtraResources\""),
                ("clear", "\"clear\""),
            ] {
                builder.extra(name, Some(value.into()), true, true);
            }
        }
        builder.add(input.name.clone(), input, input.required);
    }
    add_for_class(&mut builder, class_type, class);
    let Builder { widgets, slots, .. } = builder;
    let (bound, mut slots): (Vec<_>, Vec<_>) = slots.into_iter().partition(|slot| slot.widget.is_some());
    slots.extend(bound);
    let mut parts = Parts { widgets, slots, fit: Fit::Fits };
    for index in (0..parts.widgets.len()).rev() {
        if parts.widgets[index].kind == WidgetKind::Choice {
            choose(&mut parts, index, linked);
        }
    }
    parts
}

/// Widgets that the editor adds to some classes.
fn add_for_class<'a>(builder: &mut Builder<'a, '_>, class_type: &str, class: &Class<'a>) {
    match class_type {
        "PreviewAny" | "SaveText" => {
            builder.extra("preview_text", None, false, false);
            builder.extra("preview_mode", None, false, false);
        }
        "Preview3D" | "SaveGLB" => builder.extra("image", Some("\"\"".into()), true, true),
        "RecordAudio" => builder.extra("record", None, true, false),
        "CustomCombo" => {
            builder.extra("index", Some("0".into()), true, true);
            builder.extra("option1", Some("\"\"".into()), true, true);
        }
        _ => {}
    }
    if AUDIO_PLAYERS.contains(&class_type) {
        builder.extra("audioUI", None, false, false);
    }
    if has_upload(class) {
        builder.extra("upload", None, true, false);
    }
}

/// Whether a node of a class has a button for uploading a file.
pub(super) fn has_upload(class: &Class<'_>) -> bool {
    let uploads = |input: &Input<'_>| {
        let spec = &input.spec;
        let is_upload =
            ["image_upload", "video_upload", "animated_image_upload"].iter().any(|flag| spec.flag(flag));
        input.required
            && spec.kind == types::COMBO
            && (is_upload || (input.name == "audio" && spec.flag("audio_upload")))
    };
    class.inputs.iter().any(uploads)
}
