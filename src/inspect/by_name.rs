//! Finds which nodes of the page read from which by name.

use super::model::Node;
use crate::editor::{PageNode, Pair};
use crate::json::KeyIndex;

/// How many graphs around a subgraph are searched: more than the conversion opens.
const MAX_NESTED: usize = 64;

/// Each node that asks for a name, with the one that gives it: the first in the same graph, or in those around it.
pub(super) fn pairs(nodes: &[Node<'_>]) -> Vec<(usize, usize)> {
    let mut setters = KeyIndex::default();
    let mut getters = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| node.editor_only) {
        let page_node = node.class_type.as_deref().and_then(PageNode::of);
        let name = |pair: Pair| pair.key(node.inputs.iter().find_map(|input| input.value())?);
        match page_node {
            Some(PageNode::Set(pair)) => {
                if let Some(name) = name(pair) {
                    setters.claim(within(node.parent, &name).into(), index);
                }
            }
            Some(PageNode::Get(pair)) => getters.extend(name(pair).map(|name| (index, pair, name))),
            _ => {}
        }
    }
    let setter = |(index, pair, name): (usize, Pair, String)| {
        let mut parent = nodes[index].parent;
        for _ in 0..=MAX_NESTED {
            if let Some(setter) = setters.get(&within(parent, &name)) {
                return Some((index, setter));
            }
            parent = nodes[parent.filter(|_| pair.looks_outside())?].parent;
        }
        None
    };
    getters.into_iter().filter_map(setter).collect()
}

fn within(parent: Option<usize>, name: &str) -> String {
    match parent {
        Some(parent) => format!("{parent} {name}"),
        None => format!("- {name}"),
    }
}
