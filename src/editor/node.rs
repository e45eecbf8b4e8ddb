//! A node of the editor.

use super::Rect;
use super::read::{self, Budget, Fields};
use crate::Error;
use crate::json::Value;
use crate::json::value::Kind;
use crate::names::names;
use std::borrow::Cow;

/// A node.
#[derive(Debug)]
pub struct Node<'a> {
    /// All that the file says of it.
    pub value: Value<'a>,
    /// Its id within its graph; empty when the file has none.
    pub id: Cow<'a, str>,
    /// Its class; for an instance of a subgraph the definition's id. None when the file has none.
    pub class_type: Option<Cow<'a, str>>,
    /// Its title, when the file has one.
    pub title: Option<Cow<'a, str>>,
    /// Whether it runs.
    pub mode: Mode,
    /// What can be linked into it; often, but not always, also its widgets.
    pub inputs: Vec<Input<'a>>,
    /// What can be linked from it.
    pub outputs: Vec<Output<'a>>,
    /// The values of its widgets.
    pub widgets: Widgets<'a>,
    /// Where it stands on the canvas.
    pub position: Option<Rect<'a>>,
    fields: Fields<'a>,
    properties: Fields<'a>,
}

names! {
    /// Whether a node runs.
    pub enum Mode {
        /// It runs. The editor's modes 1 and 3 mean the same to ComfyUI.
        Active = "active",
        /// It does not, nor what needs it.
        Muted = "muted",
        /// It does not, and hands its inputs on.
        Bypassed = "bypassed",
    }
}

/// Something that can be linked into a node.
#[derive(Debug)]
pub struct Input<'a> {
    /// All that the file says of it.
    pub value: Value<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type; an array of choices in old files, the number −1 for events.
    pub kind: Option<Value<'a>>,
    /// Id of the link that leads to it.
    pub link: Option<Cow<'a, str>>,
    /// Id of the link that the file names for it, where that does not lead here and no other does: the editor leaves it
    /// unconnected.
    pub lost_link: Option<Cow<'a, str>>,
    /// Name of the widget that it is the socket of.
    pub widget: Option<Cow<'a, str>>,
}

/// Something that can be linked from a node.
#[derive(Debug)]
pub struct Output<'a> {
    /// All that the file says of it.
    pub value: Value<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type; an array of choices in old files.
    pub kind: Option<Value<'a>>,
    /// Ids of the links from it.
    pub links: Vec<Cow<'a, str>>,
}

/// The values of a node's widgets, as the file has them.
#[derive(Debug, Clone, Copy)]
pub struct Widgets<'a> {
    /// `widgets_values`: an array in the order of the widgets, or an object by name as some packs write it.
    pub values: Option<Value<'a>>,
    /// `widgets_values_named`, which newer editors write beside it.
    pub named: Option<Value<'a>>,
}

impl<'a> Node<'a> {
    pub(super) fn read(value: Value<'a>, budget: &mut Budget) -> Result<Self, Error> {
        if value.kind() != Kind::Object {
            return Err(Error::invalid_workflow(format!(
                "one of the workflow's nodes is not an object but {}: the file is damaged, and the editor does not open it either",
                shortened(value.raw())
            )));
        }
        let fields = Fields::of(value);
        let (inputs, outputs) = (fields.list("inputs"), fields.list("outputs"));
        budget.slots(inputs.len() + outputs.len())?;
        let outputs: Vec<_> = outputs.into_iter().map(Output::read).collect();
        budget.slots(outputs.iter().map(|output| output.links.len()).sum())?;
        let is_widgets = |value: &Value<'a>| matches!(value.kind(), Kind::Array | Kind::Object);
        Ok(Self {
            value,
            id: fields.id("id").unwrap_or_default(),
            class_type: fields.text("type"),
            title: fields.text("title"),
            mode: Mode::of(fields.get("mode")),
            inputs: inputs.into_iter().map(Input::read).collect(),
            outputs,
            widgets: Widgets {
                values: fields.get("widgets_values").filter(is_widgets),
                named: fields.get("widgets_values_named").filter(|value| value.kind() == Kind::Object),
            },
            position: Rect::of_node(fields.get("pos"), fields.get("size")),
            properties: fields.get("properties").map(Fields::of).unwrap_or_default(),
            fields,
        })
    }

    /// What the file says of it under `name`: `flags`, `order`, `color` and whatever else is not read here.
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        self.fields.get(name)
    }

    /// One of its `properties`.
    pub fn property(&self, name: &str) -> Option<Value<'a>> {
        self.properties.get(name)
    }
}

impl Mode {
    fn of(value: Option<Value<'_>>) -> Self {
        match value.map_or("0", Value::raw) {
            "2" => Self::Muted,
            "4" => Self::Bypassed,
            _ => Self::Active,
        }
    }
}

impl<'a> Input<'a> {
    fn read(value: Value<'a>) -> Self {
        let fields = Fields::of(value);
        Self {
            value,
            name: fields.get("name").and_then(Value::as_str).map(|name| name.decode()).unwrap_or_default(),
            kind: fields.get("type"),
            link: fields.id("link"),
            lost_link: None,
            widget: fields.get("widget").and_then(|widget| read::text(widget.get("name")?)),
        }
    }
}

impl<'a> Output<'a> {
    fn read(value: Value<'a>) -> Self {
        let fields = Fields::of(value);
        Self {
            value,
            name: fields.get("name").and_then(Value::as_str).map(|name| name.decode()).unwrap_or_default(),
            kind: fields.get("type"),
            links: fields.list("links").into_iter().filter_map(read::id).collect(),
        }
    }
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
