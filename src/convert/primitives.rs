//! Primitive nodes: each has one value and writes it into the widgets it is linked to.

use super::decimal::{Decimal, MAX_DECIMALS};
use super::filenames::{self, Names};
use super::group_nodes::is_group;
use super::open_graph::{Graph, Kind, OpenGraph, Val, Widget, WidgetKind};
use super::promote;
use crate::definitions::Spec;
use crate::editor::{self, Document, PageNode};
use crate::json::number::decimal;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// Lets all primitive nodes write their values.
pub fn push_values<'a>(open: &mut OpenGraph<'a>, names: &Names<'a>, document: &Document<'a>) {
    for index in 0..open.graphs.len() {
        let nodes = match document.subgraphs.get(index) {
            Some(subgraph) => &subgraph.graph.nodes,
            None => &document.root.nodes,
        };
        let is_primitive = |at: &usize| open.graphs[index].nodes[*at].kind == Kind::Page(PageNode::Primitive);
        let primitives: Vec<_> =
            (0..open.graphs[index].nodes.len().min(nodes.len())).filter(is_primitive).collect();
        if primitives.is_empty() {
            continue;
        }
        let linked = LinkedWidgets::of(open, index);
        for at in primitives {
            push(open, names, &linked, (index, at), &nodes[at]);
        }
    }
}

fn push<'a>(
    open: &mut OpenGraph<'a>,
    names: &Names<'a>,
    linked: &LinkedWidgets,
    (index, at): (usize, usize),
    file: &editor::Node<'a>,
) {
    let targets = linked.targets(&open.graphs[index], at);
    let graph = &open.graphs[index];
    let Some(first) = targets.first() else { return };
    let first = &open.graphs[first.graph].nodes[first.node].widgets[first.widget];
    let saved = file.widgets.values.map(Value::items).unwrap_or_default().first().map(|value| value.raw());
    let made_of = saved.or_else(|| first.source());
    let mut value: Val<'a> = match saved {
        Some(saved) => Some(saved.into()),
        None => first.value.clone(),
    };
    if let (Some(spec), Some(text)) = (&first.spec, &value) {
        value = Some(rounded(text, first.kind, spec));
    }
    if graph.nodes[at].replaces_text
        && let Some(text) = &value
        && let Some(text) = filenames::in_literal(open, names, text, None)
    {
        value = Some(text);
    }
    for Target { graph, node, widget } in targets {
        let widget: &mut Widget<'a> = &mut open.graphs[graph].nodes[node].widgets[widget];
        widget.value = match (&widget.spec, &value) {
            (Some(spec), Some(text)) => Some(rounded(text, widget.kind, spec)),
            _ => value.clone(),
        };
        widget.made_of = made_of;
    }
}

/// A widget to which a link leads.
#[derive(Clone, Copy)]
struct Target {
    graph: usize,
    node: usize,
    widget: usize,
}

/// The widgets that links of a graph lead to.
struct LinkedWidgets {
    /// Its index in the list, by node and link; of several slots with one link the first counts.
    indices: KeyIndex<'static>,
    /// Nothing where a slot does not belong to a widget.
    list: Vec<Option<Target>>,
}

impl LinkedWidgets {
    fn of(open: &OpenGraph<'_>, graph: usize) -> Self {
        let mut linked = Self { indices: KeyIndex::default(), list: Vec::new() };
        for (at, node) in open.graphs[graph].nodes.iter().enumerate() {
            for (index, slot) in node.slots.iter().enumerate() {
                let Some(link) = &slot.link else { continue };
                if linked.indices.claim(format!("{at} {link}").into(), linked.list.len()).is_some() {
                    continue;
                }
                linked.list.push(match node.kind {
                    Kind::Instance(group) if is_group(open, group) => inside(open, group, index),
                    _ => of_slot(open, graph, at, index),
                });
            }
        }
        linked
    }

    /// The widgets to which a node is linked, in the order of its links.
    fn targets(&self, graph: &Graph<'_>, at: usize) -> Vec<Target> {
        let links = graph.nodes[at].outputs.iter().flat_map(|output_slot| &output_slot.links);
        let target = |id: &super::open_graph::Id| {
            let node = graph.node(&graph.link(id)?.target)?;
            self.list[self.indices.get(&format!("{node} {id}"))?]
        };
        links.filter_map(target).collect()
    }
}

fn of_slot(open: &OpenGraph<'_>, graph: usize, node: usize, slot: usize) -> Option<Target> {
    let from = &open.graphs[graph].nodes[node];
    let widget = from.widget(from.slots[slot].widget.as_deref()?)?;
    Some(Target { graph, node, widget })
}

/// The widget that an input of a group node leads to.
fn inside(open: &OpenGraph<'_>, group: usize, input: usize) -> Option<Target> {
    let link = open.graphs[group].inputs.get(input)?.links.first()?;
    let (node, slot) = promote::target_of(open, group, link)?;
    of_slot(open, group, node, slot)
}

/// A number as its widget takes it; anything else, and what cannot be counted with, stays.
fn rounded<'a>(text: &Cow<'a, str>, kind: WidgetKind, spec: &Spec<'a>) -> Cow<'a, str> {
    let rounded = match kind {
        WidgetKind::Integer => integer(text, spec),
        WidgetKind::Float => float(text, spec),
        _ => None,
    };
    rounded.map_or_else(|| text.clone(), |value| value.to_string().into())
}

/// An integer within its bounds, and on its steps.
fn integer(text: &str, spec: &Spec<'_>) -> Option<Decimal> {
    let number = |name: &str| spec.number(name).and_then(|value| Decimal::parse(value.raw()));
    let step = number("step").unwrap_or(Decimal::ONE);
    let min = number("min").unwrap_or(Decimal::ZERO);
    Decimal::parse(text)?.clamped(number("min"), number("max")).on_step(min, step)
}

/// A step of 1e-11 times 1e11 is not quite one.
const ALMOST_ONE: f64 = 0.999_999_999_999;

/// A float as the page's widget takes it: on its steps, with as many decimals as these need, and within its bounds. It
/// stays what it is if there are no such decimals.
fn float(text: &str, spec: &Spec<'_>) -> Option<Decimal> {
    let number = |name: &str| spec.number(name).and_then(|value| decimal(value.raw()));
    let step = number("step").unwrap_or(0.5);
    let (mut decimals, mut power) = (0, 1.0);
    while step * power < ALMOST_ONE {
        (decimals, power) = (decimals + 1, power * 10.0);
        if decimals > MAX_DECIMALS {
            return None;
        }
    }
    let round = number("round").filter(|round| *round != 0.0);
    let round = round.or_else(|| (decimals > 0).then(|| 1.0 / power))?;
    let steps = decimal(text)? / round;
    // As JavaScript rounds: halves go up.
    let steps = if steps - steps.floor() < 0.5 { steps.floor() } else { steps.ceil() };
    let bound =
        |name: &str, default: &str| Decimal::parse(spec.number(name).map_or(default, |value| value.raw()));
    Some(Decimal::fixed(steps * round, decimals)?.clamped(bound("min", "0"), bound("max", "2048")))
}
