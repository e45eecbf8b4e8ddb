//! Primitive nodes: each has one value and writes it into the widgets it is linked to.

use super::decimal::Decimal;
use super::filenames;
use super::open_graph::{Kind, OpenGraph, Val, Widget, WidgetKind};
use crate::definitions::Spec;
use crate::editor::{self, Document, PageNode};
use crate::json::Value;
use std::borrow::Cow;

/// Lets all primitive nodes write their values.
pub fn push_values<'a>(open: &mut OpenGraph<'a>, document: &Document<'a>) {
    for index in 0..open.graphs.len() {
        let nodes = match document.subgraphs.get(index) {
            Some(subgraph) => &subgraph.graph.nodes,
            None => &document.root.nodes,
        };
        for at in 0..open.graphs[index].nodes.len() {
            if open.graphs[index].nodes[at].kind == Kind::Page(PageNode::Primitive)
                && let Some(file) = nodes.get(at)
            {
                push(open, index, at, file);
            }
        }
    }
}

fn push<'a>(open: &mut OpenGraph<'a>, index: usize, at: usize, file: &editor::Node<'a>) {
    let targets = targets(open, index, at);
    let graph = &open.graphs[index];
    let Some((node, widget)) = targets.first() else { return };
    let first = &graph.nodes[*node].widgets[*widget];
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
        && let Some(text) = filenames::in_literal(open, text, None)
    {
        value = Some(text);
    }
    for (node, widget) in targets {
        let widget: &mut Widget<'a> = &mut open.graphs[index].nodes[node].widgets[widget];
        widget.value = match (&widget.spec, &value) {
            (Some(spec), Some(text)) => Some(rounded(text, widget.kind, spec)),
            _ => value.clone(),
        };
        widget.made_of = made_of;
    }
}

/// The widgets that a node is linked to, in the order of its links.
fn targets(open: &OpenGraph<'_>, index: usize, at: usize) -> Vec<(usize, usize)> {
    let graph = &open.graphs[index];
    let links = graph.nodes[at].outputs.iter().flat_map(|output_slot| &output_slot.links);
    let target = |id: &super::open_graph::Id| {
        let node = graph.node(&graph.link(id)?.target)?;
        let slot = graph.nodes[node].slots.iter().find(|slot| slot.link.as_ref() == Some(id))?;
        Some((node, graph.nodes[node].widget(slot.widget.as_deref()?)?))
    };
    links.filter_map(target).collect()
}

/// A number as its widget has it: between its bounds, on its steps.
fn rounded<'a>(text: &Cow<'a, str>, kind: WidgetKind, spec: &Spec<'a>) -> Cow<'a, str> {
    let number = |name: &str| spec.number(name).and_then(|value| Decimal::parse(value.raw()));
    let Some(value) = Decimal::parse(text) else { return text.clone() };
    let rounded = match kind {
        WidgetKind::Integer => {
            let step = number("step").unwrap_or(Decimal::ONE);
            let min = number("min").unwrap_or(Decimal::ZERO);
            value.clamped(number("min"), number("max")).on_step(min, step)
        }
        WidgetKind::Float => {
            let value = match number("round") {
                Some(round) => value.on_step(Decimal::ZERO, round),
                None => match spec.number("step") {
                    Some(step) => value.on_step(Decimal::ZERO, Decimal::digits_of(step.raw())),
                    None => Some(value),
                },
            };
            value.map(|value| value.clamped(number("min"), number("max")))
        }
        _ => return text.clone(),
    };
    rounded.map_or_else(|| text.clone(), |value| value.to_string().into())
}
