//! The graph as the editor has it while a file is open: widgets, slots, links.
//!
//! A file does not name its widget values, so the editor's own graph has to be built again before they can be read.

pub use crate::editor::Mode;
use crate::editor::{self, Pack, PageNode, Pair};
use crate::json::{KeyIndex, Value};
use crate::widgets::type_of;
pub use crate::widgets::{Id, Slot, Val, Widget, WidgetKind};
use std::borrow::Cow;

/// Where a link inside a subgraph begins that comes from outside.
pub const INPUT_SIDE: &str = editor::Subgraph::INPUT;

/// All graphs of a file: the subgraphs' definitions, and the canvas.
#[derive(Debug, Default)]
pub struct OpenGraph<'a> {
    pub graphs: Vec<Graph<'a>>,
    /// Index of the canvas.
    pub root: usize,
    /// Nodes whose id an earlier one has.
    pub repeated: Vec<Repeated>,
}

/// A node whose id an earlier one of its graph has.
#[derive(Debug)]
pub struct Repeated {
    /// The id of both in the file.
    pub id: String,
    /// The id that the later one has now; none where it was left out, in a subgraph.
    pub new: Option<Id>,
}

/// The canvas, or the inside of a subgraph, which all its instances share.
#[derive(Debug, Default)]
pub struct Graph<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Node id to index.
    pub indices: KeyIndex<'static>,
    pub links: Vec<Link>,
    /// Link id to index: of equal ids the first.
    pub link_index: KeyIndex<'static>,
    /// Which node gives something a name: of equal names the first.
    pub setters: KeyIndex<'static>,
    /// What goes into the subgraph and what comes out of it.
    pub inputs: Vec<Port<'a>>,
    pub outputs: Vec<Port<'a>>,
    /// Nodes for which a pack makes links in the page, and why these are not known.
    pub unclear: Vec<(Id, String)>,
}

/// An input or an output of a subgraph.
#[derive(Debug, Clone)]
pub struct Port<'a> {
    pub name: Cow<'a, str>,
    pub kind: Cow<'a, str>,
    /// Ids of the links inside that begin or end here.
    pub links: Vec<Id>,
}

#[derive(Debug, Clone)]
pub struct Link {
    pub id: Id,
    pub origin: Id,
    pub origin_slot: usize,
    pub target: Id,
    pub target_slot: usize,
}

#[derive(Debug)]
pub struct Node<'a> {
    pub id: Id,
    pub class: Cow<'a, str>,
    pub kind: Kind,
    pub mode: Mode,
    /// The title of the file, or the class's display name.
    pub title: Option<Cow<'a, str>>,
    /// The name by which `%Node.widget%` finds it.
    pub search_name: Option<Cow<'a, str>>,
    pub widgets: Vec<Widget<'a>>,
    pub slots: Vec<Slot<'a>>,
    pub outputs: Vec<OutputSlot<'a>>,
    /// Placeholders in its value are replaced before others get it.
    pub replaces_text: bool,
    /// The pack of nodes that it comes from, as the file says.
    pub pack: Option<Pack<'a>>,
    /// Names of the inputs that the file names a link for which does not lead there.
    pub lost: Vec<Cow<'a, str>>,
    /// How many values the file has that no widget takes.
    pub surplus: Option<usize>,
    /// Whether all its values stand under their names; of a class that nobody knows the file may not tell them.
    pub has_names: bool,
}

/// What a node is to the conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of a class that the definitions know.
    Known,
    /// Of a class that they do not.
    Unknown,
    /// It stays in the page.
    Page(PageNode),
    /// It stands for the subgraph at this index.
    Instance(usize),
}

/// An output of a node.
#[derive(Debug, Clone)]
pub struct OutputSlot<'a> {
    pub kind: Cow<'a, str>,
    pub links: Vec<Id>,
}

impl<'a> Port<'a> {
    /// As a file has it.
    pub fn of(port: &editor::Port<'a>) -> Self {
        Self { name: port.name.clone(), kind: type_of(port.kind), links: ids(&port.links) }
    }

    /// The slot for it on an instance.
    pub fn slot(&self, promoted: Option<Val<'a>>) -> Slot<'a> {
        Slot { promoted, ..Slot::socket(self.name.clone(), self.kind.clone()) }
    }
}

impl<'a> Graph<'a> {
    pub fn node(&self, id: &str) -> Option<usize> {
        self.indices.get(id)
    }

    pub fn link(&self, id: &str) -> Option<&Link> {
        self.links.get(self.link_index.get(id)?)
    }

    pub fn add_node(&mut self, node: Node<'a>) {
        let index = self.nodes.len();
        if let Kind::Page(PageNode::Set(pair)) = node.kind
            && let Some(name) = node.named_link(pair)
        {
            self.setters.claim(name.into(), index);
        }
        self.indices.claim(node.id.to_string().into(), index);
        self.nodes.push(node);
    }

    pub fn add_link(&mut self, link: Link) {
        let index = self.links.len();
        self.link_index.claim(link.id.to_string().into(), index);
        self.links.push(link);
    }
}

impl<'a> Node<'a> {
    /// The name under which a link leads through a node of a pair: its first value.
    pub fn named_link(&self, pair: Pair) -> Option<String> {
        pair.key(Value::parse(self.widgets.first()?.value.as_deref()?).ok()?)
    }

    pub fn widget(&self, name: &str) -> Option<usize> {
        self.widgets.iter().position(|widget| widget.name == name)
    }

    /// The value behind a slot: its widget's, or the one that an instance has for it.
    pub fn value_of(&self, slot: usize) -> Option<Val<'a>> {
        let slot = self.slots.get(slot)?;
        if let Some(value) = &slot.promoted {
            return Some(value.clone());
        }
        let widget = self.widget(slot.widget.as_deref()?)?;
        Some(self.widgets[widget].value.clone())
    }
}

/// Ids of links.
pub fn ids(ids: &[Cow<'_, str>]) -> Vec<Id> {
    ids.iter().map(|id| (&**id).into()).collect()
}
