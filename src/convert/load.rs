//! Opens a file: makes ids unique, orders definitions before their uses, makes and restores nodes.

use super::open_graph::{Fit, Graph, Id, Kind, Link, Node, OpenGraph, Port, Repeated, Slot};
use super::renumber::{GroupIds, NewIds};
use super::{everywhere_links, group_nodes, promote, slots, titles};
use crate::definitions::{ClassCache, Origin};
use crate::editor::{self, Document, PageNode};
use crate::json::{KeyIndex, Str, Value};
use crate::widgets::{Parts, Saved, group_sockets, in_group, unknown};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

/// Opens a file.
pub fn load<'a>(document: &Document<'a>, classes: &mut ClassCache<'a>) -> OpenGraph<'a> {
    let mut subgraphs = KeyIndex::default();
    for (index, subgraph) in document.subgraphs.iter().enumerate() {
        subgraphs.claim(subgraph.id.clone(), index);
    }
    let mut loader =
        Loader { document, classes, new_ids: NewIds::of(document), subgraphs, open: OpenGraph::default() };
    loader.open.root = document.subgraphs.len();
    loader.open.graphs = (0..=document.subgraphs.len()).map(|_| Graph::default()).collect();
    loader.open.leaves_first = leaves_first(document, &loader.subgraphs);
    for index in loader.open.leaves_first.clone() {
        let subgraph = &document.subgraphs[index];
        loader.open.graphs[index].inputs = subgraph.inputs.iter().map(Port::of).collect();
        loader.open.graphs[index].outputs = subgraph.outputs.iter().map(Port::of).collect();
        loader.graph(index, &subgraph.graph);
    }
    loader.graph(document.subgraphs.len(), &document.root);
    let mut open = loader.open;
    open.repeated = repeated(document, &loader.new_ids);
    for graph in &mut open.graphs {
        graph.nodes.iter_mut().for_each(slots::drop_dead);
    }
    open
}

/// The nodes whose id an earlier node has: those on the canvas got new ids, those in subgraphs were not read.
fn repeated(document: &Document<'_>, new_ids: &NewIds<'_>) -> Vec<Repeated> {
    let renumbered = new_ids.repeated().iter().filter_map(|(at, new)| {
        Some(Repeated { id: document.root.nodes.get(*at)?.id.to_string(), new: Some(Rc::clone(new)) })
    });
    let ids = document.subgraphs.iter().flat_map(|subgraph| &subgraph.graph.repeated_ids);
    renumbered.chain(ids.map(|id| Repeated { id: id.to_string(), new: None })).collect()
}

/// Definitions in an order in which each comes after those that it contains; those in a cycle keep their order.
fn leaves_first(document: &Document<'_>, indices: &KeyIndex<'_>) -> Vec<usize> {
    let index = |node: &editor::Node<'_>| indices.get(node.class_type.as_deref()?);
    let inside: Vec<Vec<usize>> = document
        .subgraphs
        .iter()
        .map(|subgraph| subgraph.graph.nodes.iter().filter_map(index).collect())
        .collect();
    // How many inner definitions each is still waiting for, and which ones wait for it.
    let mut missing: Vec<usize> = inside.iter().map(Vec::len).collect();
    let mut waiting = vec![Vec::new(); inside.len()];
    for (index, inside) in inside.iter().enumerate() {
        inside.iter().for_each(|inner| waiting[*inner].push(index));
    }
    let mut order: Vec<usize> = (0..inside.len()).filter(|index| missing[*index] == 0).collect();
    let mut next = 0;
    while let Some(done) = order.get(next) {
        next += 1;
        for index in std::mem::take(&mut waiting[*done]) {
            missing[index] -= 1;
            if missing[index] == 0 {
                order.push(index);
            }
        }
    }
    order.extend((0..inside.len()).filter(|index| missing[*index] > 0));
    order
}

/// Makes graphs from a file.
struct Loader<'l, 'a> {
    document: &'l Document<'a>,
    classes: &'l mut ClassCache<'a>,
    new_ids: NewIds<'a>,
    /// Id of a definition to its index: of equal ids the first counts.
    subgraphs: KeyIndex<'a>,
    open: OpenGraph<'a>,
}

impl<'a> Loader<'_, 'a> {
    fn graph(&mut self, index: usize, file: &editor::Graph<'a>) {
        for link in &file.links {
            self.open.graphs[index].add_link(Link {
                id: (&*link.id).into(),
                origin: self.new_ids.of_node(index, &link.origin),
                origin_slot: link.origin_slot.unwrap_or(0),
                target: self.new_ids.of_node(index, &link.target),
                target_slot: link.target_slot.unwrap_or(0),
            });
        }
        for (at, file) in file.nodes.iter().enumerate() {
            let group = self.new_ids.of_group(at).filter(|_| index == self.open.root);
            let mut node = match group {
                Some(ids) => self.group(file, &ids),
                None => self.node(file, Saved::of(file)),
            };
            node.id = match self.new_ids.of_repeated(at).filter(|_| index == self.open.root) {
                Some(id) => id,
                None => self.new_ids.of_node(index, &file.id),
            };
            self.open.add_node(index, node);
        }
        merge_links(&mut self.open.graphs[index], file);
        connect_by_index(&mut self.open.graphs[index], file);
        let new_ids = &self.new_ids;
        everywhere_links::connect(&mut self.open.graphs[index], file, &|id| new_ids.of_node(index, id));
        for (at, node) in file.nodes.iter().enumerate() {
            promote::migrate(&mut self.open, index, at, node, &self.new_ids);
        }
    }

    /// A group node of older editors, opened into a separate graph.
    fn group(&mut self, file: &editor::Node<'a>, ids: &GroupIds) -> Node<'a> {
        let name = file.class_type.clone().unwrap_or_default();
        let document = self.document;
        let Some(group) = document.definition(&name) else { return self.node(file, Saved::None) };
        let saved = in_group(file, group, &mut |name| self.classes.get(name));
        let (graph, nodes) = group_nodes::open(group, saved, ids, &mut |file, saved| self.node(file, saved));
        let mut node = bare(file, name, Kind::Instance(self.open.graphs.len()));
        let sockets = group_sockets(file, group, &document.root, &mut |name| self.classes.get(name));
        group_nodes::restore_instance(&mut node, file, &graph, &sockets);
        let index = self.open.graphs.len();
        self.open.graphs.push(graph);
        nodes.into_iter().for_each(|node| self.open.add_node(index, node));
        node
    }

    /// Makes a node and puts the saved values into it.
    fn node(&mut self, file: &editor::Node<'a>, saved: Saved<'a>) -> Node<'a> {
        let name = file.class_type.clone().unwrap_or_default();
        let class = self.classes.get(&name);
        let kind = match (self.subgraphs.get(&name), PageNode::of(&name)) {
            (Some(definition), _) => Kind::Instance(definition),
            (_, Some(page_node)) => Kind::Page(page_node),
            _ if class.is_some() => Kind::Known,
            _ => Kind::Unknown,
        };
        let mut node = bare(file, name, kind);
        match (kind, class) {
            (Kind::Known, Some(class)) => {
                let parts = Parts::of_class(&node.class, &class, &file.inputs, saved);
                (node.widgets, node.slots, node.fit) = (parts.widgets, parts.slots, parts.fit);
                node.is_of_pack = class.origin == Origin::Packs;
                node.is_missing = node.is_of_pack && self.classes.is_of_server();
                node.outputs = slots::outputs(&class, &file.outputs);
                node.is_end = class.output_node;
                let default = || titles::english(&node.class).map(Cow::Borrowed);
                let display_name = || class.display_name.map(Str::decode);
                node.title =
                    node.title.or_else(default).or_else(display_name).or_else(|| Some(node.class.clone()));
            }
            (Kind::Instance(definition), _) => {
                promote::restore_instance(&self.open, &mut node, definition, file)
            }
            _ => {
                node.slots = file.inputs.iter().map(Slot::of_file).collect();
                node.outputs = slots::outputs_of_file(&file.outputs);
                (node.widgets, node.has_names) = match kind {
                    Kind::Unknown => unknown::widgets(file, saved),
                    _ => (unknown::unnamed(saved), true),
                };
            }
        }
        node
    }
}

/// A node without slots and widgets.
fn bare<'a>(file: &editor::Node<'a>, class: Cow<'a, str>, kind: Kind) -> Node<'a> {
    let search_name = file.property("Node name for S&R").and_then(Value::as_str).map(Str::decode);
    let replaces_text = file.property("Run widget replace on values");
    Node {
        id: (&*file.id).into(),
        class,
        kind,
        mode: file.mode,
        search_name: search_name.filter(|name| !name.is_empty()).or_else(|| file.title.clone()),
        title: file.title.clone(),
        widgets: Vec::new(),
        slots: Vec::new(),
        outputs: Vec::new(),
        replaces_text: replaces_text.is_some_and(|replaces| !replaces.is_falsy()),
        pack: file.pack(),
        is_end: kind == Kind::Unknown,
        lost: lost(file),
        is_of_pack: false,
        is_missing: false,
        fit: Fit::Fits,
        has_names: true,
        widget_names: OnceCell::new(),
    }
}

/// A link to an input that the file does not list leads to the one that the node has at its index.
fn connect_by_index(graph: &mut Graph<'_>, file: &editor::Graph<'_>) {
    for (at, link) in file.links.iter().enumerate().filter(|(_, link)| !link.is_named) {
        let listed =
            file.node_index(&link.target).and_then(|at| file.nodes.get(at)).map(|node| node.inputs.len());
        let Some(slot) = link.target_slot.filter(|slot| listed.is_some_and(|listed| *slot >= listed)) else {
            continue;
        };
        let Some((id, target)) =
            graph.links.get(at).map(|link| (Rc::clone(&link.id), Rc::clone(&link.target)))
        else {
            continue;
        };
        let node = graph.node(&target).and_then(|at| graph.nodes.get_mut(at));
        if let Some(slot) = node.and_then(|node| node.slots.get_mut(slot)).filter(|slot| slot.link.is_none())
        {
            slot.link = Some(id);
        }
    }
}

/// Names of the inputs whose links do not lead to them.
fn lost<'a>(file: &editor::Node<'a>) -> Vec<Cow<'a, str>> {
    let inputs = file.inputs.iter().filter(|input| input.lost_link.is_some());
    inputs.map(|input| input.name.clone()).collect()
}

/// Links between the same two ends become one: the first that an input of the target really names.
fn merge_links(graph: &mut Graph<'_>, file: &editor::Graph<'_>) {
    // At most one of two such links is named by an input.
    let is_outward = |link: &editor::Link<'_>| link.target == editor::Subgraph::OUTPUT;
    if file.links.iter().all(|link| link.is_named || is_outward(link)) {
        return;
    }
    let mut groups = KeyIndex::default();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (at, link) in graph.links.iter().enumerate() {
        let ends = format!("{} {} {} {}", link.origin, link.origin_slot, link.target, link.target_slot);
        match groups.claim(ends.into(), members.len()) {
            Some(group) => members[group].push(at),
            None => members.push(vec![at]),
        }
    }
    for group in members.into_iter().filter(|group| group.len() > 1) {
        let ids: Vec<Id> = group.iter().map(|at| Rc::clone(&graph.links[*at].id)).collect();
        let Some(target) = graph.node(&graph.links[group[0]].target) else { continue };
        let slots = &mut graph.nodes[target].slots;
        let (named, together) =
            (index_of(slots.iter().filter_map(|slot| slot.link.as_ref())), index_of(&ids));
        let kept = ids.iter().find(|id| named.get(id).is_some()).or(ids.first()).cloned();
        for slot in slots {
            if slot.link.as_ref().is_some_and(|link| together.get(link).is_some()) {
                slot.link.clone_from(&kept);
            }
        }
    }
}

fn index_of<'i>(ids: impl IntoIterator<Item = &'i Id>) -> KeyIndex<'static> {
    let mut indices = KeyIndex::default();
    ids.into_iter().for_each(|id| _ = indices.claim(id.to_string().into(), 0));
    indices
}
