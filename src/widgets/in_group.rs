//! The values that an instance of a group node has for the nodes inside.
//!
//! They are one list: first those of the widgets without a socket, node by node, then those of the widgets with one. A
//! widget to which something inside is linked has no value there, and a node that is in the page alone has none.

use super::named::split_own;
use super::{Fit, Parts, Saved};
use crate::definitions::Class;
use crate::editor::{Node, PageNode, Subgraph};
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// Finds the class of a node inside.
pub type ClassOf<'c, 'a> = dyn FnMut(&str) -> Option<Rc<Class<'a>>> + 'c;

/// Where the value of a widget is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// In the first part of the instance's list.
    First,
    /// In its second part, in the order of the sockets.
    Behind(usize),
    /// In the definition of the group.
    Inside,
}

/// The values of each node inside.
pub fn in_group<'a>(host: &Node<'a>, group: &Subgraph<'a>, class_of: &mut ClassOf<'_, 'a>) -> Vec<Saved<'a>> {
    let nodes = &group.graph.nodes;
    let Some(list) = host.widgets.values.filter(|values| values.kind() == Kind::Array) else {
        return nodes.iter().map(|_| Saved::None).collect();
    };
    let items = list.items();
    let places: Option<Vec<_>> = nodes.iter().map(|node| places(node, group, class_of)).collect();
    let is_whole = |places: &Vec<Vec<Place>>| {
        places.iter().flatten().filter(|place| **place != Place::Inside).count() == items.len()
    };
    match places.filter(is_whole) {
        Some(places) => placed(nodes, &places, &items),
        None => in_turn(nodes, items),
    }
}

/// Lists of another length, or with unknown parts: each node has as many values as in the definition of the group.
fn in_turn<'a>(nodes: &[Node<'a>], items: Vec<Value<'a>>) -> Vec<Saved<'a>> {
    let mut items = items.into_iter();
    let saved = nodes.iter().map(|node| {
        let count = node.widgets.values.map_or(0, |values| values.items().len());
        Saved::List(items.by_ref().take(count).collect())
    });
    saved.collect()
}

fn placed<'a>(nodes: &[Node<'a>], places: &[Vec<Place>], items: &[Value<'a>]) -> Vec<Saved<'a>> {
    let count = places.iter().flatten().filter(|place| **place == Place::First).count();
    let (first, behind) = items.split_at(count.min(items.len()));
    let (mut first, mut behind) = (first.iter(), behind.iter());
    let saved = nodes.iter().zip(places).map(|(node, places)| {
        let mut values = node.widgets.values.map(Value::items).unwrap_or_default();
        let mut with_sockets = Vec::new();
        for (at, place) in places.iter().enumerate() {
            match place {
                Place::First => first.next().into_iter().for_each(|value| values[at] = *value),
                Place::Behind(socket) => with_sockets.push((*socket, at)),
                Place::Inside => {}
            }
        }
        with_sockets.sort_unstable();
        for (_, at) in with_sockets {
            behind.next().into_iter().for_each(|value| values[at] = *value);
        }
        Saved::List(values)
    });
    saved.collect()
}

/// The place of each value that the group has for a node; `None` if it is not known to which widgets they belong.
fn places<'a>(node: &Node<'a>, group: &Subgraph<'a>, class_of: &mut ClassOf<'_, 'a>) -> Option<Vec<Place>> {
    let Some(values) = node.widgets.values else { return Some(Vec::new()) };
    if values.kind() != Kind::Array {
        return None;
    }
    let items = values.items();
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let has_targets = || node.outputs.iter().any(|output| !output.links.is_empty());
    match PageNode::of(class_type) {
        Some(PageNode::Primitive) if has_targets() => return Some(vec![Place::First; items.len()]),
        Some(_) => return Some(vec![Place::Inside; items.len()]),
        None => {}
    }
    let sockets = sockets(node, group);
    if sockets.is_empty() {
        return Some(vec![Place::First; items.len()]);
    }
    let of_class = class_of(class_type).and_then(|class| by_class(node, &class, &sockets, items.clone()));
    of_class.or_else(|| by_sockets(&sockets, &items))
}

/// The names of the widgets with a socket, with the place of their values.
fn sockets<'a>(node: &Node<'a>, group: &Subgraph<'a>) -> Vec<(Cow<'a, str>, Place)> {
    let inputs = node.inputs.iter().enumerate();
    let sockets = inputs.filter_map(|(at, input)| {
        let link = input.link.as_ref().and_then(|id| group.graph.link(id));
        let is_inside = link.is_some_and(|link| link.origin != Subgraph::INPUT);
        Some((input.widget.clone()?, if is_inside { Place::Inside } else { Place::Behind(at) }))
    });
    sockets.collect()
}

/// The places in the order of the widgets of a class. What the editor adds to a widget has the place of that.
fn by_class<'a>(
    node: &Node<'a>,
    class: &Class<'a>,
    sockets: &[(Cow<'a, str>, Place)],
    items: Vec<Value<'a>>,
) -> Option<Vec<Place>> {
    let mut names = KeyIndex::default();
    for (at, (name, _)) in sockets.iter().enumerate() {
        names.claim(name.clone(), at);
    }
    let count = items.len();
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let parts = Parts::of_file(class_type, class, &node.inputs, Saved::List(items));
    let (mut place, mut places) = (Place::First, Vec::with_capacity(count));
    for widget in parts.widgets.iter().filter(|widget| widget.is_saved) {
        if widget.spec.is_some() {
            place = names.get(&widget.name).map_or(Place::First, |at| sockets[at].1);
        }
        places.push(place);
    }
    (matches!(parts.fit, Fit::Fits | Fit::Older) && places.len() == count).then_some(places)
}

/// The places if each widget has a socket, in the order of the sockets; for classes that nobody knows.
fn by_sockets(sockets: &[(Cow<'_, str>, Place)], items: &[Value<'_>]) -> Option<Vec<Place>> {
    let (mut places, mut rest) = (Vec::with_capacity(items.len()), items);
    for (index, (name, place)) in sockets.iter().enumerate() {
        let (own, behind) = split_own(rest, name, sockets.len() - index - 1)?;
        places.extend(own.iter().map(|_| *place));
        rest = behind;
    }
    rest.is_empty().then_some(places)
}
