//! Where a link really comes from: through reroutes, names, switches and bypassed nodes.

use super::table;
use crate::Error;
use crate::editor::{Mode, PageNode};
use crate::inspect::by_name;
use crate::inspect::lanes::handed_on;
use crate::inspect::model::{Given, Input, Node};
use crate::json::value::Kind;

/// How many steps the recipes of a graph may take together. Real ones take some thousands.
const MAX_STEPS: usize = 50_000_000;

/// An output of a node; which one may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) node: usize,
    pub(super) output: Option<usize>,
}

/// Where an output really comes from; `None` if it comes from nowhere.
type Followed = Option<Source>;

/// The nodes, and how to get from one to another.
pub(super) struct Wires<'g, 'a> {
    pub(super) nodes: &'g [Node<'a>],
    /// For each node of the page that asks for a name, the node that gives it.
    setters: Vec<Option<usize>>,
    /// For each node that passes things on, where its outputs really come from, as far as that has been followed; a
    /// node of the page has one output.
    followed: Vec<Vec<Option<Followed>>>,
    /// How many inputs there are: a way through more of them is a cycle of bypassed nodes.
    inputs: usize,
    steps: usize,
    /// The round in which each node was last seen.
    seen: Vec<u32>,
    round: u32,
}

impl<'g, 'a> Wires<'g, 'a> {
    pub(super) fn new(nodes: &'g [Node<'a>]) -> Self {
        let mut setters = vec![None; nodes.len()];
        for (getter, setter) in by_name::pairs(nodes) {
            setters[getter] = Some(setter);
        }
        let followed = vec![Vec::new(); nodes.len()];
        let inputs = nodes.iter().map(|node| node.inputs.len()).sum();
        Self { nodes, setters, followed, inputs, steps: MAX_STEPS, seen: vec![0; nodes.len()], round: 0 }
    }

    /// Starts a new round, in which no node has been seen.
    pub(super) fn begin(&mut self) {
        self.round += 1;
    }

    /// Whether a node is seen for the first time; this costs a step for each of its inputs.
    pub(super) fn is_new(&mut self, node: usize) -> Result<bool, Error> {
        self.spend(1)?;
        if std::mem::replace(&mut self.seen[node], self.round) == self.round {
            return Ok(false);
        }
        self.spend(self.nodes[node].inputs.len())?;
        Ok(true)
    }

    /// Takes steps from those that are left.
    pub(super) fn spend(&mut self, steps: usize) -> Result<(), Error> {
        self.steps = self.steps.checked_sub(steps).ok_or_else(|| {
            Error::invalid_workflow(
                "the workflow has links that take too long to follow: no real workflow does",
            )
        })?;
        Ok(())
    }

    /// The index of an input of a node.
    pub(super) fn index(&self, node: usize, name: &str) -> Option<usize> {
        self.nodes[node].inputs.iter().position(|input| input.name == name)
    }

    /// Whether a node has a value or a link of one of these names.
    pub(super) fn has(&self, node: usize, names: &[&str]) -> bool {
        let given = |input: &&Input<'_>| !matches!(input.given, Given::Nothing);
        self.nodes[node].inputs.iter().filter(given).any(|input| names.contains(&&*input.name))
    }

    /// Whether a node has a link of one of these names.
    pub(super) fn is_linked(&self, node: usize, names: &[&str]) -> bool {
        let mut linked = self.nodes[node].inputs.iter().filter(|input| input.link().is_some());
        linked.any(|input| names.contains(&&*input.name))
    }

    /// Indices of the inputs that have a link of one of these names, in the order of the names.
    pub(super) fn linked(&self, node: usize, names: &[&str]) -> Vec<usize> {
        let indices = names.iter().filter_map(|name| self.index(node, name));
        indices.filter(|index| self.nodes[node].inputs[*index].link().is_some()).collect()
    }

    /// Where the link into an input comes from; `None` if it has none, or comes from a node that does not run.
    pub(super) fn source(&mut self, node: usize, input: usize) -> Result<Option<Source>, Error> {
        let (mut node, mut input) = (node, input);
        let mut through = Vec::new();
        let mut found = None;
        for _ in 0..=self.inputs {
            self.spend(1)?;
            let link = self.nodes[node].inputs[input].link();
            let Some(source) = link.and_then(|link| Some(Source { node: link.node?, output: link.output }))
            else {
                break;
            };
            let known = self.lane(source).and_then(|lane| self.followed[source.node].get(lane)).copied();
            if let Some(known) = known.flatten() {
                found = known;
                break;
            }
            match self.onwards(source)? {
                Step::End => {
                    found = Some(source);
                    break;
                }
                Step::Nothing => break,
                Step::Input(next, index) => (node, input) = (next, index),
            }
            through.push(source);
        }
        for source in through {
            self.remember(source, found);
        }
        Ok(found)
    }

    /// Which of the ways through a node leads to an output; `None` for a node that passes nothing on.
    fn lane(&self, source: Source) -> Option<usize> {
        let node = &self.nodes[source.node];
        match node.mode {
            Mode::Bypassed => source.output.filter(|output| *output < node.outputs.len()),
            _ => node.editor_only.then_some(0),
        }
    }

    fn remember(&mut self, source: Source, found: Followed) {
        let Some(lane) = self.lane(source) else { return };
        let lanes = &mut self.followed[source.node];
        if lanes.len() <= lane {
            lanes.resize(lane + 1, None);
        }
        lanes[lane] = Some(found);
    }

    /// Whether a source is the end, or passes something on.
    fn onwards(&mut self, source: Source) -> Result<Step, Error> {
        let node = &self.nodes[source.node];
        if node.editor_only || node.mode == Mode::Bypassed {
            self.spend(node.inputs.len())?;
        }
        let first_link = |index: usize| {
            let at = self.nodes[index].inputs.iter().position(|input| input.link().is_some());
            at.map_or(Step::Nothing, |at| Step::Input(index, at))
        };
        let page_node = node.class_type.as_deref().filter(|_| node.editor_only).and_then(PageNode::of);
        Ok(match (node.mode, page_node) {
            (Mode::Muted, _) | (Mode::Active, Some(PageNode::Aside)) => Step::Nothing,
            (Mode::Bypassed, _) => {
                let handed = source.output.and_then(|output| handed_on(node, output));
                let at = handed.and_then(|handed| node.inputs.iter().position(|it| std::ptr::eq(it, handed)));
                at.map_or(Step::Nothing, |at| Step::Input(source.node, at))
            }
            (Mode::Active, Some(PageNode::Reroute | PageNode::Set(_))) => first_link(source.node),
            (Mode::Active, Some(PageNode::Get(_))) => match self.setters[source.node] {
                Some(setter) if self.nodes[setter].mode != Mode::Muted => first_link(setter),
                _ => Step::Nothing,
            },
            (Mode::Active, Some(PageNode::Primitive) | None) => self.switched(source.node)?,
        })
    }

    /// Through a node that passes on one of two links, if it is known which.
    fn switched(&mut self, node: usize) -> Result<Step, Error> {
        let class = self.nodes[node].class_type.as_deref().unwrap_or_default();
        let Some((_, [switch, yes, no])) = table::SWITCHES.iter().find(|(known, _)| *known == class) else {
            return Ok(Step::End);
        };
        let chosen = match self.yes_or_no(node, switch)? {
            Some(true) => yes,
            Some(false) => no,
            None => return Ok(Step::End),
        };
        let at = self.index(node, chosen).filter(|at| self.nodes[node].inputs[*at].link().is_some());
        Ok(at.map_or(Step::End, |at| Step::Input(node, at)))
    }

    /// The boolean value of an input: its own, or that of the node to which it is linked, through a few of them.
    fn yes_or_no(&mut self, node: usize, name: &str) -> Result<Option<bool>, Error> {
        const MAX_NODES: usize = 8;
        let (mut node, mut at) = (node, self.index(node, name));
        for _ in 0..MAX_NODES {
            let Some(index) = at else { return Ok(None) };
            let input = &self.nodes[node].inputs[index];
            self.spend(1 + self.nodes[node].inputs.len())?;
            match (input.value(), input.link().and_then(|link| link.node)) {
                (Some(value), _) => {
                    return Ok((value.kind() == Kind::Boolean).then(|| value.raw() == "true"));
                }
                (None, Some(from)) => (node, at) = (from, self.handed_on(from)),
                (None, None) => return Ok(None),
            }
        }
        Ok(None)
    }

    /// The value that a node has and passes on, or the link that it only passes on.
    fn handed_on(&self, node: usize) -> Option<usize> {
        let is_one = |input: &Input<'_>| {
            table::HANDED_VALUES.contains(&&*input.name.to_ascii_lowercase())
                || (self.nodes[node].editor_only && input.link().is_some())
        };
        self.nodes[node].inputs.iter().position(is_one)
    }

    /// The nodes that sample for an output node: all that it needs, except those that only make texts.
    pub(super) fn samplers_for(&mut self, output: usize) -> Result<Vec<usize>, Error> {
        self.begin();
        let (mut found, mut open) = (Vec::new(), vec![output]);
        while let Some(node) = open.pop() {
            if !self.is_new(node)? {
                continue;
            }
            if self.samples(node) {
                found.push(node);
            }
            for index in 0..self.nodes[node].inputs.len() {
                let name = &*self.nodes[node].inputs[index].name;
                // These two bring what is encoded already.
                let is_encoded = matches!(name, "positive" | "negative");
                if is_encoded || !table::TEXTS.contains(&name) {
                    open.extend(self.source(node, index)?.map(|source| source.node));
                }
            }
        }
        Ok(found)
    }

    /// Whether a node samples, by its inputs: a guider; sigmas and noise; steps and a seed; or, for nodes that call a
    /// service, a prompt and a seed.
    fn samples(&self, node: usize) -> bool {
        let it = &self.nodes[node];
        if !it.runs() || table::NO_SAMPLERS.contains(&it.class_type.as_deref().unwrap_or_default()) {
            return false;
        }
        let has_seed = || self.has(node, table::SEED.names) || self.is_linked(node, table::SEED.carriers);
        let has_prompt = || self.has(node, &table::GENERATOR_TEXTS) && !self.is_linked(node, &["clip"]);
        self.is_linked(node, &["guider"])
            || (has_seed()
                && (self.is_linked(node, &["sigmas"]) || self.has(node, table::STEPS.names) || has_prompt()))
    }
}

/// Where a way goes on from a source.
enum Step {
    /// Nowhere: it is the source.
    End,
    /// On, through this input of a node.
    Input(usize, usize),
    /// Nothing comes from there.
    Nothing,
}
