//! A workflow in API format: parses it, flattens it, and puts values back.

pub mod apply;
mod carried;
pub mod flatten;
mod keys;
mod parse;

pub use carried::Carried;
#[cfg(any(feature = "client", feature = "inspect"))]
pub(crate) use keys::names_a_seed;
pub use keys::{Keys, input_key, is_label_key};

use crate::json::{Str, Value};
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::ops::Range;

/// The largest workflow that is read, in bytes. Real ones have less than a few megabytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// A parsed workflow: spans of the text it was read from, in file order.
#[derive(Debug, Default)]
pub struct Workflow<'a> {
    text: &'a str,
    nodes: Vec<Node<'a>>,
    inputs: Vec<Input<'a>>,
}

/// A node of a workflow.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    /// The key of the node in the file.
    pub id: Str<'a>,
    /// `class_type`, of any type; `None` if missing.
    pub class_type: Option<Value<'a>>,
    /// `_meta.title`, of any type; `None` if missing.
    pub title: Option<Value<'a>>,
    inputs: Range<usize>,
}

/// An input of a node: a value, or a link `["<node id>", <output index>]`.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The input's name.
    pub name: Str<'a>,
    /// Its value, or the link.
    pub value: Value<'a>,
}

impl<'a> Workflow<'a> {
    /// Reads a workflow from bytes: UTF-8, with or without a byte order mark; [`to_utf8`](crate::json::to_utf8) turns
    /// UTF-16 into that.
    ///
    /// A request (`{"prompt": {…}}`) and a `view_comfy.json` are unwrapped. If a key occurs several times, the last
    /// value counts and takes the place of the first, as in Python.
    ///
    /// # Errors
    /// [`ErrorKind::EditorWorkflow`] for the editor format, [`ErrorKind::InvalidWorkflow`] for anything else that is
    /// not in API format; syntax errors have a line and a column.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        parse::workflow(parse::text(bytes)?)
    }

    /// Reads a workflow that may be inside something else, wherever [`Carried`] looks: a request to RunPod, what
    /// `graphToPrompt` returns, a text inside a text, a list of one, or a server's history, of which the newest run
    /// counts.
    ///
    /// `scratch` keeps the text if it has to be decoded first; pass an empty string.
    ///
    /// # Errors
    /// Those of [`Workflow::parse`].
    ///
    /// ```
    /// use viewcomfy_wasm::workflow::Workflow;
    ///
    /// let request = br#"{"input": {"workflow": "{\"3\": {\"class_type\": \"KSampler\"}}"}}"#;
    /// let mut scratch = String::new();
    /// assert_eq!(Workflow::open(request, &mut scratch)?.text(), r#"{"3": {"class_type": "KSampler"}}"#);
    /// # Ok::<(), viewcomfy_wasm::Error>(())
    /// ```
    pub fn open(bytes: &'a [u8], scratch: &'a mut String) -> Result<Self, Error> {
        let parsed = Self::parse(bytes);
        let is_final = match &parsed {
            Ok(workflow) => workflow.nodes.iter().any(|node| node.class_type.is_some()),
            // A text that is not JSON contains no workflow.
            Err(error) => !matches!(error.kind(), ErrorKind::InvalidWorkflow { line: None, .. }),
        };
        if is_final {
            return parsed;
        }
        let Ok(text) = parse::text(bytes) else { return parsed };
        match Carried::of(text) {
            Carried { api: Some(Cow::Borrowed(text)), .. } => parse::workflow(text),
            Carried { api: Some(Cow::Owned(text)), .. } => {
                *scratch = text;
                parse::workflow(scratch)
            }
            Carried { editor: Some(_), .. } => Err(ErrorKind::EditorWorkflow {}.into()),
            Carried { several: 0, .. } => parsed,
            Carried { several, .. } => Err(Error::invalid_workflow(format!(
                "the file holds a list of {several} different things: give only the workflow that you mean"
            ))),
        }
    }

    /// The text of the workflow, without anything around it.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The nodes, in file order.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// The inputs of `node`, in file order.
    pub fn inputs(&self, node: &Node<'a>) -> &[Input<'a>] {
        self.inputs.get(node.inputs.clone()).unwrap_or_default()
    }
}

impl<'a> Node<'a> {
    /// The name of the node for people: its title unless that is empty, or else its class, or else null.
    pub fn label(&self) -> Value<'a> {
        self.title.filter(|title| !title.is_falsy()).or(self.class_type).unwrap_or(Value::NULL)
    }
}
