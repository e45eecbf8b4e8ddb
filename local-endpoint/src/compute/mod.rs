//! What nodes make: exactly where no model is needed, drawn by rule where one is.

mod animation;
mod blend;
mod drawing;
mod exact;
mod ink;
mod load;
mod matter;
mod palette;
mod save;
mod tone;

use std::sync::Arc;

use serde_json::Value;

pub use ink::{Ink, Random};
pub use matter::{Matter, Node};

use crate::kind::Kind;
use crate::result::OutputFile;

/// The most pictures that one latent gives.
const MAX_PICTURES: u32 = 16;

/// What a node made.
#[derive(Default)]
pub struct Made {
    /// One per output of the node, as far as they differ.
    pub slots: Vec<Matter>,
    /// Files saved.
    pub files: Vec<OutputFile>,
}

impl Made {
    fn one(matter: Matter) -> Self {
        Self { slots: vec![matter], files: Vec::new() }
    }
}

/// Why a node failed, as Python would say it.
#[derive(Debug)]
pub struct Failure {
    pub exception: &'static str,
    pub message: String,
}

impl Failure {
    fn new(exception: &'static str, message: &str) -> Self {
        Self { exception, message: message.to_owned() }
    }
}

/// Computes a node. `prompt` is the whole workflow as text, for the files saved.
pub fn compute(node: &Node, prompt: &str) -> Result<Made, Failure> {
    if let Some(outcome) = exact::compute(node) {
        return outcome;
    }
    match node.kind {
        Kind::LoadImage => load::load(node),
        Kind::Save(saving) => save::save(node, saving, prompt),
        Kind::Decode => Ok(decode(node)),
        _ => Ok(Made::one(hand_on(node))),
    }
}

/// A latent's pictures: drawn when it was sampled, else what was encoded.
fn decode(node: &Node) -> Made {
    let mut matter = node.gathered();
    if let Some(source) = matter.source.take_if(|_| !matter.sampled) {
        matter.pictures = vec![source];
        return Made::one(matter);
    }
    let count = matter.batch.unwrap_or(1).clamp(1, MAX_PICTURES);
    let canvas = matter.canvas();
    matter.sampled = true;
    matter.pictures = (0..count).map(|index| Arc::new(matter.drawn(index, 0.0, canvas))).collect();
    Made::one(matter)
}

/// What goes on from a node that is not computed.
fn hand_on(node: &Node) -> Matter {
    let mut matter = node.gathered();
    matter.steps = node.number("steps").or(matter.steps);
    matter.batch = node.number("batch_size").or(matter.batch);
    if let (Some(width), Some(height)) = (node.number("width"), node.number("height")) {
        matter.size = Some((width, height));
    }
    if node.linked.is_empty() {
        matter.value = only_value(node);
    }
    match node.kind {
        Kind::Text => add_words(&mut matter, node),
        Kind::Encode => encode(&mut matter),
        Kind::Sampler => {
            encode(&mut matter);
            matter.sampled = true;
        }
        _ => {}
    }
    matter
}

/// The value of a node that has just one, such as a primitive.
fn only_value(node: &Node) -> Option<Value> {
    let mut values = node.literals.values().filter(|value| !value.is_array() && !value.is_object());
    let first = values.next()?;
    values.next().is_none().then(|| first.clone())
}

fn add_words(matter: &mut Matter, node: &Node) {
    let linked = node.linked.iter().filter_map(|(_, matter)| matter.value.as_ref());
    for text in node.literals.values().chain(linked).filter_map(Value::as_str) {
        matter.text.push(' ');
        matter.text.push_str(text);
    }
}

/// Makes a picture the source of what a model will make.
fn encode(matter: &mut Matter) {
    let Some(picture) = matter.pictures.first().cloned() else { return };
    matter.pictures.clear();
    matter.size = matter.size.or(Some(picture.dimensions()));
    matter.source = Some(picture);
}
