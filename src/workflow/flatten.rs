//! Flattening: turns a workflow into parameter keys and values.
//!
//! Rule (the service's clients, `workflow_parameters_maker.py`): per node, in file order, first
//! `_<id>-node-class_type-info` → title or class, then for each input `<id>-inputs-<name>` → its value unchanged.

use super::Workflow;
use super::keys::{INPUTS, input_key, label_key};
use crate::json::key_index::{self, KeyIndex};
use crate::json::{Str, Value, Writer};
use crate::text::find;

/// An entry of a flattened workflow.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    id: Str<'a>,
    /// The input's name; `None` for the node's label.
    input: Option<Str<'a>>,
    /// The value, or a link.
    pub value: Value<'a>,
}

impl<'a> Entry<'a> {
    /// The parameter key.
    pub fn key(&self) -> String {
        match self.input {
            Some(name) => input_key(&self.id.decode(), &name.decode()),
            None => label_key(&self.id.decode()),
        }
    }

    fn write_key(&self, out: &mut String) {
        match self.input {
            Some(name) => {
                self.id.write_canonical(out);
                out.push_str(INPUTS);
                name.write_canonical(out);
            }
            None => {
                out.push('_');
                self.id.write_canonical(out);
                out.push_str("-node-class_type-info");
            }
        }
    }
}

/// The entries of a flattened workflow, in file order; if two have the same key, the last value is in the place of the
/// first.
pub fn entries<'a>(workflow: &Workflow<'a>) -> Vec<Entry<'a>> {
    let mut entries = Vec::with_capacity(workflow.nodes.len() + workflow.inputs.len());
    for node in workflow.nodes() {
        entries.push(Entry { id: node.id, input: None, value: node.label() });
        entries.extend(workflow.inputs(node).iter().map(|input| Entry {
            id: node.id,
            input: Some(input.name),
            value: input.value,
        }));
    }
    if may_collide(workflow) { without_collisions(entries) } else { entries }
}

/// The flattened workflow as JSON text, with `indent` spaces per level, or compact for 0. Number literals stay as the
/// file writes them. The [first page](crate#flatten-a-workflow-and-apply-parameters) has an example.
pub fn to_json(workflow: &Workflow<'_>, indent: usize) -> String {
    write(&entries(workflow), indent, workflow.text.len())
}

/// Writes entries as one JSON object; `size_hint` is its likely length in bytes.
pub fn write(entries: &[Entry<'_>], indent: usize, size_hint: usize) -> String {
    let mut json = String::with_capacity(size_hint + size_hint / 4);
    Writer::indented(&mut json, indent).object(|out| {
        for entry in entries {
            out.key_with(|out| entry.write_key(out)).value(entry.value);
        }
    });
    json
}

/// Two entries can have the same key only if an id ends like the separator: `a-inputs` and `c` make the same key as
/// `a` and `inputs-c`.
fn may_collide(workflow: &Workflow<'_>) -> bool {
    workflow.nodes().iter().any(|node| find(&node.id.decode(), "-inputs").is_some())
}

fn without_collisions(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    let (mut kept, mut seen) = (Vec::with_capacity(entries.len()), KeyIndex::default());
    for entry in entries {
        key_index::put(&mut kept, &mut seen, entry.key().into(), entry);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> String {
        Workflow::parse(text.as_bytes()).map_or_else(|e| e.to_string(), |w| to_json(&w, 0))
    }

    #[test]
    fn labels_prefer_a_title_that_says_something() {
        for (meta, label) in [
            (r#""_meta":{"title":"T"}"#, r#""T""#),
            (r#""_meta":{"title":""}"#, r#""C""#),
            (r#""_meta":{"title":7}"#, "7"),
            (r#""_meta":{"title":[0]}"#, "[0]"),
            (r#""_meta":{"title":0}"#, r#""C""#),
            (r#""_meta":{}"#, r#""C""#),
            (r#""_meta":null"#, r#""C""#),
        ] {
            let text = format!(r#"{{"1":{{"class_type":"C",{meta}}}}}"#);
            assert_eq!(flat(&text), format!(r#"{{"_1-node-class_type-info":{label}}}"#));
        }
        assert_eq!(flat(r#"{"1":{"inputs":{}}}"#), r#"{"_1-node-class_type-info":null}"#);
    }

    #[test]
    fn colliding_keys_keep_the_last_value_at_the_first_place() {
        let text = r#"{"a":{"inputs":{"b-inputs-c":1,"d":2}},"a-inputs-b":{"inputs":{"c":3}}}"#;
        assert_eq!(
            flat(text),
            r#"{"_a-node-class_type-info":null,"a-inputs-b-inputs-c":3,"a-inputs-d":2,"_a-inputs-b-node-class_type-info":null}"#
        );
    }
}
