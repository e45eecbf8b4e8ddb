//! One class: its inputs, its outputs and what the server says about it.

use super::Origin;
use super::input::{Input, inputs_of, sections_of};
use super::types::COMBO;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// The longest order that is followed: real classes have a hundred inputs at most.
const MAX_ORDERED: usize = 1000;

/// The most inputs that the server fills in itself: ComfyUI knows eight.
const MAX_HIDDEN: usize = 100;

/// The most earlier versions of a class that are looked at.
const MAX_OLDER: usize = 20;

/// A class of nodes, as `GET /object_info` describes it.
#[derive(Debug, Default)]
pub struct Class<'d> {
    /// The inputs: required ones before optional ones, in the order in which the editor shows them.
    pub inputs: Vec<Input<'d>>,
    /// Names of the inputs that the server fills in itself.
    pub hidden: Vec<Str<'d>>,
    /// The outputs, in order.
    pub outputs: Vec<Output<'d>>,
    /// True if a run ends in a node of this class.
    pub output_node: bool,
    /// True if each input gets all values of a list at once.
    pub input_is_list: bool,
    /// True if ComfyUI advises against the class.
    pub deprecated: bool,
    /// The name that the editor shows.
    pub display_name: Option<Str<'d>>,
    /// Where the editor's menu lists it, such as `"sampling/custom_sampling"`.
    pub category: Option<Str<'d>>,
    /// The Python module that it comes from, such as `"nodes"` or `"custom_nodes.comfyui-videohelpersuite"`.
    pub python_module: Option<Str<'d>>,
    /// Where the description comes from.
    pub origin: Origin,
    older_inputs: Option<Value<'d>>,
    older: OnceCell<Vec<Rc<Self>>>,
}

/// An output of a class.
#[derive(Debug, Clone)]
pub struct Output<'d> {
    /// Its name.
    pub name: Cow<'d, str>,
    /// Its type; `"COMBO"` for a list of choices.
    pub kind: Cow<'d, str>,
    /// True if it gives a list, whose values are processed one by one.
    pub is_list: bool,
}

impl<'d> Class<'d> {
    pub(super) fn parse(text: &'d str, origin: Origin) -> Option<Self> {
        let mut class = Self { origin, ..Self::default() };
        let (mut input, mut order) = (Value::NULL, Value::NULL);
        let (mut types, mut names, mut lists) = (Value::NULL, Value::NULL, Value::NULL);
        for (key, value) in Value::parse(text).ok()?.entries() {
            match key.raw() {
                "input" => input = value,
                "input_order" => order = value,
                "output" => types = value,
                "output_name" => names = value,
                "output_is_list" => lists = value,
                "output_node" => class.output_node = !value.is_falsy(),
                "is_input_list" => class.input_is_list = !value.is_falsy(),
                "deprecated" => class.deprecated = !value.is_falsy(),
                "display_name" => class.display_name = value.as_str(),
                "category" => class.category = value.as_str(),
                "python_module" => class.python_module = value.as_str(),
                "older" if origin == Origin::Packs => class.older_inputs = Some(value),
                _ => {}
            }
        }
        class.inputs = section(input, order, "required", origin);
        class.inputs.extend(section(input, order, "optional", origin));
        class.hidden = input.get("hidden").map(names_of).unwrap_or_default();
        class.hidden.truncate(MAX_HIDDEN);
        class.outputs = outputs(listed(types), &listed(names), &listed(lists));
        Some(class)
    }

    /// The class in earlier versions of its pack, newest first.
    pub fn older(&self) -> &[Rc<Self>] {
        self.older.get_or_init(|| {
            let older = self.older_inputs.map(Value::items).unwrap_or_default().into_iter().take(MAX_OLDER);
            let older = older.map(|inputs| Self {
                inputs: sections_of(inputs, self.origin),
                outputs: self.outputs.clone(),
                output_node: self.output_node,
                origin: self.origin,
                ..Self::default()
            });
            older.map(Rc::new).collect()
        })
    }

    /// Whether it belongs to a pack, which may have many versions, and not to ComfyUI itself.
    pub fn is_custom(&self) -> bool {
        let is_in_pack =
            || self.python_module.is_some_and(|module| module.decode().starts_with("custom_nodes"));
        self.origin == Origin::Packs || is_in_pack()
    }

    /// The input of this name, as the definition has it; `None` if there is none.
    pub fn input(&self, name: &str) -> Option<&Input<'d>> {
        self.inputs.iter().find(|input| input.name == name)
    }
}

/// The names of a section: the keys of an object, or the items of a list.
fn names_of(section: Value<'_>) -> Vec<Str<'_>> {
    match section.kind() {
        Kind::Array => section.items().into_iter().filter_map(Value::as_str).collect(),
        _ => section.entries().into_iter().map(|(name, _)| name).collect(),
    }
}

/// The inputs of one section: first those that its order names, then the others as they are listed.
fn section<'d>(input: Value<'d>, order: Value<'d>, name: &str, origin: Origin) -> Vec<Input<'d>> {
    let section = input.get(name).map(|section| inputs_of(section, name == "required", origin));
    let mut inputs = section.unwrap_or_default();
    let order = order.get(name).map(Value::items).unwrap_or_default();
    let mut index = 0;
    for name in order.into_iter().filter_map(Value::as_str).take(MAX_ORDERED) {
        let Some(from) = inputs.iter().skip(index).position(|input| name.is(&input.name)) else { continue };
        // Nearly always it is there already.
        inputs[index..=index + from].rotate_right(1);
        index += 1;
    }
    inputs
}

/// The items of a list. A single value was meant to be in a list.
fn listed(value: Value<'_>) -> Vec<Value<'_>> {
    match value.kind() {
        Kind::Array => value.items(),
        Kind::Null => Vec::new(),
        _ => vec![value],
    }
}

fn outputs<'d>(types: Vec<Value<'d>>, names: &[Value<'d>], lists: &[Value<'d>]) -> Vec<Output<'d>> {
    let types = types.into_iter().enumerate();
    types
        .map(|(index, kind)| {
            let kind = kind.as_str().map_or(Cow::Borrowed(COMBO), Str::decode);
            let name = names.get(index).and_then(|name| name.as_str()).map(Str::decode);
            Output {
                name: name.unwrap_or_else(|| kind.clone()),
                kind,
                is_list: lists.get(index).is_some_and(|is_list| !is_list.is_falsy()),
            }
        })
        .collect()
}
