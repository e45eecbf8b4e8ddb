//! The values of a node's widgets under their names.
//!
//! A file has the values in the order of the widgets, mostly without their names. They are told, the surest first, by
//! the file where it has names, by the definitions, by the sockets where each widget has one, and else they are numbered.

use super::opened::{Inside, Opened, Room};
use crate::Error;
use crate::convert::named_values;
use crate::definitions::{Class, Definitions};
use crate::editor::{self, Port, Subgraph};
use crate::json::Value;
use crate::json::value::Kind;
use std::borrow::Cow;

/// A value under its name.
pub(super) struct Named<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    /// Whether the node has a socket of that name.
    pub(super) has_socket: bool,
}

/// Names the values of all nodes.
pub(super) struct Widgets<'w, 'd, 'a> {
    pub(super) opened: &'w Opened<'d, 'a>,
    pub(super) definitions: Option<&'a Definitions>,
}

/// Names and values.
pub(super) type Pairs<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// Widgets of nodes that only the editor knows.
const KNOWN: [(&str, &str); 3] = [("PrimitiveNode", "value"), ("Note", "text"), ("MarkdownNote", "text")];

/// What the widget that draws a seed anew may say.
const CONTROLS: [&str; 4] = ["fixed", "increment", "decrement", "randomize"];

impl<'a> Widgets<'_, '_, 'a> {
    pub(super) fn all(&self, room: &mut Room) -> Result<Vec<Vec<Named<'a>>>, Error> {
        let mut all = Vec::with_capacity(self.opened.nodes.len());
        let mut class: Option<(&str, Option<Class<'a>>)> = None;
        for inside in &self.opened.nodes {
            let name = inside.node.class_type.as_deref().unwrap_or_default();
            // Nodes of one class often stand together, and taking a class apart costs.
            if class.as_ref().is_none_or(|(known, _)| *known != name) {
                class = Some((name, self.definitions.and_then(|definitions| definitions.class(name))));
            }
            let class = class.as_ref().and_then(|(_, class)| class.as_ref());
            let ports = inside.definition.map_or(&[][..], |subgraph| &subgraph.inputs);
            room.steps(ports.iter().map(|port| 1 + port.links.len()).sum())?;
            let pairs = self.pairs(inside, class, room)?;
            room.parts(pairs.len())?;
            room.steps(pairs.len() * inside.node.inputs.len())?;
            let has_socket = |name: &str| {
                let mut inputs = inside.node.inputs.iter();
                inputs.any(|input| input.widget.as_ref().unwrap_or(&input.name) == name)
            };
            let named =
                pairs.into_iter().map(|(name, value)| Named { has_socket: has_socket(&name), name, value });
            all.push(named.collect());
        }
        Ok(all)
    }

    fn pairs(
        &self,
        inside: &Inside<'_, 'a>,
        class: Option<&Class<'a>>,
        room: &mut Room,
    ) -> Result<Pairs<'a>, Error> {
        let outer = inside.parent.and_then(|index| self.opened.nodes.get(index));
        let mut pairs = own(inside, class, items(inside, outer, room)?);
        if let Some(outer) = outer {
            for proxied in
                proxied(outer.node, room)?.into_iter().filter(|proxied| proxied.id == inside.node.id)
            {
                if let Some((_, own)) = pairs.iter_mut().find(|(name, _)| *name == proxied.name) {
                    *own = proxied.value;
                }
            }
        }
        Ok(pairs)
    }
}

/// The values of a node in the order of its widgets. In a group node they are a part of those of the node outside,
/// where the two have equally many.
fn items<'a>(
    inside: &Inside<'_, 'a>,
    outer: Option<&Inside<'_, 'a>>,
    room: &mut Room,
) -> Result<Vec<Value<'a>>, Error> {
    let items = |node: &editor::Node<'a>| node.widgets.values.map(Value::items).unwrap_or_default();
    let own = items(inside.node);
    let group = outer.and_then(|outer| Some((outer, outer.definition.filter(|group| group.is_group_node)?)));
    let (Some((outer, group)), Ok(index)) = (group, inside.node.id.parse::<usize>()) else { return Ok(own) };
    let outer_length = outer.node.widgets.values.map_or(0, |values| values.raw().len());
    room.steps((group.graph.length() + outer_length) / 8)?;
    let all = items(outer.node);
    let counts: Vec<usize> = group.graph.nodes.iter().map(|node| items(node).len()).collect();
    let start: usize = counts.iter().take(index).sum();
    let part = all.get(start..start + own.len()).filter(|_| counts.iter().sum::<usize>() == all.len());
    Ok(part.map_or(own, <[_]>::to_vec))
}

/// The values that a node has itself, under their names.
fn own<'a>(inside: &Inside<'_, 'a>, class: Option<&Class<'a>>, items: Vec<Value<'a>>) -> Pairs<'a> {
    let node = inside.node;
    let by_name = node.widgets.values.filter(|values| values.kind() == Kind::Object);
    if let Some(named) = node.widgets.named.or(by_name) {
        return named.entries().into_iter().map(|(name, value)| (name.decode(), value)).collect();
    }
    if let Some((_, name)) = KNOWN.iter().find(|(class, _)| node.class_type.as_deref() == Some(*class)) {
        return items.first().map(|value| (Cow::Borrowed(*name), *value)).into_iter().collect();
    }
    if let Some(subgraph) = inside.definition {
        return if subgraph.is_group_node { Vec::new() } else { promoted(node, subgraph, &items) };
    }
    if let Some(class) = class {
        return named_values(node.class_type.clone().unwrap_or_default(), class, items);
    }
    by_sockets(node, &items).unwrap_or_else(|| numbered(items))
}

/// An entry of an older subgraph's `proxyWidgets`: a widget inside that the node outside sets.
struct Proxied<'a> {
    id: String,
    name: String,
    value: Value<'a>,
}

/// What the node that stands for a subgraph sets inside, where it is done in the older way.
fn proxied<'a>(host: &editor::Node<'a>, room: &mut Room) -> Result<Vec<Proxied<'a>>, Error> {
    let Some(list) = host.property("proxyWidgets") else { return Ok(Vec::new()) };
    // Some files have the list as a text.
    let text = list.as_str().map(|text| text.decode());
    let list = text.as_ref().and_then(|text| Value::parse(text).ok()).unwrap_or(list);
    let values = host.widgets.values.map(Value::items).unwrap_or_default();
    room.steps(1 + list.raw().len() / 8 + values.len())?;
    let entries = list.items().into_iter().zip(values).filter(|(_, value)| value.kind() != Kind::Null);
    let proxied = entries.filter_map(|(entry, value)| {
        let [id, name, ..] = entry.items()[..] else { return None };
        let id = id.as_str().map_or_else(|| id.raw().to_owned(), |id| id.decode().into_owned());
        Some(Proxied { id, name: name.as_str()?.decode().into_owned(), value })
    });
    Ok(proxied.collect())
}

/// The values of an instance's inputs. The subgraph's own list says which are widgets and in which order they come: an
/// instance may lack some, or have them in another order.
fn promoted<'a>(host: &editor::Node<'a>, subgraph: &Subgraph<'a>, items: &[Value<'a>]) -> Pairs<'a> {
    if host.property("proxyWidgets").is_some_and(|list| !list.is_falsy()) {
        return Vec::new();
    }
    let widgets =
        subgraph.inputs.iter().filter(|port| leads_to_widget(subgraph, port)).map(|port| &port.name);
    let values = widgets.zip(items).filter(|(_, value)| value.kind() != Kind::Null);
    values.map(|(name, value)| (name.clone(), *value)).collect()
}

fn leads_to_widget(subgraph: &Subgraph<'_>, port: &Port<'_>) -> bool {
    let graph = &subgraph.graph;
    port.links.iter().filter_map(|id| graph.link(id)).any(|link| {
        let target = graph.node_index(&link.target).and_then(|index| graph.nodes.get(index));
        let socket = target.zip(link.target_slot).and_then(|(node, slot)| node.inputs.get(slot));
        socket.is_some_and(|socket| socket.widget.is_some())
    })
}

/// Gives each socket that is a widget's the next value; none when the values are not those of the sockets.
fn by_sockets<'a>(node: &editor::Node<'a>, items: &[Value<'a>]) -> Option<Pairs<'a>> {
    let sockets: Vec<_> = node.inputs.iter().filter_map(|input| input.widget.as_ref()).collect();
    let (mut pairs, mut rest) = (Vec::with_capacity(sockets.len()), items);
    for (index, name) in sockets.iter().enumerate() {
        let (value, behind) = rest.split_first()?;
        pairs.push(((*name).clone(), *value));
        let left = sockets.len() - index - 1;
        rest = match behind.split_first() {
            Some((next, behind)) if behind.len() >= left && is_control(*next) => behind,
            _ => behind,
        };
    }
    // The button by which a file is uploaded has a value without a widget of its own.
    let is_upload = |value: &Value<'a>| value.as_str().is_some_and(|text| text.is("image"));
    (!pairs.is_empty() && rest.iter().all(is_upload)).then_some(pairs)
}

fn is_control(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| CONTROLS.iter().any(|control| text.is(control)))
}

fn numbered(items: Vec<Value<'_>>) -> Pairs<'_> {
    items.into_iter().enumerate().map(|(index, value)| (format!("widget_{index}").into(), value)).collect()
}
