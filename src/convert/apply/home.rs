//! Where a value of the prompt is in the file.

use crate::convert::open_graph::{Kind, OpenGraph, ValueOf};
use crate::editor::{Document, Node};
use std::ops::Range;

/// Where a value is in the file. Inputs that share a value have the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In the file, from this byte on.
    Text(usize),
    /// Not in the file yet: it is the default of a class, or what an instance shows of the widget inside.
    Missing(ValueOf),
}

/// Finds the places of values.
pub struct Homes<'o, 'a> {
    pub document: &'o Document<'a>,
    pub graph: &'o OpenGraph<'a>,
    /// How many instances the graph at each index has, counted over all ways from the canvas.
    instances: Vec<usize>,
    /// The nodes in the order of the text.
    nodes: Vec<Place<'o, 'a>>,
}

/// A node of the file.
pub struct Place<'o, 'a> {
    pub range: Range<usize>,
    /// The index of its graph.
    pub graph: usize,
    pub node: &'o Node<'a>,
}

impl<'o, 'a> Homes<'o, 'a> {
    pub fn of(document: &'o Document<'a>, graph: &'o OpenGraph<'a>) -> Self {
        let instances = instances(graph);
        let mut homes = Self { document, graph, instances, nodes: Vec::new() };
        for index in 0..=document.subgraphs.len() {
            for node in homes.file_nodes(index) {
                let Some(range) = homes.range(node.value.raw()) else { continue };
                homes.nodes.push(Place { range, graph: index, node });
            }
        }
        homes.nodes.sort_unstable_by_key(|place| place.range.start);
        homes
    }

    /// The place of a value. What an instance shows of the widget inside is at that widget, unless another instance
    /// shows it as well.
    pub fn home(&self, of: ValueOf) -> Home {
        let Some(range) = self.graph.source(of).and_then(|json| self.range(json)) else {
            return Home::Missing(of);
        };
        let ValueOf::Slot { graph, node, .. } = of else { return Home::Text(range.start) };
        let is_right = self.place(range.start).is_some_and(|place| {
            let is_own = self.file_node(graph, node).is_some_and(|host| std::ptr::eq(host, place.node));
            is_own || self.instances(place.graph) == 1
        });
        if is_right { Home::Text(range.start) } else { Home::Missing(of) }
    }

    /// The node whose text contains a byte.
    pub fn place(&self, start: usize) -> Option<&Place<'o, 'a>> {
        let behind = self.nodes.partition_point(|place| place.range.start <= start);
        let place = self.nodes.get(behind.checked_sub(1)?)?;
        place.range.contains(&start).then_some(place)
    }

    /// The graph that contains a value.
    pub fn graph_of(&self, home: Home) -> Option<usize> {
        match home {
            Home::Text(start) => self.place(start).map(|place| place.graph),
            Home::Missing(ValueOf::Widget { graph, .. } | ValueOf::Slot { graph, .. }) => Some(graph),
        }
    }

    /// How many instances a graph has, counted over all ways from the canvas.
    pub fn instances(&self, graph: usize) -> usize {
        self.instances.get(graph).copied().unwrap_or(0)
    }

    /// A node as it is in the file; `None` inside a group node, whose values are those of the instance.
    pub fn file_node(&self, graph: usize, node: usize) -> Option<&'o Node<'a>> {
        self.file_nodes(graph).get(node)
    }

    fn file_nodes(&self, graph: usize) -> &'o [Node<'a>] {
        let root = self.document.subgraphs.len();
        match self.document.subgraphs.get(graph) {
            Some(subgraph) => &subgraph.graph.nodes,
            None if graph == root => &self.document.root.nodes,
            None => &[],
        }
    }

    /// Where a part of the file is; `None` for a text that is not a part of it.
    pub fn range(&self, json: &str) -> Option<Range<usize>> {
        let text = self.document.text();
        let start = (json.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let end = start + json.len();
        (end <= text.len()).then_some(start..end)
    }
}

/// How many instances each graph has: those inside a graph count as often as that graph itself.
fn instances(open: &OpenGraph<'_>) -> Vec<usize> {
    let mut instances = vec![0_usize; open.graphs.len()];
    instances[open.root] = 1;
    for graph in [open.root].into_iter().chain(open.leaves_first.iter().rev().copied()) {
        for node in &open.graphs[graph].nodes {
            if let Kind::Instance(definition) = node.kind {
                instances[definition] = instances[definition].saturating_add(instances[graph]);
            }
        }
    }
    instances
}
