//! The definition of a subgraph: a graph with inputs and outputs.

use super::Graph;
use super::group_choices::Choices;
use super::read::{self, Budget, Fields};
use crate::Error;
use crate::json::Value;
use std::borrow::Cow;

/// A subgraph, defined once; each node whose class is its id is an instance of it. Also a group node.
#[derive(Debug)]
pub struct Subgraph<'a> {
    /// Its id, a UUID; for a group node, its name.
    pub id: Cow<'a, str>,
    /// Its name; `None` if the file has none.
    pub name: Option<Cow<'a, str>>,
    /// The nodes and links inside it.
    pub graph: Graph<'a>,
    /// Its inputs.
    pub inputs: Vec<Port<'a>>,
    /// Its outputs.
    pub outputs: Vec<Port<'a>>,
    /// True for a group node. The values of its instances are those of all nodes inside, one node after the other.
    pub is_group_node: bool,
    /// For a group node, what people chose for each node inside.
    pub(super) choices: Vec<Choices<'a>>,
}

/// An input or output of a subgraph.
#[derive(Debug)]
pub struct Port<'a> {
    /// The whole port, as the file writes it.
    pub value: Value<'a>,
    /// Its name, which the socket of an instance has as well; empty for the inputs of a group node, which are known by
    /// their index.
    pub name: Cow<'a, str>,
    /// ComfyUI's type.
    pub kind: Option<Value<'a>>,
    /// The ids of the links inside that lead to or from it.
    pub links: Vec<Cow<'a, str>>,
}

impl<'a> Subgraph<'a> {
    /// The id that links inside use for the inputs.
    pub const INPUT: &'static str = "-10";

    /// The id that links inside use for the outputs.
    pub const OUTPUT: &'static str = "-20";

    pub(super) fn read(value: Value<'a>, budget: &mut Budget) -> Result<Self, Error> {
        let fields = Fields::of(value);
        let (inputs, outputs) = (fields.list("inputs"), fields.list("outputs"));
        budget.nodes(1)?;
        budget.slots(inputs.len() + outputs.len())?;
        let [inputs, outputs] =
            [inputs, outputs].map(|ports| ports.into_iter().map(Port::read).collect::<Vec<_>>());
        budget.slots(inputs.iter().chain(&outputs).map(|port| port.links.len()).sum())?;
        let mut subgraph = Self {
            id: fields.id("id").unwrap_or_default(),
            name: fields.text("name"),
            graph: Graph::read(fields, budget)?,
            inputs,
            outputs,
            is_group_node: false,
            choices: Vec::new(),
        };
        subgraph.graph.take_out_repeated();
        subgraph.keep_first_links();
        Ok(subgraph)
    }

    /// The name that people gave an input of a node in a group node, by the index of the node.
    pub(crate) fn chosen_name(&self, node: usize, input: &str) -> Option<Cow<'a, str>> {
        self.choices.get(node)?.name_of_input(input)
    }

    /// Of several links to one output, the editor keeps the first in the file.
    fn keep_first_links(&mut self) {
        let mut first = vec![None; self.outputs.len()];
        for link in self.graph.links.iter().filter(|link| link.target == Self::OUTPUT) {
            if let Some(first) = link.target_slot.and_then(|slot| first.get_mut(slot)) {
                first.get_or_insert(&link.id);
            }
        }
        for port in &mut self.outputs {
            let link = port.links.first().and_then(|id| self.graph.link(id));
            let kept = link.filter(|link| link.target == Self::OUTPUT).and_then(|link| link.target_slot);
            if let (Some(Some(kept)), Some(link)) =
                (kept.and_then(|slot| first.get(slot)), port.links.first_mut())
            {
                *link = (*kept).clone();
            }
        }
    }
}

impl<'a> Port<'a> {
    fn read(value: Value<'a>) -> Self {
        let fields = Fields::of(value);
        Self {
            value,
            name: fields.get("name").and_then(Value::as_str).map(|name| name.decode()).unwrap_or_default(),
            kind: fields.get("type"),
            links: fields.list("linkIds").into_iter().filter_map(read::id).collect(),
        }
    }
}
