//! A node with its inputs.

use serde_json::{Map, Value};

use super::payload::Payload;
use crate::job::NodeFiles;
use crate::node_kind::NodeKind;

/// A node with its inputs.
pub struct Node {
    pub class_type: String,
    pub kind: NodeKind,
    /// Inputs that are not links, in file order.
    pub literals: Map<String, Value>,
    /// Linked inputs, in file order.
    pub linked: Vec<(String, Payload)>,
    pub files: NodeFiles,
    /// The hash of everything that led here.
    pub seed: u64,
}

impl Node {
    /// The payload of a linked input.
    pub fn payload(&self, input: &str) -> Option<&Payload> {
        self.linked.iter().find(|(name, _)| name == input).map(|(_, payload)| payload)
    }

    /// An input's value, given here or by another node.
    pub fn value(&self, input: &str) -> Option<&Value> {
        self.literals.get(input).or_else(|| self.payload(input)?.value.as_ref())
    }

    /// An input as an integer; one that is out of range counts as missing.
    pub fn number(&self, input: &str) -> Option<u32> {
        let value = self.value(input)?;
        let number = value.as_u64().or_else(|| value.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64))?;
        number.try_into().ok()
    }

    /// An input as text.
    pub fn text(&self, input: &str) -> Option<&str> {
        self.value(input)?.as_str()
    }

    /// The payloads of all links, merged. A negative prompt affects the seed only.
    pub fn gathered(&self) -> Payload {
        let mut all = Payload { seed: self.seed, ..Payload::default() };
        for (name, payload) in &self.linked {
            if name.starts_with("negative") {
                continue;
            }
            all.merge(payload, name.contains("latent") || name == "samples");
        }
        all
    }
}
