//! Why inspection and conversion may differ, one cause each.

use std::collections::BTreeSet;
use viewcomfy_wasm::definitions::KnownClasses;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::model::{Given, Graph, Node};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;

/// Why the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The page gives nodes new ids where an id is used twice and in group nodes; inspection keeps those of the file.
    Renumbered,
    /// Values without names, of a class that the definitions do not have, are numbered otherwise in the prompt.
    UnknownClass,
    /// Inspection shows the link to a primitive node, the prompt has the value that the primitive writes.
    Primitive,
    /// The page sends a widget that it adds itself and that is not an input of the class, such as an option or a button.
    PageWidget,
    /// An array is sent in an object, so that the server does not take it for a link.
    Wrapped,
    /// What is sent is made of the value: placeholders in a file name, the old name of a sampler.
    MadeOnSending,
}

/// One value: what conversion sends, and what inspection says.
pub struct Spot<'s, 'a> {
    pub file: &'s str,
    pub input: &'s str,
    pub node: &'s Node<'a>,
    pub sent: Option<Value<'s>>,
    pub given: Option<&'s Given<'a>>,
}

impl Spot<'_, '_> {
    /// Why the two differ here; none where no listed cause explains it.
    pub fn cause(&self, graph: &Graph<'_>, known: KnownClasses<'_>) -> Option<Cause> {
        let class_type = self.node.class_type.as_deref()?;
        let Some(class) = known.class(class_type) else { return Some(Cause::UnknownClass) };
        match (self.sent, self.given) {
            (Some(_), Some(Given::Link(link))) => {
                let origin = &graph.nodes[link.node?];
                (origin.class_type.as_deref() == Some("PrimitiveNode")).then_some(Cause::Primitive)
            }
            (Some(_), None) => {
                let is_input = self.input.contains('.')
                    || class.input(self.input).is_some()
                    || class.older().iter().any(|older| older.input(self.input).is_some());
                (!is_input).then_some(Cause::PageWidget)
            }
            (Some(sent), Some(Given::Value(own))) => made_of(self.input, *own, sent),
            _ => None,
        }
    }
}

fn made_of(input: &str, own: Value<'_>, sent: Value<'_>) -> Option<Cause> {
    if sent.get("__value__").is_some_and(|sent| same_value(sent, own)) {
        return Some(Cause::Wrapped);
    }
    // A field for text of several lines makes texts of numbers.
    if own.as_str().is_none() {
        let number = |text: &str| text.parse::<f64>().ok();
        let text = sent.as_str()?.decode();
        let is_same = *text == *own.raw() || number(&text).is_some() && number(&text) == number(own.raw());
        return is_same.then_some(Cause::MadeOnSending);
    }
    let text = own.as_str()?.decode();
    let is_made = match input {
        "filename_prefix" => text.contains('%'),
        "sampler_name" => text.strip_prefix("sample_") == sent.as_str().map(|sent| sent.decode()).as_deref(),
        _ => false,
    };
    is_made.then_some(Cause::MadeOnSending)
}

/// Whether the page gives any node of the file a new id.
pub fn is_renumbered(document: &Document<'_>) -> bool {
    let mut known = BTreeSet::new();
    let graphs = document.subgraphs.iter().map(|subgraph| &subgraph.graph).chain([&document.root]);
    let mut nodes = graphs.flat_map(|graph| &graph.nodes);
    !document.group_nodes.is_empty() || nodes.any(|node| !known.insert(&node.id))
}
