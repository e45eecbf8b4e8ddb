//! The parts of a node on the canvas: widgets with their values, and input slots.

use crate::definitions::{Origin, Spec, types};
use crate::editor;
use crate::json::Value;
use crate::json::value::Kind;
use std::borrow::Cow;
use std::rc::Rc;

/// A value as JSON text; `None` is JavaScript's `undefined`.
pub type Val<'a> = Option<Cow<'a, str>>;

/// The id of a node or a link: the digits of a number, or a text.
pub type Id = Rc<str>;

/// The widgets and input slots of a node. They are together because a choice among the widgets adds both.
#[derive(Debug, Default)]
pub struct Parts<'a> {
    /// In the order in which the editor shows them, which is that of their saved values.
    pub widgets: Vec<Widget<'a>>,
    /// First the slots without a widget, then those of widgets.
    pub slots: Vec<Slot<'a>>,
    /// How well the saved values fit the class.
    pub fit: Fit,
}

/// How well the saved values of a node fit its class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fit {
    /// As far as is known, they were saved with this version.
    #[default]
    Fits,
    /// They were saved with an earlier version of the class, which is known.
    Older,
    /// They were saved with another version of the class.
    Differs {
        /// The number of values for which there is no widget.
        lost: usize,
        /// Where the definition of the class comes from.
        origin: Origin,
    },
}

/// A widget of a node: something that has a value.
#[derive(Debug, Clone)]
pub struct Widget<'a> {
    /// The name of its input.
    pub name: Cow<'a, str>,
    /// The kind of its value.
    pub kind: WidgetKind,
    /// Its value: a part of the file or of the definitions, until another one is written.
    pub value: Val<'a>,
    /// Whether `widgets_values` has a value for it.
    pub is_saved: bool,
    /// Whether it goes into the prompt.
    pub is_sent: bool,
    /// The type and options of its input; `None` for widgets that the editor adds.
    pub spec: Option<Rc<Spec<'a>>>,
    /// The value from which a primitive node made this one; `None` if it made none.
    pub made_of: Option<&'a str>,
}

impl<'a> Widget<'a> {
    /// A widget of which only the name and the value are known.
    pub(super) fn of_file(name: Cow<'a, str>, value: Cow<'a, str>) -> Self {
        let kind = WidgetKind::Other;
        Self { name, kind, value: Some(value), is_saved: true, is_sent: true, spec: None, made_of: None }
    }

    /// The part of the file, or of the definitions, that its value is or was made from.
    pub fn source(&self) -> Option<&'a str> {
        match self.value {
            _ if self.made_of.is_some() => self.made_of,
            Some(Cow::Borrowed(json)) => Some(json),
            _ => None,
        }
    }
}

/// Kinds of widgets, as far as their values are treated differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WidgetKind {
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// A text.
    Text {
        /// With several lines: null becomes an empty text.
        is_long: bool,
    },
    /// One of several choices.
    Combo,
    /// A choice that has its own inputs.
    Choice,
    /// Points of a curve.
    Curve,
    /// Anything else.
    Other,
}

/// An input slot of a node.
#[derive(Debug, Clone)]
pub struct Slot<'a> {
    /// The name of its input.
    pub name: Cow<'a, str>,
    /// ComfyUI's type.
    pub kind: Cow<'a, str>,
    /// The link into it.
    pub link: Option<Id>,
    /// The widget whose value a link replaces.
    pub widget: Option<Cow<'a, str>>,
    /// Whether the server refuses the node without a link to it. Only an input that the file lists as a socket may be one: other
    /// versions of a class have other inputs, and widgets that a pack's own code makes are no sockets. If the file's link is
    /// lost, that is told by itself.
    pub needs_link: bool,
    /// The value that an instance of a subgraph has for it; `None` if the slot does not belong to a widget.
    pub promoted: Option<Val<'a>>,
    /// The index of that value in the instance's list, if the list has one for it or would have.
    pub saved_at: Option<usize>,
}

impl<'a> Slot<'a> {
    /// A slot without a link and without a widget.
    pub fn socket(name: Cow<'a, str>, kind: Cow<'a, str>) -> Self {
        Self { name, kind, link: None, widget: None, needs_link: false, promoted: None, saved_at: None }
    }

    /// Takes the entry at an index of an instance's list: a value, or nothing.
    pub fn take(&mut self, value: Val<'a>, index: usize) {
        self.saved_at = Some(index);
        if value.is_some() {
            self.promoted = Some(value);
        }
    }

    /// A slot as it is in the file.
    pub fn of_file(saved: &editor::Input<'a>) -> Self {
        Self {
            link: saved.link.as_deref().map(Into::into),
            widget: saved.widget.clone(),
            ..Self::socket(saved.name.clone(), type_of(saved.kind))
        }
    }
}

/// The type of a slot: a text, the list of a combo's choices, or a number for the editor's old events.
pub fn type_of(value: Option<Value<'_>>) -> Cow<'_, str> {
    match value.map(|value| (value.kind(), value)) {
        None | Some((Kind::Null, _)) => Cow::default(),
        Some((Kind::Array, _)) => types::COMBO.into(),
        Some((_, value)) => value.text(),
    }
}
