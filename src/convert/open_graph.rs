//! The graph that the editor has while a file is open: widgets, slots, links.
//!
//! A file does not name its widget values, so the editor's own graph has to be built again before they can be read.

pub use crate::editor::Mode;
use crate::editor::{self, Pack, PageNode, Pair};
use crate::json::{KeyIndex, Value};
use crate::widgets::type_of;
pub use crate::widgets::{Fit, Id, Slot, Val, Widget, WidgetKind};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Where a link inside a subgraph begins if it comes from outside.
pub const INPUT_SIDE: &str = editor::Subgraph::INPUT;

/// All graphs of a file: the subgraphs' definitions, and the canvas.
#[derive(Debug, Default)]
pub struct OpenGraph<'a> {
    pub graphs: Vec<Graph<'a>>,
    /// Index of the canvas.
    pub root: usize,
    /// For each graph its instances: the graph that contains them, and their index there.
    pub instances: Vec<Vec<(usize, usize)>>,
    /// The definitions of subgraphs, each after those that it contains.
    pub leaves_first: Vec<usize>,
    /// Nodes whose id an earlier node has.
    pub repeated: Vec<Repeated>,
}

impl<'a> OpenGraph<'a> {
    /// Adds a node to the graph at `index`.
    pub fn add_node(&mut self, index: usize, node: Node<'a>) {
        if let Kind::Instance(definition) = node.kind {
            if self.instances.len() <= definition {
                self.instances.resize(definition + 1, Vec::new());
            }
            self.instances[definition].push((index, self.graphs[index].nodes.len()));
        }
        self.graphs[index].add_node(node);
    }
}

/// A node whose id an earlier node of its graph has.
#[derive(Debug)]
pub struct Repeated {
    /// The id of both in the file.
    pub id: String,
    /// The new id of the later node; `None` if it was left out, in a subgraph.
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
    /// The links that the file has from each node; made when they are first asked for.
    links_from: Option<(KeyIndex<'static>, Vec<Vec<usize>>)>,
    /// Which node gives a name; of equal names the first.
    pub setters: KeyIndex<'static>,
    /// The inputs and outputs of the subgraph.
    pub inputs: Vec<Port<'a>>,
    pub outputs: Vec<Port<'a>>,
    pub port_names: PortNames,
    /// Nodes for which a pack makes links in the page, and why these are not known.
    pub unclear: Vec<(Id, String)>,
}

/// The names of the inputs of a subgraph, for inputs that are added.
#[derive(Debug, Default)]
pub struct PortNames {
    taken: KeyIndex<'static>,
    /// How many inputs are among them.
    count: usize,
    /// For each name that is taken, the number that is tried next.
    numbers: KeyIndex<'static>,
}

impl PortNames {
    /// A name that none of `ports` has: `name`, `name_1`, `name_2` …
    pub fn free<'a>(&mut self, name: &str, ports: &[Port<'a>]) -> Cow<'a, str> {
        for port in ports.get(self.count..).unwrap_or_default() {
            self.taken.set(port.name.to_string().into(), 0);
        }
        self.count = ports.len();
        if self.taken.get(name).is_none() {
            return name.to_owned().into();
        }
        let mut number = self.numbers.get(name).unwrap_or(1);
        loop {
            let next = format!("{name}_{number}");
            number += 1;
            if self.taken.get(&next).is_none() {
                self.numbers.set(name.to_owned().into(), number);
                return next.into();
            }
        }
    }
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
    /// The title in the file, or the display name of the class.
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
    /// Whether a run may end in it: its class says so, or is not known.
    pub is_end: bool,
    /// Names of the inputs for which the file names a link that does not lead there.
    pub lost: Vec<Cow<'a, str>>,
    /// Whether its class is known only as that of a pack, so that a server may not have it.
    pub is_of_pack: bool,
    /// Whether the server does not have its class, which the package knows.
    pub is_missing: bool,
    /// How well its saved values fit its class.
    pub fit: Fit,
    /// Whether all its values have names; for an unknown class the file may not have them.
    pub has_names: bool,
    /// The index of each widget; made when it is first asked for, since an open node's widgets do not change.
    pub widget_names: OnceCell<KeyIndex<'a>>,
}

/// The role of a node in the conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Of a class that the definitions know.
    Known,
    /// Of a class that the definitions do not know.
    Unknown,
    /// It exists only in the page.
    Page(PageNode),
    /// It is an instance of the subgraph at this index.
    Instance(usize),
}

/// An output of a node.
#[derive(Debug, Clone)]
pub struct OutputSlot<'a> {
    pub kind: Cow<'a, str>,
    pub links: Vec<Id>,
}

impl<'a> Port<'a> {
    /// An output as a file has it.
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

    /// The links that begin at a node.
    pub fn links_from(&mut self, origin: &Id) -> Vec<usize> {
        let (indices, lists) = self.links_from.get_or_insert_with(|| {
            let (mut indices, mut lists) = (KeyIndex::default(), Vec::<Vec<usize>>::new());
            for (at, link) in self.links.iter().enumerate() {
                match indices.claim(link.origin.to_string().into(), lists.len()) {
                    Some(known) => lists[known].push(at),
                    None => lists.push(vec![at]),
                }
            }
            (indices, lists)
        });
        let list = indices.get(origin).map(|at| lists[at].as_slice()).unwrap_or_default();
        // Some of them may begin elsewhere by now.
        list.iter().copied().filter(|at| self.links[*at].origin == *origin).collect()
    }

    pub fn add_link(&mut self, link: Link) {
        let index = self.links.len();
        self.link_index.claim(link.id.to_string().into(), index);
        self.links.push(link);
    }
}

impl<'a> Node<'a> {
    /// The name by which a link leads through a node of a pair: its first value.
    pub fn named_link(&self, pair: Pair) -> Option<String> {
        pair.key(Value::parse(self.widgets.first()?.value.as_deref()?).ok()?)
    }

    /// Whether a pack has to be installed for it.
    pub fn is_foreign(&self) -> bool {
        self.kind == Kind::Unknown || self.is_of_pack
    }

    pub fn widget(&self, name: &str) -> Option<usize> {
        self.widget_index().get(name)
    }

    /// The index of each widget by its name; of equal names the first.
    pub fn widget_index(&self) -> &KeyIndex<'a> {
        self.widget_names.get_or_init(|| {
            let mut indices = KeyIndex::default();
            for (at, widget) in self.widgets.iter().enumerate() {
                indices.claim(widget.name.clone(), at);
            }
            indices
        })
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

/// Where the value of an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueOf {
    /// In a widget of the node itself.
    Widget { graph: usize, node: usize, widget: usize },
    /// A slot of an instance around it, which has the value for the widgets inside.
    Slot { graph: usize, node: usize, slot: usize },
}

impl<'a> OpenGraph<'a> {
    /// A value, before the page changes it for sending.
    pub fn value(&self, of: ValueOf) -> Option<&Cow<'a, str>> {
        match of {
            ValueOf::Widget { graph, node, widget } => {
                self.graphs[graph].nodes[node].widgets[widget].value.as_ref()
            }
            ValueOf::Slot { graph, node, slot } => {
                self.graphs[graph].nodes[node].slots[slot].promoted.as_ref()?.as_ref()
            }
        }
    }

    /// The part of the file, or of the definitions, that a value is or was made from.
    pub fn source(&self, of: ValueOf) -> Option<&'a str> {
        match (of, self.value(of)?) {
            (ValueOf::Widget { graph, node, widget }, _) => {
                self.graphs[graph].nodes[node].widgets[widget].source()
            }
            (ValueOf::Slot { .. }, Cow::Borrowed(json)) => Some(json),
            (ValueOf::Slot { .. }, Cow::Owned(_)) => None,
        }
    }
}

/// Ids of links.
pub fn ids(ids: &[Cow<'_, str>]) -> Vec<Id> {
    ids.iter().map(|id| (&**id).into()).collect()
}
