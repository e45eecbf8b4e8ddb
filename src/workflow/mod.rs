//! A workflow in API format: parsing, flattening, and putting values back.

pub mod apply;
mod carried;
pub mod flatten;
mod keys;
mod parse;

pub use carried::Carried;
pub(crate) use keys::names_a_seed;
pub use keys::{Keys, input_key, is_label_key};

use crate::json::{Str, Value};
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::ops::Range;

/// The largest workflow text that is read, in bytes. Real ones stay below a few megabytes.
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
    /// The key under which the node stands.
    pub id: Str<'a>,
    /// `class_type`, whatever it is; none when missing.
    pub class_type: Option<Value<'a>>,
    /// `_meta.title`, whatever it is; none when missing.
    pub title: Option<Value<'a>>,
    inputs: Range<usize>,
}

/// An input of a node: a literal, or a link `["<node id>", <output index>]`.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The input's name.
    pub name: Str<'a>,
    /// Its value.
    pub value: Value<'a>,
}

impl<'a> Workflow<'a> {
    /// Reads a workflow from bytes: UTF-8, with or without a byte order mark;
    /// [`to_utf8`](crate::json::to_utf8) makes that of UTF-16.
    ///
    /// A request wrapper (`{"prompt": {…}}`) and a `view_comfy.json` are unwrapped. Of equal keys the last one
    /// counts and stands at the first one's place, as in Python.
    ///
    /// # Errors
    /// [`ErrorKind::EditorWorkflow`] for the editor's format, [`ErrorKind::InvalidWorkflow`] for anything else that is not API
    /// format; syntax errors carry line and column.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        parse::workflow(parse::text(bytes)?)
    }

    /// Reads a workflow that may stand inside of something else, wherever [`Carried`] looks: a request to RunPod, what
    /// `graphToPrompt` gives, a text in a text, a server's history, of which the newest run counts, a list of one.
    ///
    /// `scratch` keeps the text where it has to be decoded first; an empty one is enough.
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
            // A text that is not JSON carries nothing.
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

    /// The text of the workflow itself, without a wrapper around it.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The nodes in file order.
    pub fn nodes(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// The inputs of `node` in file order.
    pub fn inputs(&self, node: &Node<'a>) -> &[Input<'a>] {
        self.inputs.get(node.inputs.clone()).unwrap_or_default()
    }
}

impl<'a> Node<'a> {
    /// What a reader calls the node: its title if that says anything, else its class, else null.
    pub fn label(&self) -> Value<'a> {
        self.title.filter(|title| !title.is_falsy()).or(self.class_type).unwrap_or(Value::NULL)
    }
}
