//! Where a link really comes from: through reroutes, bypassed nodes and the ports of subgraphs.

use super::open_graph::{Graph, INPUT_SIDE, Kind, Mode, Node, OpenGraph, ValueOf};
use super::scopes::Scopes;
use crate::definitions::types::{connects, is_any};
use crate::editor::{PageNode, Pair};
use crate::json::KeyIndex;
use crate::{CannotConvertReason, Error};

/// What feeds an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    Link { node: String, slot: usize },
    Value(ValueOf),
    Nothing,
}

/// How many hops a link may take: small nested subgraphs make long ways.
const MAX_HOPS: usize = 200_000;

/// How many slots of bypassed nodes are searched in one file.
const MAX_STEPS: usize = 10_000_000;

/// Ways with so many hops are remembered, because many others may join them.
const LONG_WAY: usize = 8;

/// Follows the links of a file.
#[derive(Debug)]
pub struct Origins<'l, 'a> {
    open: &'l OpenGraph<'a>,
    pub scopes: Scopes,
    /// Where links on long ways come from, by position.
    known: KeyIndex<'static>,
    origins: Vec<Origin>,
    steps: usize,
}

/// A position on the way back from an input.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stand<'l> {
    scope: usize,
    link: &'l str,
    /// The type of the input where the search began, or of the last slot that was passed.
    wanted: &'l str,
}

enum Step<'l> {
    On(Stand<'l>),
    End(Origin),
}

/// Why a link leads nowhere.
type Wrong = (CannotConvertReason, &'static str);

const MISSING_LINK: Wrong = (
    CannotConvertReason::DanglingLink,
    "names a link that the file does not have: connect it again in ComfyUI",
);
const MISSING_NODE: Wrong = (
    CannotConvertReason::DanglingLink,
    "is linked to a node that the file does not have: connect it again in ComfyUI",
);
const CIRCLE: Wrong = (
    CannotConvertReason::BypassCycle,
    "leads into a circle of bypassed nodes, subgraphs or names: bypass fewer of them in ComfyUI",
);
const TOO_LONG: Wrong = (
    CannotConvertReason::TooManyNodes,
    "leads through more nodes than can be followed: nest fewer instances",
);
const TOO_WIDE: Wrong = (
    CannotConvertReason::TooManyNodes,
    "leads through bypassed nodes with more inputs than can be looked through: bypass fewer of them in ComfyUI",
);

impl<'l, 'a> Origins<'l, 'a> {
    pub fn new(open: &'l OpenGraph<'a>) -> Self {
        let (known, origins) = Default::default();
        Self { open, scopes: Scopes::new(open.root), known, origins, steps: 0 }
    }

    /// Follows the link of an input.
    pub fn of(&mut self, scope: usize, node: usize, slot: usize) -> Result<Origin, Error> {
        let node = &self.graph(scope).nodes[node];
        let slot = &node.slots[slot];
        let Some(link) = &slot.link else { return Ok(Origin::Nothing) };
        self.follow(Stand { scope, link, wanted: &slot.kind }).map_err(|(reason, what)| {
            let (node, input) = (self.scopes.full_id(self.open, scope, &node.id), slot.name.to_string());
            let message = format!("input \"{input}\" of node \"{node}\" {what}");
            Error::cannot_convert(reason, Some(node), Some(input), message)
        })
    }

    fn graph(&self, scope: usize) -> &'l Graph<'a> {
        &self.open.graphs[self.scopes.graph(scope)]
    }

    fn follow(&mut self, start: Stand<'l>) -> Result<Origin, Wrong> {
        let (mut at, mut way) = (start, Vec::new());
        // A position on the way; a later one is kept each time the way has doubled. In a cycle the same position
        // occurs again.
        let mut earlier = None;
        loop {
            if earlier == Some(at) {
                return Err(CIRCLE);
            }
            if way.len() > MAX_HOPS {
                return Err(TOO_LONG);
            }
            let known = if way.len() < LONG_WAY { None } else { self.known.get(&self.key(at)) };
            let step = match known {
                Some(index) => Step::End(self.origins[index].clone()),
                None => self.step(at)?,
            };
            way.push(at);
            if way.len().is_power_of_two() {
                earlier = Some(at);
            }
            match step {
                Step::On(next) => at = next,
                Step::End(origin) => {
                    self.remember(&way, &origin);
                    return Ok(origin);
                }
            }
        }
    }

    fn remember(&mut self, way: &[Stand<'l>], origin: &Origin) {
        if way.len() < LONG_WAY {
            return;
        }
        self.origins.push(origin.clone());
        for stand in way {
            self.known.set(self.key(*stand).into(), self.origins.len() - 1);
        }
    }

    fn key(&self, at: Stand<'l>) -> String {
        format!("{} {} {}", self.scopes.serial(at.scope), at.wanted, at.link)
    }

    fn step(&mut self, at: Stand<'l>) -> Result<Step<'l>, Wrong> {
        let graph = self.graph(at.scope);
        let link = graph.link(at.link).ok_or(MISSING_LINK)?;
        if &*link.origin == INPUT_SIDE {
            return Ok(self.outside(at.scope, link.origin_slot));
        }
        let index = graph.node(&link.origin).ok_or(MISSING_NODE)?;
        let node = &graph.nodes[index];
        Ok(match (node.mode, node.kind) {
            (Mode::Muted, _) | (_, Kind::Page(PageNode::Primitive | PageNode::Aside)) => {
                Step::End(Origin::Nothing)
            }
            (Mode::Bypassed, _) => {
                self.steps += node.slots.len();
                if self.steps > MAX_STEPS {
                    return Err(TOO_WIDE);
                }
                // A bypassed node passes on the input that fits the output.
                let slot = handed_on(node, link.origin_slot, at.wanted);
                // From here on the type of that input is wanted.
                let on = |slot: usize| through(Stand { wanted: &node.slots[slot].kind, ..at }, node, slot);
                slot.map_or(Step::End(Origin::Nothing), on)
            }
            (_, Kind::Page(PageNode::Reroute | PageNode::Set(_))) => through(at, node, link.origin_slot),
            (_, Kind::Page(PageNode::Get(pair))) => self.by_name(at, node, pair),
            (_, Kind::Instance(definition)) => {
                let scope = self.scopes.inside(at.scope, index, definition).ok_or(CIRCLE)?;
                self.inside(Stand { scope, ..at }, link.origin_slot)
            }
            _ => Step::End(Origin::Link {
                node: self.scopes.full_id(self.open, at.scope, &node.id),
                slot: link.origin_slot,
            }),
        })
    }

    /// From an input of the subgraph to the link of the instance's slot, or to the value it has.
    fn outside(&self, scope: usize, at: usize) -> Step<'l> {
        let host = self.scopes.host(scope);
        let slot = host.and_then(|host| self.graph(host.outer).nodes[host.node].slots.get(at));
        let (Some(host), Some(slot)) = (host, slot) else { return Step::End(Origin::Nothing) };
        match (&slot.link, &slot.promoted) {
            (Some(link), _) => Step::On(Stand { scope: host.outer, link, wanted: &slot.kind }),
            (None, Some(_)) => {
                let (graph, node) = (self.scopes.graph(host.outer), host.node);
                Step::End(Origin::Value(ValueOf::Slot { graph, node, slot: at }))
            }
            (None, None) => Step::End(Origin::Nothing),
        }
    }

    /// From an output of an instance to the source of its first link inside.
    fn inside(&self, at: Stand<'l>, slot: usize) -> Step<'l> {
        match self.graph(at.scope).outputs.get(slot).and_then(|port| port.links.first()) {
            Some(link) => Step::On(Stand { link, ..at }),
            None => Step::End(Origin::Nothing),
        }
    }

    /// From a node that asks for a name to the node that gives it.
    fn by_name(&self, at: Stand<'l>, node: &Node<'a>, pair: Pair) -> Step<'l> {
        let Some(name) = node.named_link(pair) else { return Step::End(Origin::Nothing) };
        let mut next = Some(at.scope);
        while let Some(scope) = next {
            let graph = self.graph(scope);
            if let Some(setter) = graph.setters.get(&name).map(|index| &graph.nodes[index]) {
                return match setter.mode {
                    Mode::Muted => Step::End(Origin::Nothing),
                    _ => through(Stand { scope, ..at }, setter, 0),
                };
            }
            next = self.scopes.host(scope).filter(|_| pair.looks_outside()).map(|host| host.outer);
        }
        Step::End(Origin::Nothing)
    }
}

fn through<'l>(at: Stand<'l>, node: &'l Node<'_>, slot: usize) -> Step<'l> {
    match node.slots.get(slot).and_then(|slot| slot.link.as_ref()) {
        Some(link) => Step::On(Stand { link, ..at }),
        None => Step::End(Origin::Nothing),
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
