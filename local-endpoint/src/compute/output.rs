//! The outcome of a node: what it passes on and what it saved, or why it failed.

use super::payload::Payload;
use crate::result::OutputFile;

/// What a node made.
#[derive(Default)]
pub struct NodeOutput {
    /// One per output of the node, as far as they differ.
    pub slots: Vec<Payload>,
    /// Files saved.
    pub files: Vec<OutputFile>,
}

impl NodeOutput {
    /// The same for all of the node's outputs, and no file.
    pub fn of(payload: Payload) -> Self {
        Self { slots: vec![payload], files: Vec::new() }
    }
}

/// Why a node failed, as Python would say it.
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
