//! The widgets of a node of an unknown class: its saved values, with the names that the file has.

use super::by_name::is_sent;
use super::named::by_file;
use super::{Saved, Widget};
use crate::editor::Node;
use crate::json::string::write_literal;
use crate::json::value::Kind;
use crate::json::{Value, Writer};
use std::borrow::Cow;

/// The widgets of a node, and whether the file names them all.
pub fn widgets<'a>(node: &Node<'a>, saved: Saved<'a>) -> (Vec<Widget<'a>>, bool) {
    let Some(named) = by_file(node, &saved) else {
        let widgets = unnamed(saved).into_iter().chain(linked(node));
        return (widgets.collect(), false);
    };
    let sent = named.into_iter().filter(|(name, _)| is_sent(name));
    (sent.map(|(name, value)| Widget::of_file(name, value.raw().into())).collect(), true)
}

/// The widgets to which something is linked, whose names every file has: a primitive node may write into them.
fn linked<'n, 'a>(node: &'n Node<'a>) -> impl Iterator<Item = Widget<'a>> + use<'n, 'a> {
    let inputs = node.inputs.iter().filter(|input| input.link.is_some());
    let names = inputs.filter_map(|input| input.widget.clone());
    names.map(|name| Widget { value: None, ..Widget::of_file(name, "".into()) })
}

/// Widgets `UNKNOWN`, `UNKNOWN_1`, … as in ComfyUI's page. A value that is not a text, a number or a boolean becomes
/// its JSON text.
pub fn unnamed<'a>(saved: Saved<'a>) -> Vec<Widget<'a>> {
    let name = |index: usize| match index {
        0 => Cow::Borrowed("UNKNOWN"),
        _ => format!("UNKNOWN_{index}").into(),
    };
    let value = |value: Value<'a>| match value.kind() {
        Kind::String | Kind::Number | Kind::Boolean => Cow::Borrowed(value.raw()),
        _ => {
            let mut compact = String::new();
            Writer::compact(&mut compact).value(value);
            let mut text = String::new();
            write_literal(&mut text, &compact);
            text.into()
        }
    };
    let values = saved.list().into_iter().enumerate();
    values.map(|(index, saved)| Widget::of_file(name(index), value(saved))).collect()
}
