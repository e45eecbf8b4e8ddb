//! The canvas and the insides of instances: where a node of an open graph stands.

use super::open_graph::OpenGraph;

/// How deep subgraphs may stand in each other.
const MAX_NESTED: usize = 50;

/// The places that were visited and not left for good, each with a number of its own; the canvas has the first.
#[derive(Debug)]
pub struct Scopes {
    list: Vec<Scope>,
    /// How many there were at all.
    made: usize,
}

#[derive(Debug)]
struct Scope {
    graph: usize,
    host: Option<Host>,
    depth: usize,
    /// Which of all places it is: a number is given again, this is not.
    serial: usize,
    /// For each node the number of its inside, as far as it was visited.
    insides: Vec<Option<usize>>,
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
        let canvas = Scope { graph: canvas, host: None, depth: 0, serial: 0, insides: Vec::new() };
        Self { list: vec![canvas], made: 1 }
    }

    /// The index of the graph that is there.
    pub fn graph(&self, scope: usize) -> usize {
        self.list[scope].graph
    }

    /// The instance around it; none for the canvas.
    pub fn host(&self, scope: usize) -> Option<Host> {
        self.list[scope].host
    }

    /// Which of all places it is, also of those that were left.
    pub fn serial(&self, scope: usize) -> usize {
        self.list[scope].serial
    }

    /// Whether a place is the inside of a definition, or in such an inside.
    pub fn is_within(&self, scope: usize, definition: usize) -> bool {
        let mut at = Some(scope);
        while let Some(scope) = at {
            if self.graph(scope) == definition {
                return true;
            }
            at = self.host(scope).map(|host| host.outer);
        }
        false
    }

    /// The inside of an instance; none where it is too deep, as in a subgraph that contains itself.
    pub fn inside(&mut self, outer: usize, node: usize, definition: usize) -> Option<usize> {
        let Scope { depth, insides, .. } = &mut self.list[outer];
        if let Some(known) = insides.get(node).copied().flatten() {
            return Some(known);
        }
        let depth = *depth + 1;
        if depth > MAX_NESTED + 1 {
            return None;
        }
        if insides.len() <= node {
            insides.resize(node + 1, None);
        }
        let next = self.list.len();
        self.list[outer].insides[node] = Some(next);
        let (host, serial) = (Some(Host { outer, node }), self.made);
        self.list.push(Scope { graph: definition, host, depth, serial, insides: Vec::new() });
        self.made += 1;
        Some(next)
    }

    /// Forgets a place, and all that were visited since then: nothing is left that knows their numbers.
    pub fn leave(&mut self, scope: usize) {
        while self.list.len() > scope {
            let Some(Host { outer, node }) = self.list.pop().and_then(|left| left.host) else { return };
            if let Some(outer) = self.list.get_mut(outer) {
                outer.insides[node] = None;
            }
        }
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
