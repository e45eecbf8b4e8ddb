//! Workflows in API format: nodes with their members in any order, and what flattening must make of them.

use super::json::{Json, json, leaf, put, write_key, write_list, write_space};
use super::output::unknown;
use super::style::style;
use super::text::{Text, whole_text};
use super::{Bytes, Style};
use proptest::prelude::*;
use std::fmt;

/// A workflow's text, and its flattened entries in order.
#[derive(Clone)]
pub struct Workflow {
    pub text: Bytes,
    pub flat: Vec<(String, Json)>,
}

/// Its text says it all.
impl fmt::Debug for Workflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// A node: its id and its members in the order in which they are written. Ids, members and inputs may repeat.
#[derive(Debug, Clone)]
struct Node {
    id: Text,
    members: Vec<Member>,
}

#[derive(Debug, Clone)]
enum Member {
    Inputs(Vec<(Text, Json)>),
    Class(Json),
    Meta(Json),
    Unknown(Text, Json),
}

impl Member {
    fn write(&self, out: &mut String, style: &mut Style) {
        let (key, value) = match self {
            Self::Inputs(inputs) => (Text::from("inputs"), &Json::Object(inputs.clone())),
            Self::Class(class) => (Text::from("class_type"), class),
            Self::Meta(meta) => (Text::from("_meta"), meta),
            Self::Unknown(key, value) => (key.clone(), value),
        };
        write_key(out, style, &key);
        value.write(out, style);
    }
}

fn get<'j>(json: &'j Json, key: &str) -> Option<&'j Json> {
    let Json::Object(entries) = json else { return None };
    entries.iter().rev().find(|(name, _)| name.decoded() == key).map(|(_, value)| value)
}

/// True for what Python holds to be false.
fn is_falsy(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::Boolean(value) => !value,
        Json::Number(literal) => literal.parse::<f64>() == Ok(0.0),
        Json::Text(text) => text.decoded().is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(entries) => entries.is_empty(),
    }
}

fn label(node: &Node) -> Json {
    let (mut class, mut title) = (Json::Null, None);
    for member in &node.members {
        match member {
            Member::Class(value) => class = value.clone(),
            Member::Meta(meta) => title = get(meta, "title").cloned(),
            _ => {}
        }
    }
    title.filter(|title| !is_falsy(title)).unwrap_or(class)
}

fn flattened(nodes: &[Node]) -> Vec<(String, Json)> {
    let (mut by_id, mut flat) = (Vec::new(), Vec::new());
    for node in nodes {
        put(&mut by_id, node.id.decoded(), node);
    }
    for (id, node) in by_id {
        put(&mut flat, format!("_{id}-node-class_type-info"), label(node));
        let inputs = node.members.iter().rev().find_map(|member| match member {
            Member::Inputs(inputs) => Some(inputs.as_slice()),
            _ => None,
        });
        let mut by_name = Vec::new();
        for (name, value) in inputs.unwrap_or_default() {
            put(&mut by_name, name.decoded(), value.clone());
        }
        for (name, value) in by_name {
            put(&mut flat, format!("{id}-inputs-{name}"), value);
        }
    }
    flat
}

fn written(nodes: &[Node], mut style: Style) -> Workflow {
    let mut text = String::new();
    if style.once_in(5) {
        text.push('\u{feff}');
    }
    write_space(&mut text, &mut style);
    write_list(&mut text, &mut style, ['{', '}'], nodes, |out, style, node| {
        write_key(out, style, &node.id);
        write_list(out, style, ['{', '}'], &node.members, |out, style, member| member.write(out, style));
    });
    write_space(&mut text, &mut style);
    Workflow { text: Bytes(text.into_bytes()), flat: flattened(nodes) }
}

/// Any workflow, written in any way.
pub fn workflow() -> impl Strategy<Value = Workflow> {
    let nodes = prop::collection::vec(node(), 1..6).prop_filter("not one node to know it by", |nodes| {
        nodes
            .iter()
            .flat_map(|node| &node.members)
            .any(|member| matches!(member, Member::Inputs(_) | Member::Class(_)))
    });
    (nodes, style()).prop_map(|(nodes, style)| written(&nodes, style))
}

/// Ids that repeat, that hold the separator of keys, and any other.
fn name() -> impl Strategy<Value = Text> {
    const USUAL: [&str; 14] =
        ["1", "2", "57:3", "-", "a", "a-inputs", "a-inputs-b", "b", "c", "inputs", "_1", "seed", "text", ""];
    prop_oneof![3 => prop::sample::select(&USUAL[..]).prop_map(Text::from), 2 => whole_text()]
}

fn node() -> impl Strategy<Value = Node> {
    let title = (Just(Text::from("title")), prop_oneof![leaf(), json()]);
    let meta = prop_oneof![
        4 => prop::collection::vec(title, 1..3).prop_map(Json::Object),
        1 => json(),
    ];
    let member = prop_oneof![
        4 => prop::collection::vec((name(), json()), 0..6).prop_map(Member::Inputs),
        3 => leaf().prop_map(Member::Class),
        2 => meta.prop_map(Member::Meta),
    ];
    let members = (prop::collection::vec(member, 1..4), unknown(&["inputs", "class_type", "_meta"]))
        .prop_map(|(mut members, unknown)| {
            members.extend(unknown.into_iter().map(|(key, value)| Member::Unknown(key, value)));
            members
        })
        .prop_shuffle();
    // Names that make an object something else than a workflow have tests of their own.
    let id = name().prop_filter("a wrapper's name", |id| {
        !["prompt", "nodes", "file_type"].contains(&id.decoded().as_str())
    });
    (id, members).prop_map(|(id, members)| Node { id, members })
}
