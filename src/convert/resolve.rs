//! Where a link really comes from: through reroutes, bypassed nodes and the ports of subgraphs.

use super::open_graph::{Graph, INPUT_SIDE, Id, Kind, Mode, Node, OpenGraph, Val};
use crate::definitions::types;
use crate::editor::{PageNode, Pair};
use crate::{CannotConvertReason, Error};
use std::rc::Rc;

/// A graph on the way from the canvas inwards, and the instance through which one got there.
#[derive(Debug)]
pub struct Scope<'p> {
    pub graph: usize,
    pub host: Option<Host<'p>>,
}

/// An instance of a subgraph, seen from inside.
#[derive(Debug, Clone, Copy)]
pub struct Host<'p> {
    outer: &'p Scope<'p>,
    node: usize,
    id: &'p str,
}

impl<'p> Scope<'p> {
    pub fn root(open: &OpenGraph<'_>) -> Self {
        Self { graph: open.root, host: None }
    }

    /// The inside of an instance.
    pub fn inside(&'p self, node: usize, id: &'p str, definition: usize) -> Self {
        Scope { graph: definition, host: Some(Host { outer: self, node, id }) }
    }

    /// The id of a node in here as the prompt has it, `"57:30:4"`.
    ///
    /// It is put together when it is needed: a way through many ports would keep as many long texts.
    pub fn full_id(&self, id: &str) -> String {
        let mut ids = vec![id];
        let mut host = self.host;
        while let Some(at) = host {
            ids.push(at.id);
            host = at.outer.host;
        }
        ids.reverse();
        ids.join(":")
    }
}

/// What feeds an input.
#[derive(Debug, PartialEq)]
pub enum Origin<'a> {
    Link { node: String, slot: usize },
    Value(Val<'a>),
    Nothing,
}

/// How many hops a link may take; a circle of bypassed nodes takes more.
const MAX_HOPS: usize = 1000;

/// Follows the link of an input.
pub fn origin<'a>(
    open: &OpenGraph<'a>,
    scope: &Scope<'_>,
    node: usize,
    slot: usize,
) -> Result<Origin<'a>, Error> {
    let target = &open.graphs[scope.graph].nodes[node];
    let Some(link) = &target.slots[slot].link else { return Ok(Origin::Nothing) };
    let mut walk =
        Walk { open, hops: 0, input: (scope.full_id(&target.id), target.slots[slot].name.to_string()) };
    walk.follow(scope, link, &target.slots[slot].kind)
}

struct Walk<'l, 'a> {
    open: &'l OpenGraph<'a>,
    hops: usize,
    input: (String, String),
}

impl<'a> Walk<'_, 'a> {
    /// `wanted` is the type of the input where the search began.
    fn follow(&mut self, scope: &Scope<'_>, link: &Id, wanted: &str) -> Result<Origin<'a>, Error> {
        self.hops += 1;
        if self.hops > MAX_HOPS {
            let what = "leads into a circle of bypassed nodes, subgraphs or names";
            return Err(self.error(
                CannotConvertReason::BypassCycle,
                what,
                "bypass fewer of them in ComfyUI",
            ));
        }
        let graph: &Graph<'a> = &self.open.graphs[scope.graph];
        let Some(link) = graph.link(link) else {
            return Err(self.error(
                CannotConvertReason::DanglingLink,
                "names a link that the file does not have",
                "connect it again in ComfyUI",
            ));
        };
        if &*link.origin == INPUT_SIDE {
            return self.outside(scope, link.origin_slot);
        }
        let Some(at) = graph.node(&link.origin) else {
            return Err(self.error(
                CannotConvertReason::DanglingLink,
                "is linked to a node that the file does not have",
                "connect it again in ComfyUI",
            ));
        };
        let node = &graph.nodes[at];
        match (node.mode, node.kind) {
            (Mode::Muted, _) | (_, Kind::Page(PageNode::Primitive | PageNode::Aside)) => Ok(Origin::Nothing),
            (Mode::Bypassed, _) => self.bypass(scope, node, link.origin_slot, wanted),
            (_, Kind::Page(PageNode::Reroute | PageNode::Set(_))) => {
                self.through(scope, node, link.origin_slot, wanted)
            }
            (_, Kind::Page(PageNode::Get(pair))) => self.by_name(scope, node, pair, wanted),
            (_, Kind::Instance(definition)) => self.inside(scope, at, definition, link.origin_slot, wanted),
            _ => Ok(Origin::Link { node: scope.full_id(&node.id), slot: link.origin_slot }),
        }
    }

    /// On from an input of the subgraph: the link of the instance's slot, or the value it has.
    fn outside(&mut self, scope: &Scope<'_>, slot: usize) -> Result<Origin<'a>, Error> {
        let Some(Host { outer, node: host, .. }) = scope.host else { return Ok(Origin::Nothing) };
        let Some(slot) = self.open.graphs[outer.graph].nodes[host].slots.get(slot) else {
            return Ok(Origin::Nothing);
        };
        match (&slot.link, &slot.promoted) {
            (Some(link), _) => {
                let (link, kind) = (Rc::clone(link), slot.kind.to_string());
                self.follow(outer, &link, &kind)
            }
            (None, Some(value)) => Ok(Origin::Value(value.clone())),
            (None, None) => Ok(Origin::Nothing),
        }
    }

    /// On from an output of an instance: what its first link inside comes from.
    fn inside(
        &mut self,
        scope: &Scope<'_>,
        node: usize,
        definition: usize,
        slot: usize,
        wanted: &str,
    ) -> Result<Origin<'a>, Error> {
        let id = &self.open.graphs[scope.graph].nodes[node].id;
        let inner = scope.inside(node, id, definition);
        let Some(port) = self.open.graphs[definition].outputs.get(slot) else { return Ok(Origin::Nothing) };
        let Some(link) = port.links.first() else { return Ok(Origin::Nothing) };
        self.follow(&inner, link, wanted)
    }

    fn through(
        &mut self,
        scope: &Scope<'_>,
        node: &Node<'a>,
        slot: usize,
        wanted: &str,
    ) -> Result<Origin<'a>, Error> {
        match node.slots.get(slot).and_then(|slot| slot.link.as_ref()) {
            Some(link) => self.follow(scope, link, wanted),
            None => Ok(Origin::Nothing),
        }
    }

    /// On from what has the name that the node asks for.
    fn by_name(
        &mut self,
        scope: &Scope<'_>,
        node: &Node<'a>,
        pair: Pair,
        wanted: &str,
    ) -> Result<Origin<'a>, Error> {
        let Some(name) = node.named_link(pair) else { return Ok(Origin::Nothing) };
        let mut next = Some(scope);
        while let Some(scope) = next {
            let graph = &self.open.graphs[scope.graph];
            if let Some(setter) = graph.setters.get(&name).map(|at| &graph.nodes[at]) {
                return match setter.mode {
                    Mode::Muted => Ok(Origin::Nothing),
                    _ => self.through(scope, setter, 0, wanted),
                };
            }
            next = scope.host.filter(|_| pair.looks_outside()).map(|host| host.outer);
        }
        Ok(Origin::Nothing)
    }

    /// A bypassed node hands on the input that suits the output; from there on that input's type is wanted.
    fn bypass(
        &mut self,
        scope: &Scope<'_>,
        node: &Node<'a>,
        output: usize,
        wanted: &str,
    ) -> Result<Origin<'a>, Error> {
        match handed_on(node, output, wanted) {
            Some(slot) => self.through(scope, node, slot, &node.slots[slot].kind),
            None => Ok(Origin::Nothing),
        }
    }

    fn error(&self, reason: CannotConvertReason, what: &str, advice: &str) -> Error {
        let (node, input) = self.input.clone();
        let message = format!("input \"{input}\" of node \"{node}\" {what}: {advice}");
        Error::cannot_convert(reason, Some(node), Some(input), message)
    }
}

fn handed_on(node: &Node<'_>, output: usize, wanted: &str) -> Option<usize> {
    let kind = node.outputs.get(output).map_or("", |output_slot| &output_slot.kind);
    let slots = &node.slots;
    if is_any(wanted) {
        return if output < slots.len() { Some(output) } else { (!slots.is_empty()).then_some(0) };
    }
    let suits = |index: &usize| connects(&slots[*index].kind, kind) && connects(&slots[*index].kind, wanted);
    Some(output)
        .filter(|index| *index < slots.len() && suits(index))
        .or_else(|| slots.iter().position(|slot| slot.kind == wanted))
        .or_else(|| (0..slots.len()).find(suits))
}

fn is_any(kind: &str) -> bool {
    matches!(kind, "" | types::ANY)
}

/// Whether something of one type may be linked to an input of another: of types in a list any one.
fn connects(a: &str, b: &str) -> bool {
    let one_of = |a: &str| b.split(',').any(|b| a.trim().eq_ignore_ascii_case(b.trim()));
    is_any(a) || is_any(b) || a.split(',').any(one_of)
}
