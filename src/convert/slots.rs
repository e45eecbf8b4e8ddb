//! Output slots of a node, and input slots that lost their widget.

use super::open_graph::{Kind, Node, OutputSlot, ids};
use crate::definitions::Class;
use crate::editor;
use crate::widgets::type_of;

/// The outputs of a node of a class, matched by index: the links are the file's, the types the definition's.
pub fn outputs<'a>(class: &Class<'a>, saved: &[editor::Output<'a>]) -> Vec<OutputSlot<'a>> {
    let count = class.outputs.len().max(saved.len());
    let kind = |index: usize| {
        let own = class.outputs.get(index).map(|output| output.kind.clone());
        own.or_else(|| saved.get(index).map(|saved| type_of(saved.kind))).unwrap_or_default()
    };
    let links = |index: usize| saved.get(index).map(|saved| ids(&saved.links)).unwrap_or_default();
    (0..count).map(|index| OutputSlot { kind: kind(index), links: links(index) }).collect()
}

/// Output slots as the file has them.
pub fn outputs_of_file<'a>(saved: &[editor::Output<'a>]) -> Vec<OutputSlot<'a>> {
    saved.iter().map(|saved| OutputSlot { kind: type_of(saved.kind), links: ids(&saved.links) }).collect()
}

/// Removes the slots of widgets that the node does not have.
pub fn drop_dead(node: &mut Node<'_>) {
    if node.kind != Kind::Known {
        return;
    }
    let mut slots = std::mem::take(&mut node.slots);
    slots.retain(|slot| slot.widget.as_deref().is_none_or(|name| node.widget(name).is_some()));
    node.slots = slots;
}
