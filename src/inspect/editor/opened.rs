//! All nodes of a file; those of a subgraph once for each of its instances.

use super::Mode;
use crate::Error;
use crate::definitions::ClassCache;
use crate::editor::{self, Document, Graph, Subgraph};
use crate::everywhere::{self, Links, Origin, Slot};
use crate::widgets::{GroupSocket, group_sockets, type_of};

/// How deep subgraphs may be nested.
const MAX_DEPTH: usize = 100;

/// How much may be opened: subgraphs that share subgraphs grow without bound.
#[derive(Debug)]
pub(super) struct Budget {
    nodes: usize,
    parts: usize,
    steps: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { nodes: editor::MAX_NODES, parts: editor::MAX_SLOTS, steps: 50_000_000 }
    }
}

impl Budget {
    fn node(&mut self) -> Result<(), Error> {
        take(&mut self.nodes, 1, || format!("more than {} nodes", editor::MAX_NODES))
    }

    /// Inputs, outputs and values, and the characters of ids, of which ten count as one.
    pub(super) fn parts(&mut self, count: usize) -> Result<(), Error> {
        take(&mut self.parts, count, || format!("more than {} inputs and outputs", editor::MAX_SLOTS))
    }

    /// Steps for following links.
    pub(super) fn steps(&mut self, count: usize) -> Result<(), Error> {
        take(&mut self.steps, count, || "links that take too long to follow".to_owned())
    }
}

fn take(left: &mut usize, count: usize, what: impl Fn() -> String) -> Result<(), Error> {
    *left = left.checked_sub(count).ok_or_else(|| {
        Error::invalid_workflow(format!(
            "with its subgraphs expanded, the workflow has {}: no real workflow does",
            what()
        ))
    })?;
    Ok(())
}

/// The nodes of a file.
pub(super) struct Opened<'d, 'a> {
    pub(super) scopes: Vec<Scope<'d, 'a>>,
    /// In file order; those inside a subgraph follow the node of its instance.
    pub(super) nodes: Vec<OpenNode<'d, 'a>>,
}

/// The canvas, or the inside of one instance of a subgraph.
pub(super) struct Scope<'d, 'a> {
    pub(super) graph: &'d Graph<'a>,
    /// Its definition and the index of its instance; `None` for the canvas.
    pub(super) host: Option<(&'d Subgraph<'a>, usize)>,
    /// The index of each of its nodes.
    pub(super) indices: Vec<usize>,
    /// For each of its nodes, what "Anything Everywhere" nodes send to each input; empty if they send nothing.
    sent: Vec<Vec<Option<Sent>>>,
}

/// What is sent to an input.
pub(super) struct Sent {
    pub(super) origin: Origin,
    pub(super) slot: usize,
}

impl Scope<'_, '_> {
    /// What is sent to an input of a node, both by index.
    pub(super) fn sent(&self, node: usize, input: usize) -> Option<&Sent> {
        self.sent.get(node)?.get(input)?.as_ref()
    }
}

/// What "Anything Everywhere" nodes send to the nodes of a graph. The slots of classes are not needed: files list
/// those to which such links lead.
fn sent(graph: &Graph<'_>, budget: &mut Budget) -> Result<Vec<Vec<Option<Sent>>>, Error> {
    if !everywhere::is_in(graph) {
        return Ok(Vec::new());
    }
    let mut nodes: Vec<_> = graph.nodes.iter().map(told).collect();
    let Links { list, steps, .. } = everywhere::links(graph, &mut nodes);
    budget.steps(steps)?;
    let mut sent: Vec<Vec<Option<Sent>>> = graph.nodes.iter().map(|_| Vec::new()).collect();
    for link in list {
        let of_node = &mut sent[link.target];
        of_node.resize_with(graph.nodes[link.target].inputs.len(), || None);
        of_node[link.target_slot] = Some(Sent { origin: link.origin, slot: link.origin_slot });
    }
    Ok(sent)
}

/// What [`everywhere`] needs to know about a node of a file.
fn told<'v>(node: &'v editor::Node<'_>) -> everywhere::Node<'v> {
    let slots = node.inputs.iter().map(|input| Slot {
        name: &input.name,
        kind: type_of(input.kind),
        is_widget: input.widget.is_some(),
        is_linked: input.link.is_some(),
    });
    let class = node.class_type.as_deref().unwrap_or_default();
    everywhere::Node {
        class,
        title: node.title.as_deref().unwrap_or(class),
        mode: node.mode,
        slots: slots.collect(),
        outputs: node.outputs.iter().map(|output| type_of(output.kind)).collect(),
    }
}

/// A node of one of these graphs.
pub(super) struct OpenNode<'d, 'a> {
    pub(super) node: &'d editor::Node<'a>,
    pub(super) id: String,
    pub(super) scope: usize,
    /// Its index in the graph there.
    pub(super) at: usize,
    pub(super) parent: Option<usize>,
    pub(super) mode: Mode,
    pub(super) is_subgraph: bool,
    /// The subgraph of which it is an instance, and the scope inside.
    pub(super) definition: Option<&'d Subgraph<'a>>,
    pub(super) within: Option<usize>,
    /// For an instance of a group node, the socket whose link each input of the group gets.
    pub(super) sockets: Vec<Option<GroupSocket>>,
}

impl<'d, 'a> Opened<'d, 'a> {
    pub(super) fn new(document: &'d Document<'a>, budget: &mut Budget) -> Result<Self, Error> {
        let mut opener = Opener {
            document,
            budget,
            around: Vec::new(),
            opened: Self { scopes: Vec::new(), nodes: Vec::new() },
        };
        opener.open(&document.root, None)?;
        Ok(opener.opened)
    }

    /// Finds the sockets of group nodes by the classes of the nodes inside.
    pub(super) fn find_group_sockets(
        &mut self,
        classes: &mut ClassCache<'a>,
        budget: &mut Budget,
    ) -> Result<(), Error> {
        for node in &mut self.nodes {
            let Some(group) = node.definition.filter(|group| group.is_group_node) else { continue };
            budget.steps(group.graph.length() / 8)?;
            let outer = self.scopes[node.scope].graph;
            node.sockets = group_sockets(node.node, group, outer, &mut |name| classes.get(name));
        }
        Ok(())
    }
}

struct Opener<'o, 'd, 'a> {
    document: &'d Document<'a>,
    budget: &'o mut Budget,
    /// The definitions that are being opened, outermost first.
    around: Vec<&'d Subgraph<'a>>,
    opened: Opened<'d, 'a>,
}

impl<'d, 'a> Opener<'_, 'd, 'a> {
    fn open(
        &mut self,
        graph: &'d Graph<'a>,
        host: Option<(&'d Subgraph<'a>, usize)>,
    ) -> Result<usize, Error> {
        let scope = self.opened.scopes.len();
        self.budget.parts(graph.groups.len())?;
        // The page opens group nodes without asking the pack.
        let is_asked = host.is_none_or(|(subgraph, _)| !subgraph.is_group_node);
        let sent = if is_asked { sent(graph, self.budget)? } else { Vec::new() };
        self.opened.scopes.push(Scope { graph, host, indices: Vec::with_capacity(graph.nodes.len()), sent });
        for node in &graph.nodes {
            self.node(node, scope, host.map(|(_, index)| index))?;
        }
        Ok(scope)
    }

    fn node(&mut self, node: &'d editor::Node<'a>, scope: usize, parent: Option<usize>) -> Result<(), Error> {
        let outer = parent.and_then(|index| self.opened.nodes.get(index));
        let id = outer.map_or_else(|| node.id.to_string(), |outer| [&outer.id, ":", &*node.id].concat());
        // The nodes inside a muted or bypassed subgraph do not run either.
        let mode = outer.map(|outer| outer.mode).filter(|mode| *mode != Mode::Active);
        self.budget.node()?;
        self.budget.parts(node.inputs.len() + node.outputs.len() + id.len() / 10)?;
        let class = node.class_type.as_deref().unwrap_or_default();
        let definition = self.document.definition(class);
        let index = self.opened.nodes.len();
        let indices = &mut self.opened.scopes[scope].indices;
        let at = indices.len();
        indices.push(index);
        self.opened.nodes.push(OpenNode {
            node,
            id,
            scope,
            at,
            parent,
            mode: mode.unwrap_or(node.mode),
            is_subgraph: definition.is_some(),
            definition: None,
            within: None,
            sockets: Vec::new(),
        });
        match definition {
            Some(subgraph) => self.instance(index, subgraph),
            None => Ok(()),
        }
    }

    fn instance(&mut self, index: usize, subgraph: &'d Subgraph<'a>) -> Result<(), Error> {
        let name = subgraph.name.as_deref().unwrap_or(&subgraph.id);
        if self.around.iter().any(|around| std::ptr::eq(*around, subgraph)) {
            return Err(Error::invalid_workflow(format!(
                "the subgraph \"{name}\" contains itself: take the inner one out in the editor"
            )));
        }
        if self.around.len() >= MAX_DEPTH {
            return Err(Error::invalid_workflow(format!(
                "subgraphs are nested more than {MAX_DEPTH} deep; the last one is \"{name}\""
            )));
        }
        self.around.push(subgraph);
        let within = self.open(&subgraph.graph, Some((subgraph, index)))?;
        self.around.pop();
        let node = &mut self.opened.nodes[index];
        (node.definition, node.within) = (Some(subgraph), Some(within));
        Ok(())
    }
}
