//! The result of an inspection, for either format.
//!
//! The reader of a format makes a [`Graph`]: nodes and their inputs as they are in the file. [`super::inspect`] adds
//! everything that follows: kinds, order, depth, models, problems. Nodes are referred to by their index in
//! [`Graph::nodes`].

pub use super::problem::{Code, Problem, Severity};
use crate::definitions;
pub use crate::editor::{Mode, ModelFile, Pack, Rect};
use crate::json::Value;
use crate::names::names;
use std::borrow::Cow;

names! {
    /// The format of a file.
    pub enum Format {
        /// API format, which ComfyUI runs.
        Api = "api",
        /// Editor format, which ComfyUI's editor saves.
        Editor = "editor",
    }
}

/// A workflow as it is in its file.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The file's format.
    pub format: Format,
    /// The nodes in file order; those inside a subgraph follow the node of its instance.
    pub nodes: Vec<Node<'a>>,
    /// Frames of the editor.
    pub groups: Vec<Group<'a>>,
    /// The model files that the file lists for all nodes together.
    pub model_files: Vec<ModelFile<'a>>,
    /// The inputs and outputs that were chosen for App mode; `None` if none were.
    pub app: Option<App<'a>>,
}

/// The inputs and outputs of a workflow that its author chose for people who only use it.
#[derive(Debug)]
pub struct App<'a> {
    /// Index of the node and name of the input, of inputs that run, in the order of the app.
    pub inputs: Vec<(usize, Cow<'a, str>)>,
    /// Indices of the nodes whose results are shown.
    pub outputs: Vec<usize>,
    /// Whether the file opens as an app.
    pub opens: bool,
}

/// A node. The reader of a format sets the fields up to `outputs`, [`super::inspect`] the ones after that.
#[derive(Debug)]
pub struct Node<'a> {
    /// Its id; inside a subgraph, after the ids of the nodes around it: `12:3`.
    pub id: Cow<'a, str>,
    /// Its class; `None` if the file does not say.
    pub class_type: Option<Cow<'a, str>>,
    /// Its title in the file; `None` if it has none, or an empty one.
    pub title: Option<Cow<'a, str>>,
    /// Whether it runs.
    pub mode: Mode,
    /// The node of the subgraph that contains it; `None` on the canvas.
    pub parent: Option<usize>,
    /// True for an instance of a subgraph: the nodes inside run, not the node itself. It keeps the links into it, but
    /// links from it, and links inside that come from its inputs, are linked to the node that is really read.
    pub is_subgraph: bool,
    /// True for notes and other nodes that exist only in the editor.
    pub editor_only: bool,
    /// Where the editor drew it.
    pub position: Option<Rect<'a>>,
    /// The pack that it comes from, according to the editor's file.
    pub pack: Option<Pack<'a>>,
    /// The model files that the editor's file lists for it.
    pub model_files: Vec<ModelFile<'a>>,
    /// Its inputs in file order.
    pub inputs: Vec<Input<'a>>,
    /// Its outputs, as they are in the file; empty in API format, in which definitions and links say what they are.
    pub outputs: Vec<Output<'a>>,
    /// The category of the class.
    pub category: Option<Cow<'a, str>>,
    /// True if a run ends here.
    pub is_output: bool,
    /// The number of links between it and the first node of the longest chain that leads to it.
    pub depth: usize,
}

impl<'a> Node<'a> {
    /// An active node without inputs.
    pub fn new(id: Cow<'a, str>, class_type: Option<Cow<'a, str>>) -> Self {
        Self {
            id,
            class_type,
            title: None,
            mode: Mode::Active,
            parent: None,
            is_subgraph: false,
            editor_only: false,
            position: None,
            pack: None,
            model_files: Vec::new(),
            inputs: Vec::new(),
            outputs: Vec::new(),
            category: None,
            is_output: false,
            depth: 0,
        }
    }

    /// The name of the node for people: its title, or else its class, or else its id.
    pub fn label(&self) -> &str {
        self.title.as_deref().or(self.class_type.as_deref()).unwrap_or(&self.id)
    }

    /// True if ComfyUI is asked to run it.
    pub fn runs(&self) -> bool {
        self.mode == Mode::Active && !self.editor_only && !self.is_subgraph
    }
}

/// One input of a node.
#[derive(Debug)]
pub struct Input<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// The value or link that the file gives it.
    pub given: Given<'a>,
    /// The subgraph's node whose widget sets it from outside, and the name of that widget.
    pub promoted: Option<(usize, Cow<'a, str>)>,
    /// The type that the editor's file gives its socket; `None` without a socket or a type, and in API format.
    pub socket: Option<Cow<'a, str>>,
    /// The kind of value; set by [`super::inspect`].
    pub kind: InputKind,
    /// Whether people set it; set by [`super::inspect`].
    pub settable: bool,
    /// Its definition in the class; set by [`super::inspect`].
    pub expected: Option<definitions::Input<'a>>,
}

impl<'a> Input<'a> {
    /// An input about which nothing else is known.
    pub fn new(name: Cow<'a, str>, given: Given<'a>) -> Self {
        Self {
            name,
            given,
            promoted: None,
            socket: None,
            kind: InputKind::Other,
            settable: false,
            expected: None,
        }
    }

    /// The value; `None` if it has none.
    pub fn value(&self) -> Option<Value<'a>> {
        match self.given {
            Given::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The link; `None` if it has none.
    pub fn link(&self) -> Option<&Link<'a>> {
        match &self.given {
            Given::Link(link) => Some(link),
            _ => None,
        }
    }
}

/// The value or link of an input.
#[derive(Debug)]
#[non_exhaustive]
pub enum Given<'a> {
    /// A value.
    Value(Value<'a>),
    /// Another node's output.
    Link(Link<'a>),
    /// Nothing: a socket without a link, in editor format.
    Nothing,
}

/// The link into an input.
#[derive(Debug)]
pub struct Link<'a> {
    /// The id of the node it comes from, as the file has it.
    pub id: Cow<'a, str>,
    /// That node's index; `None` if there is no such node.
    pub node: Option<usize>,
    /// The index of that node's output, from 0; `None` if the file has anything but an index there.
    pub output: Option<usize>,
    /// ComfyUI's type; `None` if the file does not say.
    pub kind: Option<Cow<'a, str>>,
    /// What is wrong with how the file has it.
    pub fault: Option<LinkFault>,
}

/// What is wrong with how a file has a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkFault {
    /// API format has the id as a number, `[4, 0]`: ComfyUI searches for the number and fails.
    ByNumber,
    /// The editor's file does not contain the link, or it leads elsewhere: the editor leaves the input unconnected.
    Lost {
        /// Whether the socket is drawn as one that may stay so.
        optional: bool,
    },
}

/// One output of a node.
#[derive(Debug)]
pub struct Output<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type; `None` if it is not known.
    pub kind: Option<Cow<'a, str>>,
    /// The number of inputs that it feeds; set by [`super::inspect`].
    pub links: usize,
}

names! {
    /// The kind of an input.
    pub enum InputKind {
        /// A short text.
        Text = "text",
        /// Text of several lines.
        LongText = "long-text",
        /// A whole number.
        Integer = "integer",
        /// A number.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// One of several choices.
        Choice = "choice",
        /// The start value of a random number generator.
        Seed = "seed",
        /// An image file.
        Image = "image",
        /// An image file whose mask is used.
        Mask = "mask",
        /// A video file.
        Video = "video",
        /// A sound file.
        Audio = "audio",
        /// Another file.
        File = "file",
        /// A model file.
        Model = "model",
        /// Another node's output.
        Link = "link",
        /// Anything else.
        Other = "other",
    }
}

/// A coloured frame of the editor.
#[derive(Debug)]
pub struct Group<'a> {
    /// Its title; may be empty.
    pub title: Cow<'a, str>,
    /// Its colour.
    pub color: Option<Cow<'a, str>>,
    /// Where it is.
    pub position: Rect<'a>,
    /// The indices of the nodes inside it.
    pub nodes: Vec<usize>,
}

/// A model file that the workflow uses.
#[derive(Debug)]
pub struct Model<'a> {
    /// The name of the file, as the workflow writes it.
    pub name: Cow<'a, str>,
    /// The index of the node that uses it.
    pub node: usize,
    /// The index of the input in the node's inputs.
    pub input: usize,
    /// ComfyUI's folder for it; `None` if neither the input nor the file says.
    pub folder: Option<Cow<'a, str>>,
    /// Where it can be downloaded; `None` if the file does not say.
    pub url: Option<Cow<'a, str>>,
    /// Whether the server has it; `None` without the definitions of a server.
    pub available: Option<bool>,
}

/// A pack of nodes that the workflow uses; ComfyUI itself is one.
#[derive(Debug)]
pub struct NeededPack<'a> {
    /// Its name in the Comfy Registry.
    pub id: Option<Cow<'a, str>>,
    /// Its repository.
    pub repository: Option<Cow<'a, str>>,
    /// The versions that the nodes were saved with, in file order.
    pub versions: Vec<Cow<'a, str>>,
    /// The indices of its nodes.
    pub nodes: Vec<usize>,
}

/// A note.
#[derive(Debug)]
pub struct Note<'a> {
    /// The index of its node.
    pub node: usize,
    /// The text.
    pub text: Cow<'a, str>,
    /// Whether the text is Markdown.
    pub is_markdown: bool,
}

/// The result of an inspection.
#[derive(Debug)]
pub struct Inspection<'a> {
    /// The workflow, with everything that was found out about its nodes and inputs.
    pub graph: Graph<'a>,
    /// Indices of nodes, each after the nodes that feed it; the nodes of a cycle come last, in file order.
    pub order: Vec<usize>,
    /// The number of nodes in the longest chain of links.
    pub depth: usize,
    /// The model files, in file order.
    pub models: Vec<Model<'a>>,
    /// The packs of nodes that it needs, in file order.
    pub packs: Vec<NeededPack<'a>>,
    /// The notes, in file order.
    pub notes: Vec<Note<'a>>,
    /// The problems, errors first, then in file order.
    pub problems: Vec<Problem>,
}
