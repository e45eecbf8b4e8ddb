//! Where a link really comes from: through the ports of subgraphs, in both directions.

use super::Mode;
use super::opened::{Budget, Opened, Sent};
use crate::Error;
use crate::editor::{Link, Subgraph};
use crate::everywhere::Origin;
use std::borrow::Cow;

/// Follows links.
pub(super) struct Sources<'s, 'd, 'a> {
    pub(super) opened: &'s Opened<'d, 'a>,
}

/// Where a link comes from.
pub(super) enum Source<'a> {
    /// An output of the node with an index.
    Output { index: usize, slot: Option<usize> },
    /// A node or a link that is missing.
    Missing { id: Cow<'a, str>, slot: Option<usize> },
    /// An input of a subgraph to which nothing is linked: the instances around it, from the inside out.
    Host(Vec<Host<'a>>),
    /// Nothing, because the subgraph has nothing there.
    Nothing,
}

/// An instance through whose input a link comes.
pub(super) struct Host<'a> {
    pub(super) index: usize,
    /// Which of the subgraph's inputs.
    pub(super) port: usize,
    /// The name of the instance's widget or socket for it.
    pub(super) socket: Cow<'a, str>,
}

/// Where one step along a link leads.
enum Step<'a> {
    End(Source<'a>),
    Link(usize, Cow<'a, str>),
}

impl<'a> Sources<'_, '_, 'a> {
    /// Where the link `id` of a scope comes from. A link that goes in a circle through subgraphs comes from nowhere.
    pub(super) fn of(&self, scope: usize, id: &str, budget: &mut Budget) -> Result<Source<'a>, Error> {
        self.behind(Step::Link(scope, Cow::Owned(id.to_owned())), Vec::new(), budget)
    }

    /// Where what is sent to an input of a scope comes from.
    pub(super) fn of_sent(
        &self,
        scope: usize,
        sent: &Sent,
        budget: &mut Budget,
    ) -> Result<Source<'a>, Error> {
        let mut hosts = Vec::new();
        let first = match &sent.origin {
            Origin::Node(at) => self.inwards(scope, *at, Some(sent.slot)),
            Origin::Outside(_) => self.outwards(scope, Some(sent.slot), &mut hosts, budget)?,
        };
        self.behind(first, hosts, budget)
    }

    fn behind(
        &self,
        first: Step<'a>,
        mut hosts: Vec<Host<'a>>,
        budget: &mut Budget,
    ) -> Result<Source<'a>, Error> {
        let mut step = first;
        // No link crosses more ports than there are scopes, in and out again.
        for _ in 0..=2 * self.opened.scopes.len() {
            budget.steps(1)?;
            let (at, id) = match step {
                Step::End(source) => return Ok(source),
                Step::Link(at, id) => (at, id),
            };
            let scope = &self.opened.scopes[at];
            let Some(link) = scope.graph.link(&id) else {
                return Ok(Source::Missing { id: format!("link {id}").into(), slot: None });
            };
            step = match scope.graph.node_index(&link.origin) {
                _ if is_port(link, scope.host.is_some()) => {
                    self.outwards(at, link.origin_slot, &mut hosts, budget)?
                }
                Some(node) => self.inwards(at, node, link.origin_slot),
                None => Step::End(Source::Missing { id: link.origin.clone(), slot: link.origin_slot }),
            };
        }
        Ok(Source::Nothing)
    }

    /// From the input of a subgraph to whatever is linked to the node of its instance.
    fn outwards(
        &self,
        scope: usize,
        slot: Option<usize>,
        hosts: &mut Vec<Host<'a>>,
        budget: &mut Budget,
    ) -> Result<Step<'a>, Error> {
        let host = self.opened.scopes[scope].host;
        let port =
            host.and_then(|(subgraph, host)| Some((subgraph, host, slot?, subgraph.inputs.get(slot?)?)));
        let Some((subgraph, host, slot, port)) = port else { return Ok(Step::End(Source::Nothing)) };
        let outer = &self.opened.nodes[host];
        let inputs = &outer.node.inputs;
        let mut at = Some(slot).filter(|at| inputs.get(*at).is_some_and(|input| input.name == port.name));
        if subgraph.is_group_node {
            at = outer.sockets.get(slot).copied().flatten().map(|socket| socket.at);
        } else if at.is_none() {
            budget.steps(inputs.len())?;
            at = inputs.iter().position(|input| input.name == port.name);
        }
        let socket = at.and_then(|at| inputs.get(at));
        let name = socket.map_or(&port.name, |input| input.widget.as_ref().unwrap_or(&input.name));
        hosts.push(Host { index: host, port: slot, socket: name.clone() });
        if let Some(link) = socket.and_then(|input| input.link.clone()) {
            return Ok(Step::Link(outer.scope, link));
        }
        match at.and_then(|at| self.opened.scopes[outer.scope].sent(outer.at, at)) {
            Some(Sent { origin: Origin::Node(node), slot, .. }) => {
                Ok(self.inwards(outer.scope, *node, Some(*slot)))
            }
            Some(Sent { origin: Origin::Outside(_), slot, .. }) => {
                self.outwards(outer.scope, Some(*slot), hosts, budget)
            }
            // The values of a group node's instance belong to the nodes inside.
            None if subgraph.is_group_node => Ok(Step::End(Source::Nothing)),
            None => Ok(Step::End(Source::Host(std::mem::take(hosts)))),
        }
    }

    /// From the node from which a link comes, or from inside the subgraph of which that is an instance.
    fn inwards(&self, scope: usize, node: usize, slot: Option<usize>) -> Step<'a> {
        let index = self.opened.scopes[scope].indices.get(node).copied();
        let Some((index, origin)) = index.and_then(|index| Some((index, self.opened.nodes.get(index)?)))
        else {
            return Step::End(Source::Nothing);
        };
        // A subgraph that does not run is not opened: a bypassed one passes its own inputs on.
        let (Some(within), Some(subgraph), Mode::Active) = (origin.within, origin.definition, origin.mode)
        else {
            return Step::End(Source::Output { index, slot });
        };
        let port = slot.and_then(|slot| subgraph.outputs.get(slot));
        match port.and_then(|port| port.links.first()) {
            Some(link) => Step::Link(within, link.clone()),
            None => Step::End(Source::Nothing),
        }
    }
}

/// Whether a link begins at an input of the subgraph around it.
fn is_port(link: &Link<'_>, is_inside: bool) -> bool {
    is_inside && link.origin == Subgraph::INPUT
}
