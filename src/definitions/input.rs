//! An input of a class: its type and options, and further inputs that depend on it.
//!
//! The three types are in one file because each contains the others: a choice among an input's options has inputs
//! itself.

use super::Origin;
use super::step_names::StepNames;
use super::types::{AUTOGROW, COMBO, DYNAMIC_COMBO, DYNAMIC_SLOT};
use crate::json::same::same_value;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// An input of a class.
#[derive(Debug, Clone)]
pub struct Input<'d> {
    /// Its name, as a workflow in API format writes it.
    pub name: Cow<'d, str>,
    /// Whether a node must have a value or a link for it.
    pub required: bool,
    /// Its type and options.
    pub spec: Rc<Spec<'d>>,
}

/// An input's type and options, such as `["INT", {"default": 20, "min": 1}]`.
#[derive(Debug)]
pub struct Spec<'d> {
    /// The type, such as `"INT"`, `"MODEL"`, `"FLOAT,INT"` or `"*"`; `"COMBO"` for both ways to write a list of
    /// choices.
    pub kind: Cow<'d, str>,
    /// The choices, if they are written in place of the type.
    list: Option<Value<'d>>,
    options: Vec<(Str<'d>, Value<'d>)>,
    /// Where the definitions come from, which decides whether a list of choices is complete.
    origin: Origin,
    /// Parsed when it is first asked for, and then shared by all nodes of the class.
    nested: OnceCell<Nested<'d>>,
}

impl<'d> Spec<'d> {
    /// Reads `[type, options]`; `None` for anything else.
    pub(super) fn parse(value: Value<'d>, origin: Origin) -> Option<Self> {
        // If a comma is missing in the Python source, the type is not in a list.
        let items = if value.kind() == Kind::String { vec![value] } else { value.items() };
        let mut items = items.into_iter();
        let kind = items.next()?;
        let options = items.next().map(Value::entries).unwrap_or_default();
        let nested = OnceCell::new();
        match kind.kind() {
            Kind::String => Some(Self { kind: kind.as_str()?.decode(), list: None, options, origin, nested }),
            Kind::Array => Some(Self { kind: COMBO.into(), list: Some(kind), options, origin, nested }),
            _ => None,
        }
    }

    /// Whether a server described it.
    pub fn is_of_server(&self) -> bool {
        self.origin == Origin::Server
    }

    /// An option, whatever its value; `None` if it is missing.
    pub fn option(&self, name: &str) -> Option<Value<'d>> {
        self.options.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// Whether an option is there and true.
    pub fn flag(&self, name: &str) -> bool {
        self.option(name).is_some_and(|value| !value.is_falsy())
    }

    /// The type of its widget, which is mostly its own type.
    pub fn widget_type(&self) -> Cow<'d, str> {
        self.text("widgetType").map_or_else(|| self.kind.clone(), Str::decode)
    }

    /// An option that is a text; `None` for anything else.
    pub fn text(&self, name: &str) -> Option<Str<'d>> {
        self.option(name)?.as_str()
    }

    /// An option that is a number. Python writes a missing bound as `Infinity`, for which this is `None`.
    pub fn number(&self, name: &str) -> Option<Value<'d>> {
        self.option(name).filter(|value| value.kind() == Kind::Number && value.is_finite())
    }

    /// The values that a combo accepts, as an array. `None` for other types, if only the editor can get the list, and
    /// for definitions that have only part of it. The definitions that come with the package have the choices that
    /// ComfyUI's source lists, not those of a server's files; a pack may add to them.
    pub fn choices(&self) -> Option<Value<'d>> {
        if self.kind != COMBO || self.flag("remote") || self.flag("remote_combo") {
            return None;
        }
        match self.origin {
            Origin::Server => self.listed(),
            Origin::Comfy => self.option("choices").filter(|choices| choices.kind() == Kind::Array),
            Origin::Packs => None,
        }
    }

    /// The values that a combo lists, even if the editor asks the server for more, or the list is only a part.
    pub fn listed(&self) -> Option<Value<'d>> {
        self.list.or_else(|| self.option("options").filter(|options| options.kind() == Kind::Array))
    }

    /// The inputs that one of the choices brings; `None` for other values and types.
    pub fn inputs_of_choice(&self, value: Value<'_>) -> Option<&[Input<'d>]> {
        let Nested::Choice(choices) = self.nested() else { return None };
        choices.iter().find(|(key, _)| same_value(*key, value)).map(|(_, inputs)| inputs.as_slice())
    }

    /// The parts of a group that grows; `None` for other types.
    pub fn template(&self) -> Option<&Template<'d>> {
        match self.nested() {
            Nested::Group(template) => Some(template),
            _ => None,
        }
    }

    /// The inputs that it brings.
    pub(super) fn nested(&self) -> &Nested<'d> {
        self.nested.get_or_init(|| Nested::of(self))
    }

    /// The tooltip; `None` if it has none.
    pub fn tooltip(&self) -> Option<Str<'d>> {
        self.text("tooltip")
    }
}

/// The inputs that an input brings, in addition to itself or in its place.
#[derive(Debug)]
pub(super) enum Nested<'d> {
    /// None: it is an ordinary input.
    None,
    /// The choices, each with its inputs.
    Choice(Vec<(Value<'d>, Vec<Input<'d>>)>),
    /// The parts of a group that grows.
    Group(Template<'d>),
    /// The inputs that a socket brings once it is linked.
    Slot(Vec<Input<'d>>),
}

impl<'d> Nested<'d> {
    pub(super) fn of(spec: &Spec<'d>) -> Self {
        let sections = |sections| sections_of(sections, spec.origin);
        match &*spec.kind {
            DYNAMIC_COMBO => {
                let options = spec.option("options").map(Value::items).unwrap_or_default();
                let choice = |option: Value<'d>| {
                    let inputs = option.get("inputs").map(sections).unwrap_or_default();
                    Some((option.get("key")?, inputs))
                };
                Self::Choice(options.into_iter().filter_map(choice).collect())
            }
            AUTOGROW => {
                spec.option("template").map_or(Self::None, |of| Self::Group(Template::of(of, spec.origin)))
            }
            DYNAMIC_SLOT => Self::Slot(spec.option("inputs").map(sections).unwrap_or_default()),
            _ => Self::None,
        }
    }

    /// True for the types that bring inputs.
    pub(super) fn is_in(kind: &str) -> bool {
        matches!(kind, DYNAMIC_COMBO | AUTOGROW | DYNAMIC_SLOT)
    }
}

/// The inputs of both sections, required ones first.
pub(super) fn sections_of(sections: Value<'_>, origin: Origin) -> Vec<Input<'_>> {
    let section = |name| sections.get(name).map(|section| inputs_of(section, name == "required", origin));
    let mut inputs = section("required").unwrap_or_default();
    inputs.extend(section("optional").unwrap_or_default());
    inputs
}

/// The parts of a group that grows.
#[derive(Debug)]
pub struct Template<'d> {
    /// The inputs of each step.
    pub steps: Vec<Input<'d>>,
    names: StepNames<'d>,
}

impl<'d> Template<'d> {
    fn of(template: Value<'d>, origin: Origin) -> Self {
        let steps = template.get("input").map(|steps| sections_of(steps, origin)).unwrap_or_default();
        Self { steps, names: StepNames::of(template) }
    }

    /// The least number of steps.
    pub fn min(&self) -> usize {
        self.names.min
    }

    /// The greatest number of steps.
    pub fn max(&self) -> usize {
        self.names.max
    }

    /// The name of a step. If a step has several inputs, each input's name takes the place of the prefix. `None` for
    /// an index that has no name.
    pub fn name(&self, step: &Input<'_>, index: usize) -> Option<String> {
        self.names.name(self.own_prefix(step), index)
    }

    /// Whether `name` is a name of this step.
    pub(super) fn has(&self, step: &Input<'_>, name: &str) -> bool {
        self.names.has(self.own_prefix(step), name)
    }

    fn own_prefix<'t>(&self, step: &'t Input<'_>) -> Option<&'t str> {
        (self.steps.len() > 1).then_some(&step.name)
    }
}

/// The inputs of a section, in its order; entries that are not an input are left out.
pub(super) fn inputs_of(section: Value<'_>, required: bool, origin: Origin) -> Vec<Input<'_>> {
    let entries = section.entries().into_iter();
    entries
        .filter_map(|(name, value)| {
            let spec = Rc::new(Spec::parse(value, origin)?);
            Some(Input { name: name.decode(), required, spec })
        })
        .collect()
}
