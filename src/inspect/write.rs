//! Writes an inspection as JSON for `pkg/src/inspect/inspect.js`, which makes the public objects from it.
//!
//! A thousand nodes have ten thousand inputs of fourteen fields each, most of them null or defined by the class.
//! Written in full, they take the browser longer to parse than everything else. So fields have an order in place of
//! names, which [`layout`](super::layout) defines, all inputs are in one list, nodes are referred to by their index,
//! and the definition of an input is written once.

use super::layout::Flag;
use super::model::{
    App, Given, Group, Input, InputKind, Inspection, Link, Model, NeededPack, Node, Note, Output, Problem,
    Rect,
};
use super::recipe::{Fact, Recipes, Stage};
use crate::definitions::Spec;
use crate::json::number::needs_exact_reading;
use crate::json::{Value, Writer};
use std::rc::Rc;

/// The inspection as JSON text.
pub fn to_json(inspection: &Inspection<'_>, recipes: &Recipes) -> String {
    let mut json = String::with_capacity(inspection.graph.nodes.len() * 512);
    Writer::compact(&mut json).object(|out| {
        write_inspection(out, inspection);
        write_recipes(out, recipes);
    });
    json
}

fn write_inspection(out: &mut Writer<'_>, inspection: &Inspection<'_>) {
    let nodes = &inspection.graph.nodes;
    let specs = Specs::of(nodes);
    let mut packs = pack_of_nodes(inspection).into_iter();
    out.key("format").text(inspection.graph.format.as_str());
    out.key("kinds").list(InputKind::ALL, |out, kind| out.text(kind.as_str()));
    out.key("specs").list(&specs.list, |out, spec| out.array(|out| write_spec(out, spec)));
    out.key("nodes").list(nodes, |out, node| {
        let pack = packs.next().flatten();
        out.array(|out| write_node(out, node, pack));
    });
    out.key("outputs").list(nodes.iter().flat_map(|node| &node.outputs), write_output);
    let inputs = nodes.iter().flat_map(|node| &node.inputs);
    out.key("inputs").list(inputs, |out, input| write_input(out, input, &specs));
    out.key("order").list(&inspection.order, |out, index| out.number(*index));
    out.key("depth").number(inspection.depth);
    out.key("groups").list(&inspection.graph.groups, |out, group| out.array(|out| write_group(out, group)));
    out.key("models").list(&inspection.models, |out, model| out.array(|out| write_model(out, model)));
    out.key("packs").list(&inspection.packs, |out, pack| out.array(|out| write_pack(out, pack)));
    out.key("notes").list(&inspection.notes, |out, note| out.array(|out| write_note(out, note)));
    out.key("app").or_null(inspection.graph.app.as_ref(), |out, app| out.object(|out| write_app(out, app)));
    out.key("problems").list(&inspection.problems, |out, it| out.array(|out| write_problem(out, it)));
}

/// The definitions of the inputs, each written once however many nodes have it.
struct Specs<'i, 'a> {
    list: Vec<&'i Spec<'a>>,
    /// Addresses in order, and the index of each in the list.
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

fn write_spec(out: &mut Writer<'_>, spec: &Spec<'_>) {
    out.text(&spec.kind);
    let choices = spec.choices();
    let values =
        [spec.number("min"), spec.number("max"), spec.number("step"), spec.option("default"), choices];
    let mut exact = 0;
    for (index, value) in values.into_iter().enumerate() {
        exact |= usize::from(write_value(out, value.unwrap_or(Value::NULL))) << index;
    }
    out.or_null(spec.tooltip(), Writer::str);
    out.number(exact);
}

fn write_node(out: &mut Writer<'_>, node: &Node<'_>, pack: Option<usize>) {
    out.text(&node.id);
    out.or_null(node.class_type.as_deref(), Writer::text);
    out.text(node.label());
    out.or_null(node.category.as_deref(), Writer::text);
    out.text(node.mode.as_str());
    out.number(usize::from(node.is_output));
    out.number(node.depth);
    out.or_null(node.parent, Writer::number);
    out.or_null(node.position.as_ref(), write_rect);
    out.number(usize::from(node.editor_only));
    out.or_null(pack, |out, index| {
        let version = node.pack.as_ref().and_then(|pack| pack.version.as_deref());
        out.array(|out| {
            out.number(index);
            out.or_null(version, Writer::text);
        });
    });
    out.number(node.outputs.len());
    out.number(node.inputs.len());
}

fn write_output(out: &mut Writer<'_>, output: &Output<'_>) {
    out.text(&output.name);
    out.or_null(output.kind.as_deref(), Writer::text);
    out.number(output.links);
}

fn write_input<'a>(out: &mut Writer<'_>, input: &Input<'a>, specs: &Specs<'_, 'a>) {
    out.text(&input.name);
    out.number(input.kind as usize);
    out.number(flags(input));
    match &input.given {
        Given::Link(link) => write_link(out, link),
        Given::Value(value) => {
            write_value(out, *value);
            out.number(0);
        }
        Given::Nothing => {
            out.number(0);
            out.number(0);
        }
    }
    let spec = input.expected.as_ref().and_then(|expected| specs.index(&expected.spec));
    out.or_null(spec, Writer::number);
}

fn flags(input: &Input<'_>) -> usize {
    let given = match &input.given {
        Given::Link(link) if link.kind.is_some() => Flag::Linked.bit() | Flag::Typed.bit(),
        Given::Link(_) => Flag::Linked.bit(),
        Given::Value(value) if needs_exact_reading(*value) => Flag::Exact.bit(),
        Given::Value(_) => 0,
        Given::Nothing => Flag::Nothing.bit(),
    };
    let required = input.expected.as_ref().is_some_and(|expected| expected.required);
    given
        | if input.settable { Flag::Settable.bit() } else { 0 }
        | if required { Flag::Required.bit() } else { 0 }
}

fn write_link(out: &mut Writer<'_>, link: &Link<'_>) {
    match link.node {
        Some(node) => out.number(node),
        None => out.text(&link.id),
    }
    let Some(kind) = &link.kind else { return out.or_null(link.output, Writer::number) };
    out.array(|out| {
        out.or_null(link.output, Writer::number);
        out.text(kind);
    });
}

fn write_group(out: &mut Writer<'_>, group: &Group<'_>) {
    out.text(&group.title);
    out.or_null(group.color.as_deref(), Writer::text);
    write_rect(out, &group.position);
    out.list(&group.nodes, |out, index| out.number(*index));
}

fn write_rect(out: &mut Writer<'_>, rect: &Rect<'_>) {
    out.list([rect.x, rect.y, rect.width, rect.height], |out, number| out.raw(number.raw()));
}

fn write_model(out: &mut Writer<'_>, model: &Model<'_>) {
    out.text(&model.name);
    out.number(model.node);
    out.number(model.input);
    out.or_null(model.folder.as_deref(), Writer::text);
    out.or_null(model.url.as_deref(), Writer::text);
    out.or_null(model.available, Writer::boolean);
}

/// For each node, the index of its pack.
fn pack_of_nodes(inspection: &Inspection<'_>) -> Vec<Option<usize>> {
    let mut packs = vec![None; inspection.graph.nodes.len()];
    for (index, pack) in inspection.packs.iter().enumerate() {
        pack.nodes.iter().for_each(|node| packs[*node] = Some(index));
    }
    packs
}

fn write_pack(out: &mut Writer<'_>, pack: &NeededPack<'_>) {
    out.or_null(pack.id.as_deref(), Writer::text);
    out.or_null(pack.repository.as_deref(), Writer::text);
    out.list(&pack.versions, |out, version| out.text(version));
    out.list(&pack.nodes, |out, index| out.number(*index));
}

fn write_note(out: &mut Writer<'_>, note: &Note<'_>) {
    out.number(note.node);
    out.text(&note.text);
    out.text(if note.is_markdown { "markdown" } else { "text" });
}

fn write_app(out: &mut Writer<'_>, app: &App<'_>) {
    out.key("inputs").list(&app.inputs, |out, (node, input)| {
        out.array(|out| {
            out.number(*node);
            out.text(input);
        });
    });
    out.key("outputs").list(&app.outputs, |out, index| out.number(*index));
    out.key("opens").boolean(app.opens);
}

fn write_recipes(out: &mut Writer<'_>, recipes: &Recipes) {
    out.key("stages").list(&recipes.stages, |out, stage| out.array(|out| write_stage(out, stage)));
    out.key("recipes").list(&recipes.outputs, |out, (output, stages)| {
        out.array(|out| {
            out.number(*output);
            out.list(stages, |out, index| out.number(*index));
        });
    });
}

fn write_stage(out: &mut Writer<'_>, stage: &Stage) {
    out.number(stage.node);
    for facts in [&stage.positive, &stage.negative, &stage.models] {
        out.list(facts, |out, fact| write_fact(out, *fact));
    }
    out.list(&stage.loras, |out, lora| {
        out.array(|out| {
            write_fact(out, lora.name);
            out.or_null(lora.strength_model, write_fact);
            out.or_null(lora.strength_clip, write_fact);
        });
    });
    let settings =
        [stage.sampler, stage.scheduler, stage.steps, stage.cfg, stage.guidance, stage.denoise, stage.seed];
    settings.into_iter().chain(stage.size).for_each(|fact| out.or_null(fact, write_fact));
}

fn write_fact(out: &mut Writer<'_>, fact: Fact) {
    out.array(|out| {
        out.number(fact.node);
        out.or_null(fact.input, Writer::number);
        out.or_null(fact.entry, Writer::text);
    });
}

fn write_problem(out: &mut Writer<'_>, problem: &Problem) {
    out.text(problem.code.as_str());
    out.text(problem.severity.as_str());
    out.or_null(problem.node, Writer::number);
    out.or_null(problem.input.as_deref(), Writer::text);
    out.text(&problem.message);
    out.text(problem.advice);
}

/// Writes a value as it is, or as a text if `JSON.parse` would round or refuse it, and returns which.
fn write_value(out: &mut Writer<'_>, value: Value<'_>) -> bool {
    let exact = needs_exact_reading(value);
    if exact {
        out.text(value.raw());
    } else {
        out.raw(value.raw());
    }
    exact
}
