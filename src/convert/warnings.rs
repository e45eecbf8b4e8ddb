//! What may differ from what the author of the file saw.

use super::open_graph::{Node, Repeated, Widget};
use super::{DynamicPrompts, Options, prompts};
use crate::definitions::types;
use crate::error::WarningCode;
use crate::json::value::Kind as JsonKind;
use crate::json::{KeyIndex, Value, python};
use crate::widgets::can_have;

/// A note about a converted node.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// The kind of note.
    pub code: WarningCode,
    /// Id of the node in the prompt, the first of several; `None` if it is about the whole file.
    pub node: Option<String>,
    /// The input it is about.
    pub input: Option<String>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do about it, one sentence.
    pub advice: String,
}

/// Warns about anything odd in a node that goes into the prompt.
pub fn about_node(id: &str, node: &Node<'_>, options: &Options, warnings: &mut Vec<Warning>) {
    let mut warn = |code, input: Option<&str>, message: String, advice: String| {
        let (node, input) = (Some(id.to_owned()), input.map(str::to_owned));
        warnings.push(Warning { code, node, input, message, advice });
    };
    let mut linked = KeyIndex::default();
    for slot in node.slots.iter().filter(|slot| slot.link.is_some()) {
        slot.widget.iter().for_each(|name| _ = linked.claim(name.clone(), 0));
    }
    for widget in node.widgets.iter().filter(|widget| widget.is_sent) {
        if linked.get(&widget.name).is_some() {
            continue;
        }
        if let Some((code, message, advice)) = about_widget(id, widget, options) {
            warn(code, Some(&widget.name), message, advice.to_owned());
        }
    }
}

fn about_widget(
    id: &str,
    widget: &Widget<'_>,
    options: &Options,
) -> Option<(WarningCode, String, &'static str)> {
    let spec = widget.spec.as_ref()?;
    let value = Value::parse(widget.value.as_deref()?).ok()?;
    let name = &widget.name;
    if types::LIVE.contains(&&*spec.widget_type()) {
        return Some((
            WarningCode::LiveValue,
            format!("the value of \"{name}\" of node \"{id}\" is computed by the open editor"),
            "give the input a file or a value of your own before it runs",
        ));
    }
    if spec.flag("remote") {
        return Some((
            WarningCode::RemoteChoice,
            format!(
                "the editor asks the server for the choices of \"{name}\" of node \"{id}\" and takes the first"
            ),
            "check that the value is a file that the server has",
        ));
    }
    if spec.flag("dynamicPrompts")
        && options.dynamic_prompts != DynamicPrompts::Keep
        && value.as_str().is_some_and(|text| prompts::without_comments(&text.decode()) != text.decode())
    {
        return Some((
            WarningCode::CommentCut,
            format!(
                "a comment was removed from \"{name}\" of node \"{id}\", as the editor does, including what follows \
                // in an address"
            ),
            "keep the prompts when converting to send the text unchanged",
        ));
    }
    if !can_have(spec, value) {
        let kind = spec.widget_type();
        return Some((
            WarningCode::WrongType,
            format!("\"{name}\" of node \"{id}\" has {}, which is not of the type {kind}", shortened(value)),
            "set the value: the file was saved with another version of the class",
        ));
    }
    let choices = spec.choices().filter(|_| spec.is_of_server() && value.kind() == JsonKind::String)?;
    (!python::contains(choices, value)).then(|| {
        (
            WarningCode::UnknownValue,
            format!("the server does not have {} for \"{name}\" of node \"{id}\"", value.raw()),
            "choose one that it has, or install the file on the server",
        )
    })
}

/// A value in a message; if it is long, its beginning.
fn shortened(value: Value<'_>) -> String {
    match value.raw().char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &value.raw()[..end]),
        None => value.raw().to_owned(),
    }
}

/// The most characters of a value that a message shows.
const MAX_SHOWN: usize = 60;

/// The warning for a value that JSON cannot express.
pub fn not_finite(id: &str, input: &str) -> Warning {
    Warning {
        code: WarningCode::NotFinite,
        node: Some(id.to_owned()),
        input: Some(input.to_owned()),
        message: format!("\"{input}\" of node \"{id}\" has NaN or Infinity, which the editor reads as null"),
        advice: "give the input a number before it runs".to_owned(),
    }
}

/// The warning for an input whose link the file does not contain, or whose link leads elsewhere.
pub fn lost_link(id: &str, input: &str) -> Warning {
    Warning {
        code: WarningCode::LostLink,
        node: Some(id.to_owned()),
        input: Some(input.to_owned()),
        message: format!("the link of \"{input}\" of node \"{id}\" is not in the file, or leads elsewhere"),
        advice: "nothing is linked to it, as in the editor: connect it again in ComfyUI if it should be"
            .to_owned(),
    }
}

/// The warning for an input that a server requires and that nothing is linked to.
pub fn missing_input(id: &str, input: &str) -> Warning {
    Warning {
        code: WarningCode::MissingInput,
        node: Some(id.to_owned()),
        input: Some(input.to_owned()),
        message: format!(
            "\"{input}\" of node \"{id}\" gets nothing, and ComfyUI refuses the node without it"
        ),
        advice: "link it in ComfyUI; a muted node gives nothing, a bypassed one passes its inputs on"
            .to_owned(),
    }
}

/// The warning for a node of a pack that makes links in the page, if not all of them are known.
pub fn unknown_links(id: &str, what: &str) -> Warning {
    Warning {
        code: WarningCode::UnknownLinks,
        node: Some(id.to_owned()),
        input: None,
        message: format!(
            "node \"{id}\" {what}: the links that its pack makes there in the page are not known"
        ),
        advice:
            "save the file from ComfyUI with the current version of the pack cg-use-everywhere, or connect the inputs \
            there"
                .to_owned(),
    }
}

/// The warning for a node whose id an earlier node has.
pub fn repeated_id(repeated: &Repeated) -> Warning {
    let Repeated { id, new } = repeated;
    let (message, advice) = match new {
        Some(new) => (
            format!("two nodes have the id \"{id}\": the later one is node \"{new}\" here, as in the editor"),
            "its links are those of the earlier one: check both in ComfyUI",
        ),
        None => (
            format!(
                "two nodes of a subgraph have the id \"{id}\": the later one was left out, as in the editor"
            ),
            "save the file from ComfyUI again if that one should run",
        ),
    };
    let node = new.as_deref().map(str::to_owned);
    Warning { code: WarningCode::RepeatedId, node, input: None, message, advice: advice.to_owned() }
}

/// The warning for a file that does not say its version.
pub fn missing_version() -> Warning {
    Warning {
        code: WarningCode::MissingVersion,
        node: None,
        input: None,
        message: "the file does not say its version, and its links are those of version 0.4".to_owned(),
        advice: "the links were read as such; ComfyUI itself would lose them, so save the file from the editor again"
            .to_owned(),
    }
}
