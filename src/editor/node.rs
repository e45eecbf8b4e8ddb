//! A node of the editor.

use super::Rect;
use super::read::{self, Budget, Fields};
use crate::Error;
use crate::json::Value;
use crate::json::value::Kind;
use crate::names::names;
use std::borrow::Cow;

/// The shape of a socket, a hollow circle, that the editor draws for inputs that a class calls optional.
const OPTIONAL_SHAPE: &str = "7";

/// A node.
#[derive(Debug)]
pub struct Node<'a> {
    /// The whole node, as the file writes it.
    pub value: Value<'a>,
    /// Its id within its graph; empty if the file has none.
    pub id: Cow<'a, str>,
    /// Its class; for an instance of a subgraph, the id of the definition. `None` if the file has none.
    pub class_type: Option<Cow<'a, str>>,
    /// Its title; `None` if the file has none.
    pub title: Option<Cow<'a, str>>,
    /// Whether it runs.
    pub mode: Mode,
    /// The inputs that can be linked; often, but not always, these include its widgets.
    pub inputs: Vec<Input<'a>>,
    /// The outputs that can be linked.
    pub outputs: Vec<Output<'a>>,
    /// The values of its widgets.
    pub widgets: Widgets<'a>,
    /// Where it is on the canvas.
    pub position: Option<Rect<'a>>,
    fields: Fields<'a>,
    properties: Fields<'a>,
}

names! {
    /// Whether a node runs.
    pub enum Mode {
        /// It runs. The editor's modes 1 and 3 mean the same to ComfyUI.
        Active = "active",
        /// It does not run, and neither do the nodes that need it.
        Muted = "muted",
        /// It does not run, and passes its inputs on.
        Bypassed = "bypassed",
    }
}

/// An input slot of a node.
#[derive(Debug)]
pub struct Input<'a> {
    /// The whole input, as the file writes it.
    pub value: Value<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type; an array of choices in old files, and the number −1 for events.
    pub kind: Option<Value<'a>>,
    /// The id of the link that leads to it; `None` if there is none.
    pub link: Option<Cow<'a, str>>,
    /// The id of the link that the file names for this input, if that link does not lead here and no other does: the
    /// editor leaves the input unconnected.
    pub lost_link: Option<Cow<'a, str>>,
    /// The name of the widget that this is the socket of.
    pub widget: Option<Cow<'a, str>>,
}

/// An output slot of a node.
#[derive(Debug)]
pub struct Output<'a> {
    /// The whole output, as the file writes it.
    pub value: Value<'a>,
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type; an array of choices in old files.
    pub kind: Option<Value<'a>>,
    /// Ids of the links from it.
    pub links: Vec<Cow<'a, str>>,
}

/// The values of a node's widgets, as the file writes them.
#[derive(Debug, Clone, Copy)]
pub struct Widgets<'a> {
    /// `widgets_values`: an array in the order of the widgets, or an object by name, as some packs write it.
    pub values: Option<Value<'a>>,
    /// `widgets_values_named`, which newer editors write as well.
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

    /// Any other field, such as `flags`, `order` or `color`, as the file writes it; `None` if it is missing.
    pub fn field(&self, name: &str) -> Option<Value<'a>> {
        self.fields.get(name)
    }

    /// One of its `properties`; `None` if it is missing.
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

    /// Whether the editor draws the socket as one that needs no link.
    pub fn is_optional(&self) -> bool {
        self.value.get("shape").is_some_and(|shape| shape.raw() == OPTIONAL_SHAPE)
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
