//! The values that an instance of a subgraph has for its inputs.

use super::{Proxied, proxied};
use crate::editor::{Node, Port, Subgraph};
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// The values of an instance by the names of its inputs. The list of the subgraph says which inputs are widgets and in
/// which order they come: an instance may lack some, or have them in another order. What an older file lists in
/// `proxyWidgets` counts before that.
pub(super) fn values<'a>(
    host: &Node<'a>,
    subgraph: &Subgraph<'a>,
    items: Vec<Value<'a>>,
) -> Vec<(Cow<'a, str>, Value<'a>)> {
    let ports = &subgraph.inputs;
    let is_promoted: Vec<bool> = ports.iter().map(|port| leads_to_widget(subgraph, port)).collect();
    let mut values = vec![None; ports.len()];
    for (index, item) in (0..ports.len()).filter(|index| is_promoted[*index]).zip(items) {
        values[index] = Some(item);
    }
    let mut by_name = KeyIndex::default();
    for (index, port) in ports.iter().enumerate() {
        by_name.claim(port.name.clone(), index);
    }
    for entry in proxied(host) {
        let port = port_of(subgraph, &by_name, &entry).filter(|port| is_promoted.get(*port) == Some(&true));
        if let (Some(port), Some(value)) = (port, entry.value) {
            values[port] = Some(value);
        }
    }
    let named = ports.iter().zip(values);
    named.filter_map(|(port, value)| Some((port.name.clone(), value?))).collect()
}

/// The input that an entry sets: the instance's own, or the one to which its widget inside is linked.
fn port_of(subgraph: &Subgraph<'_>, by_name: &KeyIndex<'_>, entry: &Proxied<'_>) -> Option<usize> {
    if entry.id == Proxied::HOST {
        return by_name.get(&entry.name);
    }
    let graph = &subgraph.graph;
    let node = graph.nodes.get(graph.node_index(&entry.id)?)?;
    let named = |name: &str| node.inputs.iter().find(|input| input.widget.as_deref() == Some(name));
    let link = graph.link(entry.find(named)?.link.as_deref()?)?;
    link.origin_slot.filter(|_| link.origin == Subgraph::INPUT)
}

fn leads_to_widget(subgraph: &Subgraph<'_>, port: &Port<'_>) -> bool {
    let graph = &subgraph.graph;
    port.links.iter().filter_map(|id| graph.link(id)).any(|link| {
        let target = graph.node_index(&link.target).and_then(|index| graph.nodes.get(index));
        let socket = target.zip(link.target_slot).and_then(|(node, slot)| node.inputs.get(slot));
        socket.is_some_and(|socket| socket.widget.is_some())
    })
}
