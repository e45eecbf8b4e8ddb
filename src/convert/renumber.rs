//! Makes the ids of nodes unique over the canvas and all subgraphs.

use super::open_graph::Id;
use crate::editor::Document;
use crate::json::KeyIndex;
use std::borrow::Cow;
use std::rc::Rc;

/// New ids of nodes inside the subgraphs whose ids are taken; links and promotions follow them.
#[derive(Debug, Default)]
pub struct NewIds<'a> {
    /// For each subgraph, and behind them for the canvas, the old ids and the new ones.
    inside: Vec<Changes<'a>>,
    /// For each node on the canvas whose id an earlier one has, by its index there.
    repeated: Vec<(usize, Id)>,
    /// For each group node on the canvas, in the order of their indices there.
    groups: Vec<(usize, GroupIds)>,
}

/// Old ids and where the new ones are.
#[derive(Debug, Default)]
struct Changes<'a> {
    old: KeyIndex<'a>,
    new: Vec<Id>,
}

impl<'a> Changes<'a> {
    /// Of equal old ids the first counts.
    fn add(&mut self, old: Cow<'a, str>, new: u64) {
        self.old.claim(old, self.new.len());
        self.new.push(new.to_string().into());
    }
}

/// The ids of nodes in an open group.
#[derive(Debug, Clone)]
pub struct GroupIds {
    /// By their index in the group.
    inside: Rc<[Id]>,
}

impl GroupIds {
    /// An end of a link inside: the new id of the node at that index, or the side of the group, unchanged.
    pub fn end(&self, index: &str) -> Id {
        let inside = index.parse().ok().and_then(|index: usize| self.inside.get(index));
        inside.map_or_else(|| index.into(), Rc::clone)
    }
}

impl<'a> NewIds<'a> {
    /// Goes through the definitions in file order; an id that the canvas or an earlier definition has is replaced by
    /// the next free number.
    pub fn of(document: &Document<'a>) -> Self {
        let mut taken: KeyIndex<'a> = KeyIndex::default();
        let mut last = last_node_id(document);
        for id in document.root.nodes.iter().map(|node| &node.id) {
            if let Ok(number) = id.parse::<u64>() {
                taken.set(id.clone(), 0);
                last = last.max(number);
            }
        }
        let mut inside = Vec::with_capacity(document.subgraphs.len());
        for subgraph in &document.subgraphs {
            let mut changes = Changes::default();
            for id in subgraph.graph.nodes.iter().map(|node| &node.id) {
                last = last.max(id.parse().unwrap_or(0));
                if taken.get(id).is_none() {
                    taken.set(id.clone(), 0);
                    continue;
                }
                last += 1;
                taken.set(last.to_string().into(), 0);
                changes.add(id.clone(), last);
            }
            inside.push(changes);
        }
        let mut new_ids = Self { inside, repeated: Vec::new(), groups: Vec::new() };
        let nodes = document.root.nodes.iter().enumerate();
        for (at, _) in nodes.filter(|(at, node)| document.root.node_index(&node.id) != Some(*at)) {
            last += 1;
            new_ids.repeated.push((at, last.to_string().into()));
        }
        new_ids.open_groups(document, last);
        new_ids
    }

    /// The new id of the node at this index of the canvas, if an earlier node has its id.
    pub fn of_repeated(&self, index: usize) -> Option<Id> {
        let at = self.repeated.binary_search_by_key(&index, |(known, _)| *known).ok()?;
        self.repeated.get(at).map(|(_, id)| Rc::clone(id))
    }

    /// The nodes of the canvas that have new ids because earlier ones have theirs: their index, and the new id.
    pub fn repeated(&self) -> &[(usize, Id)] {
        &self.repeated
    }

    /// The nodes of a group get the next free numbers, and its instance the one after those.
    fn open_groups(&mut self, document: &Document<'a>, mut last: u64) {
        let mut changes = Changes::default();
        for (index, node) in document.root.nodes.iter().enumerate() {
            let Some(group) = node
                .class_type
                .as_deref()
                .and_then(|class| document.definition(class))
                .filter(|group| group.is_group_node)
            else {
                continue;
            };
            let first = last + 1;
            last = first + group.graph.nodes.len() as u64;
            let inside = (first..last).map(|id| id.to_string().into()).collect();
            self.groups.push((index, GroupIds { inside }));
            if document.root.node_index(&node.id) == Some(index) {
                changes.add(node.id.clone(), last);
            }
        }
        self.inside.push(changes);
    }

    /// The ids inside the group node at this index of the canvas.
    pub fn of_group(&self, index: usize) -> Option<GroupIds> {
        let at = self.groups.binary_search_by_key(&index, |(known, _)| *known).ok()?;
        Some(self.groups[at].1.clone())
    }

    /// The present id of a node in the graph at this index.
    pub fn of_node(&self, graph: usize, id: &str) -> Id {
        let changes = self.inside.get(graph);
        let new = changes.and_then(|changes| changes.new.get(changes.old.get(id)?));
        new.map_or_else(|| id.into(), Rc::clone)
    }
}

fn last_node_id(document: &Document<'_>) -> u64 {
    let root = &document.root;
    let id = root.field("last_node_id").or_else(|| root.field("state")?.get("lastNodeId"));
    id.and_then(|id| id.raw().parse().ok()).unwrap_or(0)
}
