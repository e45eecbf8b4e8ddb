//! From which socket of a group node's instance each input of the group gets its link.
//!
//! The editor lists the sockets of an instance in this order: the plain ones, those of the widgets that have no socket
//! inside, and those of the widgets that have one. It finds the saved ones by their names. But to the inputs of the last
//! part it gives the links as if that part came directly after the first: where there is something in between, links get
//! to other inputs than they were drawn to, or are lost.

use super::class::has_upload;
use super::group_names::Names;
use super::in_group::ClassOf;
use super::type_of;
use crate::definitions::{Input, types};
use crate::editor::{Graph, Link, Node, PageNode, Subgraph};
use crate::json::KeyIndex;
use std::borrow::Cow;

/// A socket of an instance.
#[derive(Debug, Clone, Copy)]
pub struct GroupSocket {
    /// Its index in the file.
    pub at: usize,
    /// Whether its link was drawn to the input that gets it.
    pub is_own: bool,
}

/// The socket whose link each input of a group gets, for an instance in `outer`. If not all classes inside are known,
/// sockets and inputs have the same order, as when the file was saved.
pub fn group_sockets<'a>(
    host: &Node<'a>,
    group: &Subgraph<'a>,
    outer: &Graph<'a>,
    class_of: &mut ClassOf<'_, 'a>,
) -> Vec<Option<GroupSocket>> {
    let in_order = || (0..group.inputs.len()).map(|at| Some(GroupSocket { at, is_own: true })).collect();
    let named = Sockets::of(group, class_of).map(|sockets| sockets.found(host));
    let mut found: Vec<Option<GroupSocket>> = named.unwrap_or_else(in_order);
    for (socket, port) in found.iter_mut().zip(&group.inputs) {
        let fits = |socket: &GroupSocket| {
            let Some(input) = host.inputs.get(socket.at) else { return false };
            let link = input.link.as_deref().and_then(|id| outer.link(id));
            link.is_none_or(|link| types::connects(&type_of(link.kind), &type_of(port.kind)))
        };
        *socket = socket.filter(fits);
    }
    found
}

/// The sockets of an instance by their names.
struct Sockets<'g, 'a> {
    names: Names<'g, 'a>,
    /// For each input of the group, its plain socket.
    plain: Vec<Option<Cow<'a, str>>>,
    /// Of the widgets without a socket inside.
    between: Vec<Cow<'a, str>>,
    /// Of the widgets with one, with the inputs of the group that lead to them.
    behind: Vec<(Option<usize>, Cow<'a, str>)>,
}

impl<'g, 'a> Sockets<'g, 'a> {
    /// `None` if the class of a node inside is not known: the editor would not know the group either.
    fn of(group: &'g Subgraph<'a>, class_of: &mut ClassOf<'_, 'a>) -> Option<Self> {
        let names = Names { group, taken: KeyIndex::default() };
        let plain = vec![None; group.inputs.len()];
        let mut sockets = Self { names, plain, between: Vec::new(), behind: Vec::new() };
        let mut with_widget = Vec::new();
        for at in 0..group.graph.nodes.len() {
            with_widget.extend(sockets.node(at, class_of)?.into_iter().map(|socket| (at, socket)));
        }
        for (at, socket) in with_widget {
            let own = &group.graph.nodes[at].inputs[socket].name;
            if let Some(named) = sockets.open(at, own, Some(socket)) {
                sockets.behind.push(named);
            }
        }
        Some(sockets)
    }

    /// Adds the sockets of a node, except those of widgets with a socket inside, which it returns by their index.
    fn node(&mut self, at: usize, class_of: &mut ClassOf<'_, 'a>) -> Option<Vec<usize>> {
        let node = &self.names.group.graph.nodes[at];
        let class_type = node.class_type.as_deref().unwrap_or_default();
        if let Some(page_node) = PageNode::of(class_type) {
            let has_targets = node.outputs.iter().any(|output| !output.links.is_empty());
            if page_node == PageNode::Primitive && has_targets {
                self.between.push(self.names.next(at, &"value".into(), None));
            }
            return Some(Vec::new());
        }
        let class = class_of(class_type)?;
        let mut indices = KeyIndex::default();
        for (socket, input) in node.inputs.iter().enumerate() {
            indices.claim(input.name.clone(), socket);
        }
        let (widgets, plain): (Vec<_>, Vec<_>) = class.inputs.iter().partition(|input| is_widget(input));
        let mut with_widget = Vec::new();
        for Input { name, .. } in widgets {
            match indices.get(name).filter(|socket| node.inputs[*socket].widget.is_some()) {
                Some(socket) => with_widget.push(socket),
                None => self.between.push(self.names.next(at, name, indices.get(name))),
            }
        }
        self.between.extend(has_upload(&class).then(|| "upload".into()));
        for Input { name, .. } in plain {
            if let Some((Some(port), name)) = self.open(at, name, indices.get(name)) {
                self.plain[port] = Some(name);
            }
        }
        with_widget.sort_unstable();
        Some(with_widget)
    }

    /// The input of the group that leads to a socket, and its name; `None` if something inside is linked to the socket.
    /// A hidden one has a name as well.
    fn open(
        &mut self,
        at: usize,
        own: &Cow<'a, str>,
        socket: Option<usize>,
    ) -> Option<(Option<usize>, Cow<'a, str>)> {
        let graph = &self.names.group.graph;
        let link = socket.and_then(|socket| graph.link(graph.nodes[at].inputs[socket].link.as_deref()?));
        if link.is_some_and(|link| link.origin != Subgraph::INPUT) {
            return None;
        }
        Some((link.and_then(|link: &Link<'_>| link.origin_slot), self.names.next(at, own, socket)))
    }

    fn found(self, host: &Node<'a>) -> Vec<Option<GroupSocket>> {
        let mut indices = KeyIndex::default();
        for (at, input) in host.inputs.iter().enumerate() {
            indices.claim(input.name.clone(), at);
        }
        let find = |name: &str, is_own| Some(GroupSocket { at: indices.get(name)?, is_own });
        let mut found: Vec<_> = self.plain.iter().map(|name| find(name.as_ref()?, true)).collect();
        let names = self.between.iter().chain(self.behind.iter().map(|(_, name)| name));
        for ((port, _), name) in self.behind.iter().zip(names) {
            if let Some(port) = port {
                found[*port] = find(name, self.between.is_empty());
            }
        }
        found
    }
}

/// Whether an instance has a widget for an input, and a socket of that.
fn is_widget(input: &Input<'_>) -> bool {
    let spec = &input.spec;
    types::WIDGETS.contains(&&*spec.widget_type()) && !spec.flag("forceInput") && !spec.flag("socketless")
}
