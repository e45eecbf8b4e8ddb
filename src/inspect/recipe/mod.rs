//! The recipe of each output: what the nodes that sample were given, followed back through links.
//!
//! `table` says by which names facts and links go, `wires` where a link comes from in the end. `stage` asks for the
//! facts of one node that samples: its settings by `values`, and through `prompts`, `weights` and `size` what comes by links.

mod prompts;
mod size;
mod stage;
mod table;
mod values;
mod weights;
mod wires;

use super::model::{Graph, Node};
use crate::Error;
use crate::json::Value;
use wires::Wires;

/// What is told of all outputs.
#[derive(Debug, Default)]
pub struct Recipes {
    /// Each node that samples for some output, told once, in the order of the run.
    pub stages: Vec<Stage>,
    /// The index of each output node that something is sampled for, in file order, and its stages in the order of the run.
    pub outputs: Vec<(usize, Vec<usize>)>,
}

/// Where something is said: a value of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The node's index.
    pub node: usize,
    /// The index of the input among the node's; none where the class itself is what is said, as a sampler's.
    pub input: Option<usize>,
    /// The entry of the value, where that is an object.
    pub entry: Option<&'static str>,
}

/// What one node that samples was given.
#[derive(Debug, Default)]
pub struct Stage {
    /// The node's index.
    pub node: usize,
    /// The sampler's name.
    pub sampler: Option<Fact>,
    /// The scheduler's name.
    pub scheduler: Option<Fact>,
    /// How many steps.
    pub steps: Option<Fact>,
    /// How much of the prompt.
    pub cfg: Option<Fact>,
    /// What distilled models have in its place.
    pub guidance: Option<Fact>,
    /// How much of what was there is sampled again.
    pub denoise: Option<Fact>,
    /// The seed.
    pub seed: Option<Fact>,
    /// Width, height, length in frames, and number of the latents that it began with.
    pub size: [Option<Fact>; 4],
    /// The texts that say what is wanted.
    pub positive: Vec<Fact>,
    /// The texts that say what is not.
    pub negative: Vec<Fact>,
    /// The models, of which several are merged.
    pub models: Vec<Fact>,
    /// The LoRAs, in the order in which they are applied.
    pub loras: Vec<Lora>,
}

/// A LoRA and its strengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lora {
    /// The file's name.
    pub name: Fact,
    /// How strongly it changes the model.
    pub strength_model: Option<Fact>,
    /// How strongly it changes the text encoder.
    pub strength_clip: Option<Fact>,
}

impl Fact {
    /// The value; none where the class is what is said.
    pub fn value<'a>(&self, nodes: &[Node<'a>]) -> Option<Value<'a>> {
        let value = nodes.get(self.node)?.inputs.get(self.input?)?.value()?;
        self.entry.map_or(Some(value), |entry| value.get(entry))
    }
}

/// The recipes of a graph that was looked into; `order` has its nodes in the order of the run.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for a graph in which this takes far more steps than
/// in anybody's workflow.
pub fn of(graph: &Graph<'_>, order: &[usize]) -> Result<Recipes, Error> {
    let mut wires = Wires::new(&graph.nodes);
    let mut recipes = Recipes::default();
    let mut stage_of = vec![None; graph.nodes.len()];
    let mut place = vec![0; graph.nodes.len()];
    order.iter().enumerate().for_each(|(at, node)| place[*node] = at);
    for (output, node) in graph.nodes.iter().enumerate() {
        if !(node.is_output && node.runs()) {
            continue;
        }
        let mut samplers = wires.samplers_for(output)?;
        samplers.sort_unstable_by_key(|sampler| place[*sampler]);
        if samplers.is_empty() {
            continue;
        }
        let mut stages = Vec::with_capacity(samplers.len());
        for sampler in samplers {
            let known = stage_of[sampler];
            stages.push(known.unwrap_or(recipes.stages.len()));
            if known.is_none() {
                stage_of[sampler] = Some(recipes.stages.len());
                recipes.stages.push(stage::of(&mut wires, sampler)?);
            }
        }
        recipes.outputs.push((output, stages));
    }
    Ok(recipes)
}
