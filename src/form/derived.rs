//! The form that follows from a workflow, by the rules of the service's web app.

use super::design::Design;
use super::field::NodeSource;
use super::{Group, Schema, Source, label};
use crate::json::Value;
use crate::workflow::Node;
use std::borrow::Cow;

/// Nodes whose titles begin with these are selected; longer prefixes first.
const SELECTING: [&str; 3] = ["VC_BASIC", "VC_ADVANCED", "VC_ADV"];

/// The groups of all nodes, or of those whose titles select them. A design without fields still gives its texts.
pub(super) fn schema<'a>(source: &Source<'_, 'a>, design: Option<&Design<'a>>) -> Schema<'a> {
    let nodes = source.workflow.nodes();
    let only_selected = nodes.iter().any(|node| selected(node).is_some());
    let mut schema = design.map(Design::texts).unwrap_or_default();
    for node in nodes.iter().filter(|node| !only_selected || selected(node).is_some()) {
        let node = NodeSource::new(source, node);
        let mut fields = node.fields();
        // If two inputs have the same key, it means the last of them, as in a run.
        fields.retain(|field| {
            let input = source.keys.input(&field.key);
            input.is_some_and(|(node, input)| node.id.same_as(field.node) && input.name.same_as(field.input))
        });
        if fields.is_empty() {
            continue;
        }
        let is_basic = node.is_basic(&fields);
        let group = Group {
            node: node.node.id,
            class_type: node.node.class_type.and_then(Value::as_str),
            title: selected(node.node).unwrap_or_else(|| label(node.node)),
            visible: true,
            fields,
        };
        let groups = if is_basic { &mut schema.basic } else { &mut schema.advanced };
        groups.push(group);
    }
    if schema.basic.is_empty() {
        std::mem::swap(&mut schema.basic, &mut schema.advanced);
    }
    schema
}

/// The title of a node that is selected by it, without the prefix; the class if nothing else is left.
fn selected<'a>(node: &Node<'a>) -> Option<Cow<'a, str>> {
    let title = node.title?.as_str()?.decode();
    let rest = SELECTING.iter().find_map(|prefix| title.strip_prefix(prefix))?;
    let rest = rest.trim_matches([' ', '_', '-', ':']);
    if rest.is_empty() {
        return Some(node.class_type.map_or_else(|| node.id.decode(), Value::text));
    }
    Some(rest.to_owned().into())
}
