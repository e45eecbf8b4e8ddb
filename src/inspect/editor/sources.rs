//! Where a link comes from in the end: through the ports of subgraphs, in both directions.

use super::Mode;
use super::opened::{Budget, Opened};
use crate::Error;
use crate::editor::{Link, Subgraph};
use std::borrow::Cow;

/// Follows links.
pub(super) struct Sources<'s, 'd, 'a> {
    pub(super) opened: &'s Opened<'d, 'a>,
}

/// Where a link comes from.
pub(super) enum Source<'a> {
    /// An output of the node at an index.
    Output { index: usize, slot: Option<usize> },
    /// A node that is not there, or a link that is not there.
    Missing { id: Cow<'a, str>, slot: Option<usize> },
    /// An input of a subgraph that nothing is linked to: the instances around it, from the inside out.
    Host(Vec<Host<'a>>),
    /// Nothing, because a subgraph has nothing there.
    Nothing,
}

/// An instance through whose input a link comes.
pub(super) struct Host<'a> {
    pub(super) index: usize,
    /// Which of the subgraph's inputs.
    pub(super) port: usize,
    /// The name of the widget or socket that the instance has for it.
    pub(super) socket: Cow<'a, str>,
}

/// What one step along a link leads to.
enum Step<'a> {
    End(Source<'a>),
    Link(usize, Cow<'a, str>),
}

impl<'a> Sources<'_, '_, 'a> {
    /// Where the link `id` of a scope comes from. A link that leads through subgraphs in a circle comes from nowhere.
    pub(super) fn of(&self, scope: usize, id: &str, budget: &mut Budget) -> Result<Source<'a>, Error> {
        let (mut scope, mut id, mut hosts) = (scope, Cow::Owned(id.to_owned()), Vec::new());
        // No link crosses more ports than there are scopes, in and out again.
        for _ in 0..=2 * self.opened.scopes.len() {
            budget.steps(1)?;
            let Some(link) = self.opened.scopes[scope].graph.link(&id) else {
                return Ok(Source::Missing { id: format!("link {id}").into(), slot: None });
            };
            let step = match self.opened.scopes[scope].host {
                Some((subgraph, host)) if link.origin == Subgraph::INPUT => {
                    self.outwards(subgraph, host, link, &mut hosts, budget)?
                }
                _ => self.inwards(scope, link),
            };
            match step {
                Step::End(source) => return Ok(source),
                Step::Link(next, link) => (scope, id) = (next, link),
            }
        }
        Ok(Source::Nothing)
    }

    /// From the input of a subgraph to what is linked to the node that stands for it.
    fn outwards(
        &self,
        subgraph: &Subgraph<'a>,
        host: usize,
        link: &Link<'a>,
        hosts: &mut Vec<Host<'a>>,
        budget: &mut Budget,
    ) -> Result<Step<'a>, Error> {
        let Some((slot, port)) = link.origin_slot.and_then(|slot| Some((slot, subgraph.inputs.get(slot)?)))
        else {
            return Ok(Step::End(Source::Nothing));
        };
        let outer = &self.opened.nodes[host];
        let inputs = &outer.node.inputs;
        let mut socket = inputs.get(slot).filter(|input| port.name.is_empty() || input.name == port.name);
        if socket.is_none() {
            budget.steps(inputs.len())?;
            socket = inputs.iter().find(|input| input.name == port.name);
        }
        let name = socket.map_or(&port.name, |input| input.widget.as_ref().unwrap_or(&input.name));
        hosts.push(Host { index: host, port: slot, socket: name.clone() });
        Ok(match socket.and_then(|input| input.link.clone()) {
            Some(link) => Step::Link(outer.scope, link),
            None => Step::End(Source::Host(std::mem::take(hosts))),
        })
    }

    /// From the node that a link comes from, or from what is in the subgraph that it stands for.
    fn inwards(&self, scope: usize, link: &Link<'a>) -> Step<'a> {
        let scope = &self.opened.scopes[scope];
        let index = scope.graph.node_index(&link.origin).and_then(|node| scope.indices.get(node));
        let Some((index, origin)) = index.and_then(|index| Some((*index, self.opened.nodes.get(*index)?)))
        else {
            return Step::End(Source::Missing { id: link.origin.clone(), slot: link.origin_slot });
        };
        // A subgraph that does not run is left closed: a bypassed one hands its own inputs on.
        let (Some(within), Some(subgraph), Mode::Active) = (origin.within, origin.definition, origin.mode)
        else {
            return Step::End(Source::Output { index, slot: link.origin_slot });
        };
        let port = link.origin_slot.and_then(|slot| subgraph.outputs.get(slot));
        match port.and_then(|port| port.links.first()) {
            Some(link) => Step::Link(within, link.clone()),
            None => Step::End(Source::Nothing),
        }
    }
}
