//! The canvas and the insides of instances: where a node of an open graph stands.

use super::open_graph::OpenGraph;
use crate::json::KeyIndex;

/// How deep subgraphs may stand in each other.
const MAX_NESTED: usize = 50;

/// All places that were come by, each with a number of its own; the canvas has the first.
#[derive(Debug)]
pub struct Scopes {
    list: Vec<Scope>,
    known: KeyIndex<'static>,
}

#[derive(Debug)]
struct Scope {
    graph: usize,
    host: Option<Host>,
    depth: usize,
}

/// The instance that a place is the inside of.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// Where it stands.
    pub outer: usize,
    /// Its index there.
    pub node: usize,
}

impl Scopes {
    /// The number of the canvas.
    pub const CANVAS: usize = 0;

    pub fn new(canvas: usize) -> Self {
        let canvas = Scope { graph: canvas, host: None, depth: 0 };
        Self { list: vec![canvas], known: KeyIndex::default() }
    }

    /// The index of the graph that is there.
    pub fn graph(&self, scope: usize) -> usize {
        self.list[scope].graph
    }

    /// The instance around it; none for the canvas.
    pub fn host(&self, scope: usize) -> Option<Host> {
        self.list[scope].host
    }

    /// The inside of an instance; none where it is too deep, as in a subgraph that contains itself.
    pub fn inside(&mut self, outer: usize, node: usize, definition: usize) -> Option<usize> {
        let depth = self.list[outer].depth + 1;
        if depth > MAX_NESTED + 1 {
            return None;
        }
        let next = self.list.len();
        if let Some(known) = self.known.claim(format!("{outer} {node}").into(), next) {
            return Some(known);
        }
        self.list.push(Scope { graph: definition, host: Some(Host { outer, node }), depth });
        Some(next)
    }

    /// The id of a node in there as the prompt has it, `"57:30:4"`.
    pub fn full_id(&self, open: &OpenGraph<'_>, scope: usize, id: &str) -> String {
        let mut ids = vec![id];
        let mut host = self.host(scope);
        while let Some(Host { outer, node }) = host {
            ids.push(&open.graphs[self.graph(outer)].nodes[node].id);
            host = self.host(outer);
        }
        ids.reverse();
        ids.join(":")
    }
}
