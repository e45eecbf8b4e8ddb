//! A fresh node of a class, as the editor makes it: sockets, widgets, defaults.

use super::choose::set_value;
use super::open_graph::{Node, WidgetKind};
use super::parts::Parts;
use crate::definitions::{Class, Input};

const AUDIO_PLAYERS: [&str; 6] =
    ["LoadAudio", "SaveAudio", "PreviewAudio", "SaveAudioMP3", "SaveAudioOpus", "SaveAudioAdvanced"];

/// Gives a new node what its class says.
pub fn build_widgets<'a>(node: &mut Node<'a>, class: &Class<'a>, linked: &dyn Fn(&str) -> bool) {
    let mut parts = Parts { linked, widgets: Vec::new(), slots: Vec::new() };
    for input in &class.inputs {
        if *input.spec.kind == *"LOAD_3D" && node.class == "Load3D" && class.input("model_file").is_some() {
            for (name, value) in [
                ("upload 3d model", "\"upload3dmodel\""),
                ("upload extra resources", "\"uploadExtraResources\""),
                ("clear", "\"clear\""),
            ] {
                parts.extra(name, Some(value.into()), true, true);
            }
        }
        parts.add(input.name.clone(), input, input.required);
    }
    add_for_class(&mut parts, node, class);
    let Parts { widgets, slots, .. } = parts;
    let (bound, mut sockets): (Vec<_>, Vec<_>) = slots.into_iter().partition(|slot| slot.widget.is_some());
    sockets.extend(bound);
    node.widgets = widgets;
    node.slots = sockets;
    node.outputs = Vec::new();
    for index in (0..node.widgets.len()).rev() {
        if node.widgets[index].kind == WidgetKind::Choice {
            let value = node.widgets[index].value.clone();
            set_value(node, index, value, linked);
        }
    }
}

/// Widgets that the editor adds to some classes.
fn add_for_class<'a>(parts: &mut Parts<'a, '_>, node: &Node<'a>, class: &Class<'a>) {
    let class_name: &str = &node.class;
    match class_name {
        "PreviewAny" | "SaveText" => {
            parts.extra("preview_text", None, false, false);
            parts.extra("preview_mode", None, false, false);
        }
        "Preview3D" | "SaveGLB" => parts.extra("image", Some("\"\"".into()), true, true),
        "RecordAudio" => parts.extra("record", None, true, false),
        "CustomCombo" => {
            parts.extra("index", Some("0".into()), true, true);
            parts.extra("option1", Some("\"\"".into()), true, true);
        }
        _ => {}
    }
    if AUDIO_PLAYERS.contains(&class_name) {
        parts.extra("audioUI", None, false, false);
    }
    let uploads = |input: &Input<'_>| {
        let spec = &input.spec;
        let is_upload =
            ["image_upload", "video_upload", "animated_image_upload"].iter().any(|flag| spec.flag(flag));
        input.required
            && spec.kind == "COMBO"
            && (is_upload || (input.name == "audio" && spec.flag("audio_upload")))
    };
    if class.inputs.iter().any(uploads) {
        parts.extra("upload", None, true, false);
    }
}
