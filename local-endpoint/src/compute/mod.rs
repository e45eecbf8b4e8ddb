//! What nodes output: exact where no model is needed, drawn procedurally where one is.

mod animation;
mod audio;
mod blend;
mod drawing;
mod exact;
mod fingerprint;
mod load;
mod node;
mod noise;
mod output;
mod palette;
mod payload;
mod save;

use std::sync::Arc;

use serde_json::Value;

pub use fingerprint::Fingerprint;
pub use node::Node;
pub use noise::between;
pub use output::{Failure, NodeOutput};
pub use payload::Payload;

use crate::node_kind::NodeKind;

/// The most pictures made from one latent.
const MAX_PICTURES: u32 = 16;

/// Computes a node. `prompt` is the whole workflow as text, which saved files contain.
pub fn compute(node: &Node, prompt: &str) -> Result<NodeOutput, Failure> {
    if let Some(outcome) = exact::compute(node) {
        return outcome;
    }
    match node.kind {
        NodeKind::LoadImage => load::load(node),
        NodeKind::Save(saving) => save::save(node, saving, prompt),
        NodeKind::Decode => Ok(decode(node)),
        _ => Ok(NodeOutput::of(pass_on(node))),
    }
}

/// A latent's pictures: drawn if it was sampled, otherwise those that were encoded.
fn decode(node: &Node) -> NodeOutput {
    let mut payload = node.gathered();
    if let Some(source) = payload.source.take_if(|_| !payload.sampled) {
        payload.pictures = vec![source];
        return NodeOutput::of(payload);
    }
    let count = payload.batch.unwrap_or(1).clamp(1, MAX_PICTURES);
    let canvas = payload.canvas();
    payload.sampled = true;
    payload.pictures = (0..count).map(|index| Arc::new(payload.drawn(index, 0.0, canvas))).collect();
    NodeOutput::of(payload)
}

/// What a node passes on if it is not computed.
fn pass_on(node: &Node) -> Payload {
    let mut payload = node.gathered();
    payload.steps = node.number("steps").or(payload.steps);
    payload.batch = node.number("batch_size").or(payload.batch);
    if let (Some(width), Some(height)) = (node.number("width"), node.number("height")) {
        payload.size = Some((width, height));
    }
    if node.linked.is_empty() {
        payload.value = only_value(node);
    }
    match node.kind {
        NodeKind::Text => add_words(&mut payload, node),
        NodeKind::Encode => encode(&mut payload),
        NodeKind::Sampler => {
            encode(&mut payload);
            payload.sampled = true;
        }
        _ => {}
    }
    payload
}

/// The value of a node that has only one, such as a primitive.
fn only_value(node: &Node) -> Option<Value> {
    let mut values = node.literals.values().filter(|value| !value.is_array() && !value.is_object());
    let first = values.next()?;
    values.next().is_none().then(|| first.clone())
}

fn add_words(payload: &mut Payload, node: &Node) {
    let linked = node.linked.iter().filter_map(|(_, payload)| payload.value.as_ref());
    for text in node.literals.values().chain(linked).filter_map(Value::as_str) {
        payload.text.push(' ');
        payload.text.push_str(text);
    }
}

/// Makes a picture the source of what a model will make.
fn encode(payload: &mut Payload) {
    let Some(picture) = payload.pictures.first().cloned() else { return };
    payload.pictures.clear();
    payload.size = payload.size.or(Some(picture.dimensions()));
    payload.source = Some(picture);
}
