//! What is known of a node whose class nobody knows: its saved values, without names.

use super::{Saved, Widget, WidgetKind};
use crate::json::string::write_literal;
use crate::json::value::Kind;
use crate::json::{Value, Writer};
use std::borrow::Cow;

/// Widgets `UNKNOWN`, `UNKNOWN_1`, … with the saved values; what is neither text, number nor boolean as its JSON text.
pub fn widgets<'a>(saved: Saved<'a>) -> Vec<Widget<'a>> {
    // By name there is nothing that the editor would know.
    let Saved::List(values) = saved else { return Vec::new() };
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
    let widget = |(index, saved): (usize, Value<'a>)| Widget {
        name: name(index),
        kind: WidgetKind::Other,
        value: Some(value(saved)),
        is_saved: true,
        is_sent: true,
        spec: None,
    };
    values.into_iter().enumerate().map(widget).collect()
}
