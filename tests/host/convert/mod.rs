//! Editor format to API format: the exports of ComfyUI's own page, and its rules one by one.

mod custom_nodes;
mod everywhere;
mod group_nodes;
pub mod hostile;
mod missing_inputs;
mod newest;
mod of_page;
mod page_nodes;
mod prompts;
mod report;
pub mod subgraphs;
mod values;
pub mod versions;
mod warnings;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use viewcomfy_wasm::convert::{Converted, Options, to_api_format};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::{Error, ErrorKind};

/// The definitions that come with the package.
pub static BUNDLED: LazyLock<Definitions> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/definitions.json");
    Definitions::parse_bundled(&fs::read(file).unwrap()).unwrap()
});

/// A few classes of our own, each for a rule that no class of ComfyUI shows alone.
pub static OURS: LazyLock<Definitions> = LazyLock::new(|| {
    Definitions::parse(include_bytes!("../../fixtures/convert/object_info.json").to_vec()).unwrap()
});

fn convert(workflow: &str, definitions: &Definitions) -> Result<Converted, Error> {
    to_api_format(workflow.as_bytes(), definitions, &Options::default())
}

/// A workflow of version 0.4 with these nodes and links, and what else a file has.
pub fn file(nodes: &str, links: &str, more: &str) -> String {
    format!(r#"{{"version": 0.4, "nodes": [{nodes}], "links": [{links}]{more}}}"#)
}

/// A node with its values and nothing else.
pub fn node(id: u32, class: &str, values: &str) -> String {
    format!(
        r#"{{"id": {id}, "type": "{class}", "mode": 0, "inputs": [], "outputs": [], "widgets_values": {values}}}"#
    )
}

/// The inputs of a node of a prompt, on one line.
fn inputs(json: &str, id: &str) -> String {
    let inputs = Value::parse(json).unwrap().get(id).and_then(|entry| entry.get("inputs"));
    one_line(inputs.unwrap_or_else(|| panic!("no node {id} in {json}")))
}

/// The inputs of the first node of a file with one node of our own definitions.
fn inputs_of(class: &str, values: &str) -> String {
    inputs(&convert(&file(&node(1, class, values), "", ""), &OURS).unwrap().json, "1")
}

fn keys(json: &str) -> Vec<String> {
    let entries = Value::parse(json).unwrap().entries();
    entries.into_iter().map(|(id, _)| id.decode().into_owned()).collect()
}

fn one_line(value: Value<'_>) -> String {
    let mut inside = false;
    let mut escaped = false;
    let kept = value.raw().chars().filter(|&c| {
        let kept = inside || !c.is_ascii_whitespace();
        inside ^= c == '"' && !escaped;
        escaped = inside && c == '\\' && !escaped;
        kept
    });
    kept.collect()
}

/// Reason, node and input of a refusal.
fn refusal(result: Result<Converted, Error>) -> (&'static str, Option<String>, Option<String>) {
    match result.unwrap_err().kind() {
        ErrorKind::CannotConvert { reason, node_id, input, message, .. } => {
            assert!(message.contains(": "), "no advice in {message:?}");
            (reason.as_str(), node_id.clone(), input.clone())
        }
        other => panic!("{other}"),
    }
}
