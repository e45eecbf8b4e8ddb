//! The values of a node, by the names of its widgets.
//!
//! The surest source comes first: an object in the file, the definition of a subgraph, the class. If no class is
//! known: the names that the file has beside its list, then the sockets if each widget has one, and otherwise numbers.

use super::fit::{is_button, is_control};
use super::{Named, Parts, Saved, by_name, instance};
use crate::definitions::Class;
use crate::editor::{self, Node, PageNode, Subgraph};
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// What is known about a node besides the node itself.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Known<'k, 'a> {
    /// It is an instance of this subgraph.
    Instance(&'k Subgraph<'a>),
    /// It has this class.
    Class(&'k Class<'a>),
    /// Nothing is known.
    Nothing,
}

/// The values of a node, by name. An instance of a group node has no values itself: its list is that of the nodes
/// inside, see [`in_group`](super::in_group()).
pub fn named<'a>(node: &Node<'a>, known: Known<'_, 'a>, saved: Saved<'a>) -> Named<'a> {
    let class_type = node.class_type.as_deref().unwrap_or_default();
    match (known, by_name::told(class_type, &saved)) {
        (Known::Class(class), Some(named)) => with_others(of_class(node, class, saved), named),
        (_, Some(named)) => named,
        (Known::Instance(group), None) if group.is_group_node => Vec::new(),
        (Known::Instance(subgraph), None) => instance::values(node, subgraph, saved.list()),
        (Known::Class(class), None) if class.is_custom() => {
            // An unknown version may have inputs that only the file names.
            let others = match &saved {
                Saved::List(items) => by_sockets(&node.inputs, items),
                Saved::ByName(_) | Saved::None => None,
            };
            with_others(of_class(node, class, saved), others.unwrap_or_default())
        }
        (Known::Class(class), None) => of_class(node, class, saved),
        (Known::Nothing, None) => by_file(node, &saved).unwrap_or_else(|| numbered(saved.list())),
    }
}

/// The values of a class's inputs. Buttons and what else the editor puts beside them are not told.
fn of_class<'a>(node: &Node<'a>, class: &Class<'a>, saved: Saved<'a>) -> Named<'a> {
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let parts = Parts::of_file(class_type, class, &node.inputs, saved);
    let inputs = parts.widgets.into_iter().filter(|widget| widget.is_sent && widget.spec.is_some());
    let named = inputs.filter_map(|widget| match widget.value? {
        // Fresh from a file, values are parts of the file or of the definitions.
        Cow::Borrowed(json) => Some((widget.name, Value::parse(json).ok()?)),
        Cow::Owned(_) => None,
    });
    named.collect()
}

/// What a class's inputs have, then what else the file names.
fn with_others<'a>(mut named: Named<'a>, others: Named<'a>) -> Named<'a> {
    let mut names = KeyIndex::default();
    named.iter().for_each(|(name, _)| _ = names.claim(name.clone(), 0));
    named.extend(others.into_iter().filter(|(name, _)| names.claim(name.clone(), 0).is_none()));
    named
}

/// What the file alone tells; none where it does not name every value.
pub(super) fn by_file<'a>(node: &Node<'a>, saved: &Saved<'a>) -> Option<Named<'a>> {
    let class_type = node.class_type.as_deref().unwrap_or_default();
    if let Some(named) = by_name::told(class_type, saved) {
        return Some(named);
    }
    let Saved::List(items) = saved else { return Some(Vec::new()) };
    if let Some(named) = node.widgets.named {
        return Some(by_name::entries(named));
    }
    if let Some(name) = PageNode::of(class_type).and_then(|page_node| page_node.widget(class_type)) {
        return Some(items.iter().take(1).map(|value| (name.into(), *value)).collect());
    }
    if items.is_empty() { Some(Vec::new()) } else { by_sockets(&node.inputs, items) }
}

/// Gives each socket that is a widget's the next value; none when the values are not those of the sockets.
pub(super) fn by_sockets<'a>(inputs: &[editor::Input<'a>], items: &[Value<'a>]) -> Option<Named<'a>> {
    let sockets: Vec<_> = inputs.iter().filter_map(|input| input.widget.as_ref()).collect();
    let (mut pairs, mut rest) = (Vec::with_capacity(sockets.len()), items);
    for (index, name) in sockets.iter().enumerate() {
        let (own, behind) = split_own(rest, name, sockets.len() - index - 1)?;
        pairs.push(((*name).clone(), own[0]));
        rest = behind;
    }
    (!pairs.is_empty() && rest.iter().all(|value| is_button(*value))).then_some(pairs)
}

/// The values of the widget with this name, and those behind them: its own and, if `left` widgets still get one each, what
/// says how that is redrawn.
pub(super) fn split_own<'v, 'a>(
    rest: &'v [Value<'a>],
    name: &str,
    left: usize,
) -> Option<(&'v [Value<'a>], &'v [Value<'a>])> {
    let next = rest.get(1).filter(|_| rest.len() - 2 >= left);
    rest.split_at_checked(if next.is_some_and(|next| is_setting(name, *next)) { 2 } else { 1 })
}

/// Whether a value after the one of this name says how that is redrawn; null if a pack hides what says it.
fn is_setting(name: &str, value: Value<'_>) -> bool {
    is_control(value) || value.kind() == Kind::Null && matches!(name, "seed" | "noise_seed")
}

fn numbered(items: Vec<Value<'_>>) -> Named<'_> {
    items.into_iter().enumerate().map(|(index, value)| (format!("widget_{index}").into(), value)).collect()
}
