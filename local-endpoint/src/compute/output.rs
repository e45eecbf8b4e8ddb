//! The outcome of a node: what it passes on and what it saved, or why it failed.

use super::payload::Payload;
use crate::result::OutputFile;

/// What a node outputs.
#[derive(Default)]
pub struct NodeOutput {
    /// One per output of the node, if they differ.
    pub slots: Vec<Payload>,
    /// Files saved.
    pub files: Vec<OutputFile>,
}

impl NodeOutput {
    /// The same payload for all of the node's outputs, and no file.
    pub fn of(payload: Payload) -> Self {
        Self { slots: vec![payload], files: Vec::new() }
    }
}

/// Why a node failed, in Python's terms.
#[derive(Debug)]
pub struct Failure {
    pub exception: &'static str,
    pub message: String,
}

impl Failure {
    /// A failure with the name of a Python exception.
    pub fn new(exception: &'static str, message: &str) -> Self {
        Self { exception, message: message.to_owned() }
    }
}
