//! Links to inputs that the file does not list: in the editor, a node has all inputs of its class.

use super::Reader;
use crate::Error;
use crate::definitions::ClassCache;
use crate::editor::{self, Graph, Link};
use crate::inspect::model::{Given, Input, Node};
use crate::json::KeyIndex;
use crate::widgets::{Parts, Saved, Slot};

impl<'a> Reader<'_, '_, 'a> {
    /// Adds these inputs to the nodes, as far as their classes are known.
    pub(super) fn connect_unlisted(
        &mut self,
        nodes: &mut [Node<'a>],
        classes: &mut ClassCache<'a>,
    ) -> Result<(), Error> {
        for (at, scope) in self.opened.scopes.iter().enumerate() {
            let of_nodes = unlisted(scope.graph);
            for (from, (links, index)) in scope.graph.nodes.iter().zip(of_nodes.iter().zip(&scope.indices)) {
                if !links.is_empty() {
                    self.connect(&mut nodes[*index], &slots(from, classes), at, links)?;
                }
            }
        }
        Ok(())
    }

    /// Gives a node the links to its inputs that are not listed.
    fn connect(
        &mut self,
        node: &mut Node<'a>,
        slots: &[Slot<'a>],
        scope: usize,
        links: &[&Link<'a>],
    ) -> Result<(), Error> {
        self.budget.steps(slots.len() + node.inputs.len())?;
        let mut known = KeyIndex::default();
        for (at, input) in node.inputs.iter().enumerate() {
            known.claim(input.name.clone(), at);
        }
        for link in links {
            let slot = link.target_slot.and_then(|slot| slots.get(slot));
            let Some(slot) = slot.filter(|slot| slot.link.is_none()) else { continue };
            let source = self.sources.of(scope, &link.id, &mut self.budget)?;
            let Ok(link) = self.link(source, link.kind.and_then(super::type_name)) else { continue };
            let given = Given::Link(link);
            match known.claim(slot.name.clone(), node.inputs.len()) {
                Some(listed) => node.inputs[listed].given = given,
                None => node.inputs.push(Input::new(slot.name.clone(), given)),
            }
        }
        Ok(())
    }
}

/// For each node of a graph, the links to inputs that it does not list.
fn unlisted<'g, 'a>(graph: &'g Graph<'a>) -> Vec<Vec<&'g Link<'a>>> {
    let mut of_nodes: Vec<_> = graph.nodes.iter().map(|_| Vec::new()).collect();
    for link in graph.links.iter().filter(|link| !link.is_named) {
        let Some(target) = graph.node_index(&link.target) else { continue };
        if link.target_slot.is_some_and(|slot| slot >= graph.nodes[target].inputs.len()) {
            of_nodes[target].push(link);
        }
    }
    of_nodes
}

/// The slots that the editor gives a node; none if its class is not known.
fn slots<'a>(node: &editor::Node<'a>, classes: &mut ClassCache<'a>) -> Vec<Slot<'a>> {
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let class = classes.get(class_type);
    class
        .map(|class| Parts::of_class(class_type, &class, &node.inputs, Saved::None).slots)
        .unwrap_or_default()
}
