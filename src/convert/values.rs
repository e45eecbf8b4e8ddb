//! The values of one node under the names of its widgets.

use super::build::build_widgets;
use super::open_graph::{Kind, Mode, Node};
use super::restore::restore_values;
use crate::definitions::Class;
use crate::json::Value;
use std::borrow::Cow;

/// Gives the inputs of a class the values that a file has for its widgets, in the widgets' order. Buttons and what else
/// the editor puts beside them take their places, but are not told.
pub fn named_values<'a>(
    class_type: Cow<'a, str>,
    class: &Class<'a>,
    values: Vec<Value<'a>>,
) -> Vec<(Cow<'a, str>, Value<'a>)> {
    let mut node = Node {
        id: "".into(),
        class: class_type,
        kind: Kind::Known,
        mode: Mode::Active,
        title: None,
        search_name: None,
        widgets: Vec::new(),
        slots: Vec::new(),
        outputs: Vec::new(),
        replaces_text: false,
        pack: None,
        surplus: None,
    };
    build_widgets(&mut node, class, &|_| false);
    restore_values(&mut node, values, class, &|_| false);
    let inputs = node.widgets.into_iter().filter(|widget| widget.is_sent && widget.spec.is_some());
    let named = inputs.filter_map(|widget| match widget.value? {
        // Until they are emitted, values are parts of the file or of the definitions.
        Cow::Borrowed(json) => Some((widget.name, Value::parse(json).ok()?)),
        Cow::Owned(_) => None,
    });
    named.collect()
}
