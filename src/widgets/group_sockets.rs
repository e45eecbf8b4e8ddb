//! From which socket of a group node's instance each input of the group gets its link.
//!
//! The editor lists the sockets of an instance in this order: the plain ones, those of the widgets that have no socket
//! inside, and those of the widgets that have one. It names them after the inputs inside and finds the saved ones by their
//! names. But to the inputs of the last part it gives the links as if that part came directly after the first: where there
//! is something in between, links get to other inputs than they were drawn to, or are lost.

use super::class::has_upload;
use super::given::indices;
use super::in_group::ClassOf;
use super::type_of;
use crate::definitions::{Input, types};
use crate::editor::{Graph, Node, PageNode, Subgraph};
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
    let Some(mut found) = Sockets::of(host, group, class_of) else {
        let in_order = |at| (at < host.inputs.len()).then_some(GroupSocket { at, is_own: true });
        return (0..group.inputs.len()).map(in_order).collect();
    };
    for (socket, port) in found.iter_mut().zip(&group.inputs) {
        let link = socket.and_then(|socket| outer.link(host.inputs[socket.at].link.as_deref()?));
        if link.is_some_and(|link| !types::connects(&type_of(link.kind), &type_of(port.kind))) {
            *socket = None;
        }
    }
    found
}

/// Finds the sockets of an instance by their names, which it gives one after the other.
struct Sockets<'g, 'a> {
    group: &'g Subgraph<'a>,
    /// The sockets of the file.
    saved: KeyIndex<'a>,
    /// The number that a name gets when it is wanted again.
    taken: KeyIndex<'a>,
    /// For each input of the group, the socket whose link it gets.
    found: Vec<Option<GroupSocket>>,
    /// Of the widgets: first of those without a socket inside.
    of_widgets: Vec<Option<usize>>,
    /// The node and the socket of each widget that has one inside.
    inside: Vec<(usize, usize)>,
}

impl<'g, 'a> Sockets<'g, 'a> {
    /// `None` if the class of a node inside is not known: the editor would not know the group either.
    fn of(
        host: &Node<'a>,
        group: &'g Subgraph<'a>,
        class_of: &mut ClassOf<'_, 'a>,
    ) -> Option<Vec<Option<GroupSocket>>> {
        let found = vec![None; group.inputs.len()];
        let (taken, of_widgets, inside) = Default::default();
        let mut sockets = Sockets { group, saved: indices(&host.inputs), taken, found, of_widgets, inside };
        for at in 0..group.graph.nodes.len() {
            sockets.add(at, class_of)?;
        }
        Some(sockets.with_widgets())
    }

    /// Adds the sockets of a node, those of widgets with a socket inside for later.
    fn add(&mut self, at: usize, class_of: &mut ClassOf<'_, 'a>) -> Option<()> {
        let node = &self.group.graph.nodes[at];
        let class_type = node.class_type.as_deref().unwrap_or_default();
        if let Some(page_node) = PageNode::of(class_type) {
            let has_targets = node.outputs.iter().any(|output| !output.links.is_empty());
            if page_node == PageNode::Primitive && has_targets {
                let socket = self.named(at, "value", None);
                self.of_widgets.push(socket);
            }
            return Some(());
        }
        let (class, sockets) = (class_of(class_type)?, indices(&node.inputs));
        for Input { name, .. } in class.inputs.iter().filter(|input| is_widget(input)) {
            let socket = sockets.get(name);
            match socket.filter(|socket| node.inputs[*socket].widget.is_some()) {
                Some(socket) => self.inside.push((at, socket)),
                None => {
                    let socket = self.named(at, name, socket);
                    self.of_widgets.push(socket);
                }
            }
        }
        if has_upload(&class) {
            self.of_widgets.push(None);
        }
        for Input { name, .. } in class.inputs.iter().filter(|input| !is_widget(input)) {
            let socket = sockets.get(name);
            let port = self.port(at, socket);
            if port.is_some_and(|port| port.is_none()) {
                continue;
            }
            let found = self.named(at, name, socket);
            if let Some(Some(port)) = port {
                self.found[port] = found.map(|at| GroupSocket { at, is_own: true });
            }
        }
        Some(())
    }

    /// Adds those of the widgets with a socket inside, and gives their inputs the links.
    fn with_widgets(mut self) -> Vec<Option<GroupSocket>> {
        let (mut ports, is_own) = (Vec::new(), self.of_widgets.is_empty());
        self.inside.sort_unstable();
        for (at, socket) in std::mem::take(&mut self.inside) {
            if let Some(Some(port)) = self.port(at, Some(socket)) {
                let name = &self.group.graph.nodes[at].inputs[socket].name;
                let found = self.named(at, name, Some(socket));
                self.of_widgets.push(found);
                ports.push(port);
            }
        }
        for (port, found) in ports.into_iter().zip(self.of_widgets) {
            self.found[port] = found.map(|at| GroupSocket { at, is_own });
        }
        self.found
    }

    /// The input of the group that leads to a socket, if anything does; nothing in it if that comes from inside.
    fn port(&self, at: usize, socket: Option<usize>) -> Option<Option<usize>> {
        let graph = &self.group.graph;
        let link = graph.link(graph.nodes[at].inputs[socket?].link.as_deref()?)?;
        Some(link.origin_slot.filter(|_| link.origin == Subgraph::INPUT))
    }

    /// Names the socket for an input of the node at an index, and finds it. It is called as people chose, or by the label
    /// of the input, or by its name. If that is taken, the title of the node goes before the name, and a number between
    /// the two if that is taken as well.
    fn named(&mut self, at: usize, own: &str, socket: Option<usize>) -> Option<usize> {
        let node = &self.group.graph.nodes[at];
        let label = || Some(node.inputs[socket?].value.get("label")?.as_str()?.decode());
        let chosen = self.group.chosen_name(at, own).or_else(label);
        let name = chosen.map_or_else(|| own.to_owned(), Cow::into_owned);
        // The only input of any primitive node is its value.
        let is_titled = node.class_type.as_deref() == Some("PrimitiveNode")
            && node.title.as_deref().is_some_and(|title| !title.is_empty());
        let (key, found) = if is_titled || self.taken.get(&name).is_some() {
            let title = node.title.as_deref().or(node.class_type.as_deref()).unwrap_or_default();
            let key = [title, " ", own].concat();
            let found = match self.taken.get(&key) {
                Some(number) => self.saved.get(&[title, " ", &number.to_string(), " ", own].concat()),
                None => self.saved.get(&key),
            };
            (key, found)
        } else {
            let found = self.saved.get(&name);
            (name, found)
        };
        let number = self.taken.get(&key).map_or(2, |number| number + 1);
        self.taken.set(key.into(), number);
        found
    }
}

/// Whether an instance has a widget for an input, and a socket of that.
fn is_widget(input: &Input<'_>) -> bool {
    let spec = &input.spec;
    types::WIDGETS.contains(&&*spec.widget_type()) && !spec.flag("forceInput") && !spec.flag("socketless")
}
