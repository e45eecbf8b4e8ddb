//! Links to inputs that the file does not list: in the editor, a node has all inputs of its class.

use super::Reader;
use super::opened::Scope;
use crate::Error;
use crate::definitions::ClassCache;
use crate::editor;
use crate::inspect::model::{Given, Input, Node};
use crate::widgets::{Parts, Saved};
use std::borrow::Cow;

impl<'a> Reader<'_, '_, 'a> {
    /// Adds these inputs to the nodes, as far as their classes are known.
    pub(super) fn connect_unlisted(
        &mut self,
        nodes: &mut [Node<'a>],
        classes: &mut ClassCache<'a>,
    ) -> Result<(), Error> {
        for (at, scope) in self.opened.scopes.iter().enumerate() {
            for link in scope.graph.links.iter().filter(|link| !link.is_named) {
                let Some((index, name)) = target(scope, link, classes) else { continue };
                let source = self.sources.of(at, &link.id, &mut self.budget)?;
                let kind = link.kind.and_then(super::type_name);
                let Ok(link) = self.link(source, kind) else { continue };
                let given = Given::Link(link);
                self.budget.steps(nodes[index].inputs.len())?;
                match nodes[index].inputs.iter_mut().find(|input| input.name == name) {
                    Some(input) => input.given = given,
                    None => nodes[index].inputs.push(Input::new(name, given)),
                }
            }
        }
        Ok(())
    }
}

/// The node to which such a link leads, and the name of the input at its index.
fn target<'a>(
    scope: &Scope<'_, 'a>,
    link: &editor::Link<'a>,
    classes: &mut ClassCache<'a>,
) -> Option<(usize, Cow<'a, str>)> {
    let at = scope.graph.node_index(&link.target)?;
    let node = &scope.graph.nodes[at];
    let slot = link.target_slot.filter(|slot| *slot >= node.inputs.len())?;
    let class_type = node.class_type.as_deref()?;
    let class = classes.get(class_type)?;
    let slots = Parts::of_class(class_type, &class, &node.inputs, Saved::None).slots;
    let slot = slots.into_iter().nth(slot).filter(|slot| slot.link.is_none())?;
    Some((*scope.indices.get(at)?, slot.name))
}
