//! The canvas and the insides of instances: the scope of a node in an open graph.

use super::open_graph::OpenGraph;

/// How deep subgraphs may be nested.
const MAX_NESTED: usize = 50;

/// The scopes that were visited and not left for good, each with a number; the canvas has the first.
#[derive(Debug)]
pub struct Scopes {
    list: Vec<Scope>,
    /// How many there have been in total.
    made: usize,
}

#[derive(Debug)]
struct Scope {
    graph: usize,
    host: Option<Host>,
    depth: usize,
    /// Unique among all scopes: a number is used again, this is not.
    serial: usize,
    /// For each node the number of its inside, as far as it was visited.
    insides: Vec<Option<usize>>,
}

/// The instance whose inside a scope is.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// The scope that contains it.
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

    /// Unique among all scopes, including those that were left.
    pub fn serial(&self, scope: usize) -> usize {
        self.list[scope].serial
    }

    /// Whether a scope is the inside of a definition, or inside such a scope.
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

    /// The inside of an instance; `None` if it is too deep, as in a subgraph that contains itself.
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

    /// Removes a scope, and all that were visited after it: nothing refers to their numbers any more.
    pub fn leave(&mut self, scope: usize) {
        while self.list.len() > scope {
            let Some(Host { outer, node }) = self.list.pop().and_then(|left| left.host) else { return };
            if let Some(outer) = self.list.get_mut(outer) {
                outer.insides[node] = None;
            }
        }
    }

    /// The id of a node in a scope, as the prompt writes it: `"57:30:4"`.
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
