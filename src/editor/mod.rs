//! A workflow as ComfyUI's editor saves it: nodes, links, groups, subgraphs.
//!
//! The file is read as it is, with one exception: each input has the link that leads to it, whichever one it names.
//! What follows from the file (which values reach which inputs, what runs) is found elsewhere.
//!
//! Each part keeps the [`Value`] that it was read from, so that the fields that are not read here can still be
//! reached.

mod app_mode;
mod canvas;
mod graph;
mod group_choices;
mod group_node;
mod link;
mod node;
mod page_node;
mod properties;
mod read;
mod subgraph;

pub use app_mode::AppMode;
pub use canvas::{Group, Rect};
pub use graph::Graph;
pub use link::Link;
pub use node::{Input, Mode, Node, Output, Widgets};
pub use page_node::{PageNode, Pair};
pub use properties::{ModelFile, Pack};
pub use subgraph::{Port, Subgraph};

use crate::json::{KeyIndex, Value};
use crate::workflow::Carried;
use crate::{Error, ErrorKind};
use std::borrow::Cow;

/// The largest file that is read, in bytes. Real ones stay below a few megabytes.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The most nodes that a file may have, including those of its subgraphs; also the most links.
pub const MAX_NODES: usize = 100_000;

/// The most sockets that all nodes may have together.
pub const MAX_SLOTS: usize = 1_000_000;

/// A file of the editor.
///
/// ```
/// use viewcomfy_wasm::editor::Document;
///
/// let file = br#"{"nodes": [{"id": 3, "type": "KSampler", "widgets_values": [5]}], "links": [], "version": 0.4}"#;
/// let document = Document::parse(file)?;
/// assert_eq!(document.root.nodes[0].class_type.as_deref(), Some("KSampler"));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
#[derive(Debug)]
pub struct Document<'a> {
    /// The canvas, and with it the fields of the whole file.
    pub root: Graph<'a>,
    /// All definitions of subgraphs in file order, including those inside others.
    pub subgraphs: Vec<Subgraph<'a>>,
    /// The group nodes of older editors in file order, as the subgraphs that they become.
    pub group_nodes: Vec<Subgraph<'a>>,
    text: &'a str,
    subgraph_index: KeyIndex<'a>,
    group_node_index: KeyIndex<'a>,
}

impl<'a> Document<'a> {
    /// Reads a file: UTF-8, with or without a byte order mark. A request that contains an editor's file is unwrapped.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidWorkflow`] for anything else; syntax errors have a line and a column.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let (root, text) = read::root(bytes)?;
        let mut budget = read::Budget::default();
        let graph = Graph::read(root, &mut budget)?;
        let (extra, definitions) = (graph.field("extra"), graph.field("definitions"));
        let mut document = Self {
            text,
            root: graph,
            subgraphs: Vec::new(),
            group_nodes: group_node::all(extra, &mut budget)?,
            subgraph_index: KeyIndex::default(),
            group_node_index: KeyIndex::default(),
        };
        document.read_definitions(definitions, &mut budget)?;
        let ids = |subgraphs: &[Subgraph<'a>]| graph::indices(subgraphs.iter().map(|subgraph| &subgraph.id));
        document.subgraph_index = ids(&document.subgraphs);
        document.group_node_index = ids(&document.group_nodes);
        Ok(document)
    }

    /// Reads a file that may be inside something else, wherever [`Carried`] looks. `scratch` keeps the text if it has
    /// to be decoded first; pass an empty string.
    ///
    /// # Errors
    /// Those of [`Document::parse`].
    pub fn open(bytes: &'a [u8], scratch: &'a mut String) -> Result<Self, Error> {
        let refused = match Self::parse(bytes) {
            Err(error) if matches!(error.kind(), ErrorKind::InvalidWorkflow { line: None, .. }) => error,
            parsed => return parsed,
        };
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        match Carried::of(text.strip_prefix('\u{feff}').unwrap_or(text)).editor {
            // It is the file itself, and `refused` says what is wrong with it.
            Some(editor) if editor.len() == text.trim().len() => Err(refused),
            Some(Cow::Borrowed(editor)) => Self::parse(editor.as_bytes()),
            Some(Cow::Owned(editor)) => {
                *scratch = editor;
                Self::parse(scratch.as_bytes())
            }
            None => Err(refused),
        }
    }

    /// The text that it was read from, of which all its values are parts: without a byte order mark, and without
    /// anything around the workflow.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The version of the format: 0.4 has links as arrays, 1 has links as objects; `None` if the file does not say.
    pub fn version(&self) -> Option<Value<'a>> {
        self.root.field("version")
    }

    /// The model files that the file lists for all its nodes together; newer files list them in the nodes.
    pub fn model_files(&self) -> Vec<ModelFile<'a>> {
        self.root.field("models").map(properties::model_files).unwrap_or_default()
    }

    /// The app that was designed from it; `None` if there is none.
    pub fn app_mode(&self) -> Option<AppMode<'a>> {
        AppMode::read(self.root.field("extra")?)
    }

    /// The subgraph of which a node of this class is an instance; of equal ids the first counts. `None` for the
    /// classes of real nodes.
    pub fn definition(&self, class_type: &str) -> Option<&Subgraph<'a>> {
        let (all, index) = match self.subgraph_index.get(class_type) {
            Some(index) => (&self.subgraphs, index),
            None => (&self.group_nodes, self.group_node_index.get(group_node::name_in(class_type)?)?),
        };
        all.get(index)
    }

    /// Reads the definitions of a graph, and those inside them. JSON nests at most 200 deep, and so do these.
    fn read_definitions(
        &mut self,
        definitions: Option<Value<'a>>,
        budget: &mut read::Budget,
    ) -> Result<(), Error> {
        let Some(subgraphs) = definitions.and_then(|all| all.get("subgraphs")) else { return Ok(()) };
        for value in read::list(subgraphs) {
            let subgraph = Subgraph::read(value, budget)?;
            let nested = subgraph.graph.field("definitions");
            self.subgraphs.push(subgraph);
            self.read_definitions(nested, budget)?;
        }
        Ok(())
    }
}
