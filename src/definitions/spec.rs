//! What one input accepts: ComfyUI's type and its options.

use super::class::Input;
use super::nested::{Nested, Template};
use crate::json::same::same_value;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::cell::OnceCell;

/// An input's type and options, `["INT", {"default": 20, "min": 1}]`.
#[derive(Debug)]
pub struct Spec<'d> {
    /// The type, `"INT"`, `"MODEL"`, `"FLOAT,INT"`, `"*"`; `"COMBO"` for both forms of a list of choices.
    pub kind: Cow<'d, str>,
    /// The choices, when the type is written as their list.
    list: Option<Value<'d>>,
    options: Vec<(Str<'d>, Value<'d>)>,
    /// Taken apart when it is first asked for, and then shared by all nodes of the class.
    nested: OnceCell<Nested<'d>>,
}

/// The type of a list of choices.
pub const COMBO: &str = "COMBO";

impl<'d> Spec<'d> {
    /// Reads `[type, options]`; none for something else.
    pub(super) fn parse(value: Value<'d>) -> Option<Self> {
        let mut items = value.items().into_iter();
        let kind = items.next()?;
        let options = items.next().map(Value::entries).unwrap_or_default();
        let nested = OnceCell::new();
        match kind.kind() {
            Kind::String => Some(Self { kind: kind.as_str()?.decode(), list: None, options, nested }),
            Kind::Array => Some(Self { kind: COMBO.into(), list: Some(kind), options, nested }),
            _ => None,
        }
    }

    /// An option, whatever it is.
    pub fn option(&self, name: &str) -> Option<Value<'d>> {
        self.options.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// Whether an option is there and says yes.
    pub fn flag(&self, name: &str) -> bool {
        self.option(name).is_some_and(|value| !value.is_falsy())
    }

    /// A text among the options.
    pub fn text(&self, name: &str) -> Option<Str<'d>> {
        self.option(name)?.as_str()
    }

    /// A number among the options.
    pub fn number(&self, name: &str) -> Option<Value<'d>> {
        self.option(name).filter(|value| value.kind() == Kind::Number)
    }

    /// The values that a combo accepts, as an array; none for other types, and where only the editor can get them.
    pub fn choices(&self) -> Option<Value<'d>> {
        if self.kind != COMBO || self.flag("remote") || self.flag("remote_combo") {
            return None;
        }
        self.listed()
    }

    /// The values that a combo lists, also where the editor then asks the server for them.
    pub fn listed(&self) -> Option<Value<'d>> {
        self.list.or_else(|| self.option("options").filter(|options| options.kind() == Kind::Array))
    }

    /// The inputs that one of the choices brings; none for other values and types.
    pub fn inputs_of_choice(&self, value: Value<'_>) -> Option<&[Input<'d>]> {
        let Nested::Choice(choices) = self.nested() else { return None };
        choices.iter().find(|(key, _)| same_value(*key, value)).map(|(_, inputs)| inputs.as_slice())
    }

    /// What a group that grows is made of; none for other types.
    pub fn template(&self) -> Option<&Template<'d>> {
        match self.nested() {
            Nested::Group(template) => Some(template),
            _ => None,
        }
    }

    /// What it brings besides itself.
    pub(super) fn nested(&self) -> &Nested<'d> {
        self.nested.get_or_init(|| Nested::of(self))
    }

    /// The tooltip.
    pub fn tooltip(&self) -> Option<Str<'d>> {
        self.text("tooltip")
    }
}
