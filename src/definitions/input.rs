//! An input of a class: its type and options, and the inputs that it brings.
//!
//! The three stand together because each is made of the others: a choice among an input's options has inputs of its own.

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
    /// Its name, as a workflow in API format has it.
    pub name: Cow<'d, str>,
    /// Whether a node must have it.
    pub required: bool,
    /// What it accepts.
    pub spec: Rc<Spec<'d>>,
}

/// An input's type and options, `["INT", {"default": 20, "min": 1}]`.
#[derive(Debug)]
pub struct Spec<'d> {
    /// The type, `"INT"`, `"MODEL"`, `"FLOAT,INT"`, `"*"`; `"COMBO"` for both forms of a list of choices.
    pub kind: Cow<'d, str>,
    /// The choices, when the type is written as their list.
    list: Option<Value<'d>>,
    options: Vec<(Str<'d>, Value<'d>)>,
    /// Where the definitions are from, which says whether a list of choices is whole.
    origin: Origin,
    /// Taken apart when it is first asked for, and then shared by all nodes of the class.
    nested: OnceCell<Nested<'d>>,
}

impl<'d> Spec<'d> {
    /// Reads `[type, options]`; none for something else.
    pub(super) fn parse(value: Value<'d>, origin: Origin) -> Option<Self> {
        // Where a comma is missing in Python, the type stands alone.
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

    /// Whether a server told it.
    pub fn is_of_server(&self) -> bool {
        self.origin == Origin::Server
    }

    /// An option, whatever it is.
    pub fn option(&self, name: &str) -> Option<Value<'d>> {
        self.options.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// Whether an option is there and says yes.
    pub fn flag(&self, name: &str) -> bool {
        self.option(name).is_some_and(|value| !value.is_falsy())
    }

    /// The type of its widget: mostly its own.
    pub fn widget_type(&self) -> Cow<'d, str> {
        self.text("widgetType").map_or_else(|| self.kind.clone(), Str::decode)
    }

    /// A text among the options.
    pub fn text(&self, name: &str) -> Option<Str<'d>> {
        self.option(name)?.as_str()
    }

    /// A number among the options. Python writes a bound that is not there as `Infinity`, which is none.
    pub fn number(&self, name: &str) -> Option<Value<'d>> {
        self.option(name).filter(|value| value.kind() == Kind::Number && value.is_finite())
    }

    /// The values that a combo accepts, as an array; none for other types, where only the editor can get them, and of
    /// definitions that have parts of the lists. Those that come with the package have the lists that ComfyUI itself
    /// writes down, not those of a server's files; a pack may add to them.
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

    /// The values that a combo lists: also where the editor then asks the server for them, and parts of the list.
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

/// What an input brings besides itself, or instead.
#[derive(Debug)]
pub(super) enum Nested<'d> {
    /// Nothing: it is an input like others.
    None,
    /// The choices, each with its inputs.
    Choice(Vec<(Value<'d>, Vec<Input<'d>>)>),
    /// What a group is made of.
    Group(Template<'d>),
    /// What a socket brings once it is linked.
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

    /// True for the types that bring something.
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

/// What a growing group is made of.
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

    /// How many steps there are at least.
    pub fn min(&self) -> usize {
        self.names.min
    }

    /// How many there may be.
    pub fn max(&self) -> usize {
        self.names.max
    }

    /// The name of a step; with several inputs a step, each input's own name stands for the prefix.
    pub fn name(&self, step: &Input<'_>, index: usize) -> Option<String> {
        self.names.name(self.own_prefix(step), index)
    }

    /// Whether `name` is one of a step's names.
    pub(super) fn has(&self, step: &Input<'_>, name: &str) -> bool {
        self.names.has(self.own_prefix(step), name)
    }

    fn own_prefix<'t>(&self, step: &'t Input<'_>) -> Option<&'t str> {
        (self.steps.len() > 1).then_some(&step.name)
    }
}

/// The inputs that a section has, in its own order; what is not an input is left out.
pub(super) fn inputs_of(section: Value<'_>, required: bool, origin: Origin) -> Vec<Input<'_>> {
    let entries = section.entries().into_iter();
    entries
        .filter_map(|(name, value)| {
            let spec = Rc::new(Spec::parse(value, origin)?);
            Some(Input { name: name.decode(), required, spec })
        })
        .collect()
}
