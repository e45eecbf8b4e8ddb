//! Inspects a workflow: its graph, the inputs that people set, the models it needs, its problems.
//!
//! Each format has a reader that makes a [`Graph`]; everything that follows from it is found in the same way for both.

mod api;
mod app;
mod by_name;
mod classes;
mod editor;
mod folders;
mod kinds;
mod lanes;
pub mod layout;
pub mod model;
mod models;
mod notes;
mod order;
mod outputs;
mod packs;
mod preparing;
mod problem;
mod problems;
pub mod recipe;
pub mod write;

pub use api::graph as api_graph;
pub use editor::graph as editor_graph;
pub use model::{Graph, Inspection};

use crate::definitions::{Class, KnownClasses};
use crate::editor::Document;
use crate::workflow::Workflow;
use crate::{Error, ErrorKind};
use model::{Given, InputKind, Mode, Node, Output};
use order::Edges;
use outputs::End;
use problems::Subject;
use std::borrow::Cow;

/// Inspects a file of either format, and returns the result as JSON for the npm package.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`] for anything that is not a workflow.
pub fn file_to_json<'d>(bytes: &[u8], known: impl Into<KnownClasses<'d>>) -> Result<String, Error> {
    let known = known.into();
    let mut scratch = String::new();
    match Workflow::open(bytes, &mut scratch) {
        Ok(workflow) => to_json(&inspect(api_graph(&workflow), known)),
        Err(error) if matches!(error.kind(), ErrorKind::EditorWorkflow {}) => {
            let mut scratch = String::new();
            let document = Document::open(bytes, &mut scratch)?;
            to_json(&inspect(editor_graph(&document, known)?, known))
        }
        Err(error) => Err(error),
    }
}

fn to_json(inspection: &Inspection<'_>) -> Result<String, Error> {
    let recipes = recipe::of(&inspection.graph, &inspection.order)?;
    Ok(write::to_json(inspection, &recipes))
}

/// Inspects the workflow in `graph`, and checks it against the definitions in `known`.
///
/// ```
/// use viewcomfy_wasm::definitions::KnownClasses;
/// use viewcomfy_wasm::inspect::{api_graph, inspect, model::Code};
/// use viewcomfy_wasm::workflow::Workflow;
///
/// let file = br#"{"9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0]}}}"#;
/// let inspection = inspect(api_graph(&Workflow::parse(file)?), KnownClasses::default());
/// assert_eq!(inspection.problems[0].code, Code::LinkToMissingNode);
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
pub fn inspect<'a>(mut graph: Graph<'a>, known: impl Into<KnownClasses<'a>>) -> Inspection<'a> {
    let known = known.into();
    let edges = Edges::new(&graph.nodes);
    let order = edges.order();
    let classes = classes::of(&graph.nodes, known);
    let muted: Vec<bool> = graph.nodes.iter().map(|node| node.mode == Mode::Muted).collect();
    let mut ends = Vec::with_capacity(graph.nodes.len());
    for (index, node) in graph.nodes.iter_mut().enumerate() {
        node.depth = order.depths[index];
        let class = classes[index].as_deref();
        let end = outputs::end(node, class);
        // What something reads from more likely only prepares it.
        node.is_output = end == End::Yes || (end == End::Perhaps && !edges.is_read(index, &muted));
        ends.push(end);
        describe(node, class);
    }
    count_readers(&mut graph.nodes);
    settle(&mut ends, &graph.nodes);
    let needed = edges.needed(&graph.nodes, &ends, false);
    let perhaps_needed = edges.needed(&graph.nodes, &ends, true);
    let subject = Subject {
        graph: &graph,
        edges: &edges,
        order: &order,
        ends: &ends,
        needed: &needed,
        perhaps_needed: &perhaps_needed,
        classes: &classes,
        known,
    };
    let problems = problems::find(&subject);
    let models = models::of(&graph.nodes, &graph.model_files);
    let (packs, notes) = (packs::of(&graph.nodes), notes::of(&graph.nodes));
    Inspection { graph, order: order.order, depth: order.longest, models, packs, notes, problems }
}

/// Where no node is known to end a run, those end it that most likely do: a run that can start ends somewhere.
fn settle(ends: &mut [End], nodes: &[Node<'_>]) {
    if nodes.iter().zip(&*ends).any(|(node, end)| node.runs() && *end == End::Yes) {
        return;
    }
    for (end, _) in ends.iter_mut().zip(nodes).filter(|(_, node)| node.is_output) {
        *end = End::Yes;
    }
}

/// Adds what the class and the names say about a node's inputs and outputs.
fn describe<'a>(node: &mut Node<'a>, class: Option<&Class<'a>>) {
    if let Some(class) = class {
        node.category = class.category.map(|category| category.decode());
        classes::attach(node, class);
    }
    let class_type = node.class_type.clone().unwrap_or_default();
    for input in &mut node.inputs {
        let spec = input.expected.as_ref().map(|expected| &*expected.spec);
        input.kind = match &input.given {
            Given::Link(_) if spec.is_none() => InputKind::Link,
            _ => kinds::kind(&class_type, &input.name, input.value(), spec),
        };
        input.settable = input.value().is_some() && kinds::is_settable(&input.name, input.kind);
    }
}

/// Counts the inputs that read from each output, and adds outputs that are known only from links.
fn count_readers(nodes: &mut [Node<'_>]) {
    /// A link may claim any index; above this one it says nothing about how many outputs there are.
    const MAX_OUTPUTS: usize = 64;
    let mut read = Vec::new();
    for node in nodes.iter() {
        let links = node.inputs.iter().filter_map(|input| input.link());
        read.extend(links.filter_map(|link| Some((link.node?, link.output?))));
    }
    for (from, output) in read {
        let Some(node) = nodes.get_mut(from) else { continue };
        while node.outputs.len() <= output.min(MAX_OUTPUTS - 1) {
            let name = Cow::Owned(node.outputs.len().to_string());
            node.outputs.push(Output { name, kind: None, links: 0 });
        }
        if let Some(output) = node.outputs.get_mut(output) {
            output.links += 1;
        }
    }
}
