//! Writes an inspection as JSON for `pkg/src/inspect/inspect.js`, which makes the objects of the public surface of it.
//!
//! A thousand nodes have ten thousand inputs of fourteen fields each, most of them null or told by the class: written out,
//! that takes the browser longer to parse than all the rest. So fields have no names but an order, which is written here,
//! those of all inputs stand in one list, nodes are named by their place, and what a class says of an input is told once.

use super::model::{
    Code, Format, Given, Group, Input, InputKind, Inspection, Link, Mode, Node, Output, Problem, Rect,
    Severity,
};
use super::rows::Rows;
use crate::definitions::Spec;
use crate::json::Value;
use crate::json::number::has_unsafe_integer;
use std::rc::Rc;

/// What is said about an input by one bit each.
mod flag {
    pub(super) const SETTABLE: u8 = 1;
    pub(super) const LINKED: u8 = 2;
    /// The value is written as a text, because it has integers that `JSON.parse` would round.
    pub(super) const EXACT: u8 = 4;
    pub(super) const REQUIRED: u8 = 8;
    pub(super) const NOTHING: u8 = 16;
    /// The link is written with its type.
    pub(super) const TYPED: u8 = 32;
}

/// The inspection as JSON text.
pub fn to_json(inspection: &Inspection<'_>) -> String {
    let nodes = &inspection.graph.nodes;
    let specs = Specs::of(nodes);
    let mut out = Rows::new(nodes.len() * 512);
    out.open('{');
    out.key("format").text(match inspection.graph.format {
        Format::Api => "api",
        Format::Editor => "editor",
    });
    out.key("kinds").list(KINDS.iter(), |out, (_, name)| out.text(name));
    out.key("specs").list(specs.list.iter(), |out, spec| write_spec(out, spec));
    out.key("nodes").list(nodes.iter(), write_node);
    out.key("outputs").list(nodes.iter().flat_map(|node| &node.outputs), write_output);
    let inputs = nodes.iter().flat_map(|node| &node.inputs);
    out.key("inputs").list(inputs, |out, input| write_input(out, input, &specs));
    out.key("order").list(inspection.order.iter(), |out, index| out.number(*index));
    out.key("depth").number(inspection.depth);
    out.key("groups").list(inspection.graph.groups.iter(), write_group);
    out.key("models").list(inspection.models.iter(), |out, model| {
        out.open('[');
        out.text(&model.name);
        out.number(model.node);
        out.number(model.input);
        out.maybe(model.folder);
        out.raw(match model.available {
            Some(true) => "true",
            Some(false) => "false",
            None => "null",
        });
        out.close(']');
    });
    out.key("problems").list(inspection.problems.iter(), write_problem);
    out.close('}');
    out.into_json()
}

/// What the classes say of the inputs, each told once however many nodes have it.
struct Specs<'i, 'a> {
    list: Vec<&'i Spec<'a>>,
    /// Addresses in order, and the place of each in the list.
    indices: Vec<(usize, usize)>,
}

impl<'i, 'a> Specs<'i, 'a> {
    fn of(nodes: &'i [Node<'a>]) -> Self {
        let inputs = nodes.iter().flat_map(|node| &node.inputs);
        let mut found: Vec<(usize, &Spec<'a>)> = inputs
            .filter_map(|input| input.expected.as_ref())
            .map(|expected| (Rc::as_ptr(&expected.spec).addr(), &*expected.spec))
            .collect();
        found.sort_unstable_by_key(|(address, _)| *address);
        found.dedup_by_key(|(address, _)| *address);
        Self {
            indices: found.iter().enumerate().map(|(index, (address, _))| (*address, index)).collect(),
            list: found.into_iter().map(|(_, spec)| spec).collect(),
        }
    }

    fn index(&self, spec: &Rc<Spec<'a>>) -> Option<usize> {
        let address = Rc::as_ptr(spec).addr();
        let at = self.indices.binary_search_by_key(&address, |(address, _)| *address).ok()?;
        Some(self.indices[at].1)
    }
}

/// `[type, min, max, step, default, choices, tooltip, exact]`; a bit of `exact` says which of the values before is a text.
fn write_spec(out: &mut Rows, spec: &Spec<'_>) {
    out.open('[');
    out.text(&spec.kind);
    let values =
        [spec.number("min"), spec.number("max"), spec.number("step"), spec.option("default"), spec.choices()];
    let mut exact = 0;
    for (index, value) in values.into_iter().enumerate() {
        exact |= usize::from(out.value(value.unwrap_or(Value::NULL))) << index;
    }
    out.maybe(spec.tooltip().map(|tooltip| tooltip.decode()).as_deref());
    out.number(exact);
    out.close(']');
}

/// `[id, classType, title, category, mode, isOutput, depth, parent, position, editorOnly]`, and how many outputs and
/// inputs it has.
fn write_node(out: &mut Rows, node: &Node<'_>) {
    out.open('[');
    out.text(&node.id);
    out.maybe(node.class_type.as_deref());
    out.text(node.label());
    out.maybe(node.category.as_deref());
    out.text(match node.mode {
        Mode::Active => "active",
        Mode::Muted => "muted",
        Mode::Bypassed => "bypassed",
    });
    out.boolean(node.is_output);
    out.number(node.depth);
    out.number_or_null(node.parent);
    match &node.position {
        Some(position) => write_rect(out, position),
        None => out.raw("null"),
    }
    out.boolean(node.editor_only);
    out.number(node.outputs.len());
    out.number(node.inputs.len());
    out.close(']');
}

/// `name, type, links`.
fn write_output(out: &mut Rows, output: &Output<'_>) {
    out.text(&output.name);
    out.maybe(output.kind.as_deref());
    out.number(output.links);
}

/// `name, kind, flags, value or node, output, spec`; of a link to no node of the workflow its id stands for the node.
fn write_input<'a>(out: &mut Rows, input: &Input<'a>, specs: &Specs<'_, 'a>) {
    out.text(&input.name);
    out.number(KINDS.iter().position(|(kind, _)| *kind == input.kind).unwrap_or(KINDS.len() - 1));
    let mut flags = if input.settable { flag::SETTABLE } else { 0 };
    if input.expected.as_ref().is_some_and(|expected| expected.required) {
        flags |= flag::REQUIRED;
    }
    match &input.given {
        Given::Link(link) => {
            let typed = if link.kind.is_some() { flag::TYPED } else { 0 };
            out.number(usize::from(flags | flag::LINKED | typed));
            write_link(out, link);
        }
        Given::Value(value) => {
            let exact = if has_unsafe_integer(*value) { flag::EXACT } else { 0 };
            out.number(usize::from(flags | exact));
            out.value(*value);
            out.raw("0");
        }
        Given::Nothing => {
            out.number(usize::from(flags | flag::NOTHING));
            out.raw("0");
            out.raw("0");
        }
    }
    out.number_or_null(input.expected.as_ref().and_then(|expected| specs.index(&expected.spec)));
}

/// `node, output`, or `node, [output, type]`.
fn write_link(out: &mut Rows, link: &Link<'_>) {
    match link.node {
        Some(node) => out.number(node),
        None => out.text(&link.id),
    }
    if link.kind.is_none() {
        return out.number_or_null(link.output);
    }
    out.open('[');
    out.number_or_null(link.output);
    out.maybe(link.kind.as_deref());
    out.close(']');
}

/// `[title, color, position, nodes]`.
fn write_group(out: &mut Rows, group: &Group<'_>) {
    out.open('[');
    out.text(&group.title);
    out.maybe(group.color.as_deref());
    write_rect(out, &group.position);
    out.list(group.nodes.iter(), |out, index| out.number(*index));
    out.close(']');
}

fn write_rect(out: &mut Rows, rect: &Rect<'_>) {
    out.list([rect.x, rect.y, rect.width, rect.height].iter(), |out, number| out.raw(number.raw()));
}

/// `[code, severity, node, input, message, advice]`.
fn write_problem(out: &mut Rows, problem: &Problem) {
    out.open('[');
    out.text(name_of(problem.code));
    out.text(match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    });
    out.number_or_null(problem.node);
    out.maybe(problem.input.as_deref());
    out.text(&problem.message);
    out.text(problem.advice);
    out.close(']');
}

const KINDS: [(InputKind, &str); 15] = [
    (InputKind::Text, "text"),
    (InputKind::LongText, "long_text"),
    (InputKind::Integer, "integer"),
    (InputKind::Number, "number"),
    (InputKind::Boolean, "boolean"),
    (InputKind::Choice, "choice"),
    (InputKind::Seed, "seed"),
    (InputKind::Image, "image"),
    (InputKind::Mask, "mask"),
    (InputKind::Video, "video"),
    (InputKind::Audio, "audio"),
    (InputKind::File, "file"),
    (InputKind::Model, "model"),
    (InputKind::Link, "link"),
    (InputKind::Other, "other"),
];

fn name_of(code: Code) -> &'static str {
    match code {
        Code::LinkToMissingNode => "link_to_missing_node",
        Code::LinkToItself => "link_to_itself",
        Code::InvalidOutputIndex => "invalid_output_index",
        Code::Cycle => "cycle",
        Code::MissingClassType => "missing_class_type",
        Code::NoOutputNode => "no_output_node",
        Code::UnusedNode => "unused_node",
        Code::DuplicateTitle => "duplicate_title",
        Code::UnsafeInteger => "unsafe_integer",
        Code::LocalPath => "local_path",
        Code::MissingFile => "missing_file",
        Code::SizeNotMultipleOf8 => "size_not_multiple_of_8",
        Code::UnknownClass => "unknown_class",
        Code::MissingInput => "missing_input",
        Code::UnknownInput => "unknown_input",
        Code::WrongType => "wrong_type",
        Code::OutOfRange => "out_of_range",
        Code::NotAChoice => "not_a_choice",
        Code::MissingModel => "missing_model",
        Code::LinkTypeMismatch => "link_type_mismatch",
        Code::UnknownOutput => "unknown_output",
    }
}
