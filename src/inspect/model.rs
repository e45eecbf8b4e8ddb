//! What an inspection tells, of either format.
//!
//! A reader of a format makes a [`Graph`]: nodes and their inputs as the file has them. [`super::inspect`] adds what
//! follows from it: kinds, order, depth, models, problems. Nodes are named by their index in [`Graph::nodes`].

pub use super::problem::{Code, Problem, Severity};
use crate::definitions;
pub use crate::editor::{Mode, ModelFile, Pack, Rect};
use crate::json::Value;
use crate::names::names;
use std::borrow::Cow;

names! {
    /// Which format a file has.
    pub enum Format {
        /// What ComfyUI runs.
        Api = "api",
        /// What ComfyUI's editor saves.
        Editor = "editor",
    }
}

/// A workflow as its file has it.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The file's format.
    pub format: Format,
    /// In file order, those inside a subgraph behind the node that stands for it.
    pub nodes: Vec<Node<'a>>,
    /// Frames of the editor.
    pub groups: Vec<Group<'a>>,
    /// Model files that the file lists for all nodes together.
    pub model_files: Vec<ModelFile<'a>>,
    /// What somebody chose of it for App mode.
    pub app: Option<App<'a>>,
}

/// What somebody chose of a workflow for those who only use it.
#[derive(Debug)]
pub struct App<'a> {
    /// Index of the node and name of the input, of inputs that run, in the order of the app.
    pub inputs: Vec<(usize, Cow<'a, str>)>,
    /// Indices of the nodes whose results are shown.
    pub outputs: Vec<usize>,
    /// Whether the file opens as an app.
    pub opens: bool,
}

/// One node. What stands behind `mode` is known by the reader of a format, `category` and below by [`super::inspect`].
#[derive(Debug)]
pub struct Node<'a> {
    /// Its id; inside a subgraph with the ids of the nodes around it in front, `12:3`.
    pub id: Cow<'a, str>,
    /// Its class; none when the file does not say.
    pub class_type: Option<Cow<'a, str>>,
    /// The title that the file has; none when it has none, or an empty one.
    pub title: Option<Cow<'a, str>>,
    /// Whether it runs.
    pub mode: Mode,
    /// The node that stands for the subgraph it is in.
    pub parent: Option<usize>,
    /// True for the node that stands for a subgraph: what is in it runs, not the node itself. It keeps the links into it,
    /// but whatever reads from it, or in it from its inputs, is linked to the node that is really read.
    pub is_subgraph: bool,
    /// True for notes and other nodes that only the editor knows.
    pub editor_only: bool,
    /// Where the editor drew it.
    pub position: Option<Rect<'a>>,
    /// The pack that it is from, as the editor's file says.
    pub pack: Option<Pack<'a>>,
    /// The model files that the editor's file lists for it.
    pub model_files: Vec<ModelFile<'a>>,
    /// Its inputs in file order.
    pub inputs: Vec<Input<'a>>,
    /// Its outputs as the file has them; empty in API format, where the definitions and the links tell.
    pub outputs: Vec<Output<'a>>,
    /// The class's category.
    pub category: Option<Cow<'a, str>>,
    /// True when the run ends here.
    pub is_output: bool,
    /// Links between it and the first node of its longest chain.
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

    /// What a person calls it: its title, else its class, else its id.
    pub fn label(&self) -> &str {
        self.title.as_deref().or(self.class_type.as_deref()).unwrap_or(&self.id)
    }

    /// True when ComfyUI is asked to run it.
    pub fn runs(&self) -> bool {
        self.mode == Mode::Active && !self.editor_only && !self.is_subgraph
    }
}

/// One input of a node.
#[derive(Debug)]
pub struct Input<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// What the file gives it.
    pub given: Given<'a>,
    /// The node of a subgraph whose widget sets it from outside, and that widget's name.
    pub promoted: Option<(usize, Cow<'a, str>)>,
    /// The type that the editor's file gives its socket; none without a socket or a type, and in API format.
    pub socket: Option<Cow<'a, str>>,
    /// What it is; found by [`super::inspect`].
    pub kind: InputKind,
    /// Whether a person would set it; found by [`super::inspect`].
    pub settable: bool,
    /// What the class expects of it; found by [`super::inspect`].
    pub expected: Option<definitions::Input<'a>>,
}

impl<'a> Input<'a> {
    /// An input of which nothing more is known.
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

    /// The value, where it has one.
    pub fn value(&self) -> Option<Value<'a>> {
        match self.given {
            Given::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The link, where it has one.
    pub fn link(&self) -> Option<&Link<'a>> {
        match &self.given {
            Given::Link(link) => Some(link),
            _ => None,
        }
    }
}

/// What an input is given.
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
    /// That node's index; none when there is no such node.
    pub node: Option<usize>,
    /// The index of that node's output, from 0; none when the file has something that is not an index.
    pub output: Option<usize>,
    /// ComfyUI's type, when the file says it.
    pub kind: Option<Cow<'a, str>>,
    /// True where API format has the id as a number, `[4, 0]`: ComfyUI looks for the number and fails.
    pub by_number: bool,
}

/// One output of a node.
#[derive(Debug)]
pub struct Output<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// ComfyUI's type, when known.
    pub kind: Option<Cow<'a, str>>,
    /// How many inputs it feeds; counted by [`super::inspect`].
    pub links: usize,
}

names! {
    /// What an input is.
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
        /// What random numbers begin with.
        Seed = "seed",
        /// An image file.
        Image = "image",
        /// An image file of which the mask is used.
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
    /// Its title.
    pub title: Cow<'a, str>,
    /// Its colour.
    pub color: Option<Cow<'a, str>>,
    /// Where it is.
    pub position: Rect<'a>,
    /// The indices of the nodes that stand in it.
    pub nodes: Vec<usize>,
}

/// A model file that the workflow uses.
#[derive(Debug)]
pub struct Model<'a> {
    /// The file's name as the workflow has it.
    pub name: Cow<'a, str>,
    /// The index of the node that uses it.
    pub node: usize,
    /// The index of the input among the node's.
    pub input: usize,
    /// ComfyUI's folder for it, when the input or the file tells.
    pub folder: Option<Cow<'a, str>>,
    /// Where it can be downloaded, when the file tells.
    pub url: Option<Cow<'a, str>>,
    /// Whether the server has it; none without definitions.
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
    /// What it says.
    pub text: Cow<'a, str>,
    /// Whether that is Markdown.
    pub is_markdown: bool,
}

/// What an inspection tells.
#[derive(Debug)]
pub struct Inspection<'a> {
    /// The workflow, with what was found out about its nodes and inputs.
    pub graph: Graph<'a>,
    /// Indices of nodes, each behind those that feed it; nodes of a cycle come last, in file order.
    pub order: Vec<usize>,
    /// Nodes on the longest chain of links.
    pub depth: usize,
    /// The model files, in file order.
    pub models: Vec<Model<'a>>,
    /// The packs of nodes that it needs, in file order.
    pub packs: Vec<NeededPack<'a>>,
    /// What was written for people, in file order.
    pub notes: Vec<Note<'a>>,
    /// Errors first, then in file order.
    pub problems: Vec<Problem>,
}
