//! The recipe of each output: what the sampling nodes were given, followed back through links.
//!
//! `table` has the names under which facts and links are found, `wires` says where a link really comes from. `stage`
//! collects the facts of one sampling node: its settings by `values`, and what comes through links by `prompts`,
//! `weights` and `size`.

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

/// The recipes of all outputs.
#[derive(Debug, Default)]
pub struct Recipes {
    /// Each node that samples for some output, once, in the order of the run.
    pub stages: Vec<Stage>,
    /// The index of each output node for which something is sampled, in file order, and its stages in the order of the
    /// run.
    pub outputs: Vec<(usize, Vec<usize>)>,
}

/// A fact: a value of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// The node's index.
    pub node: usize,
    /// The index of the input in the node's inputs; `None` if the class itself is the fact, as for a sampler.
    pub input: Option<usize>,
    /// The entry of the value, if that is an object.
    pub entry: Option<&'static str>,
}

/// What one sampling node was given.
#[derive(Debug, Default)]
pub struct Stage {
    /// The node's index.
    pub node: usize,
    /// The sampler's name.
    pub sampler: Option<Fact>,
    /// The scheduler's name.
    pub scheduler: Option<Fact>,
    /// The number of steps.
    pub steps: Option<Fact>,
    /// How strongly it follows the prompt.
    pub cfg: Option<Fact>,
    /// The setting that distilled models have in its place.
    pub guidance: Option<Fact>,
    /// How much of the given image or latent is sampled again, from 0 to 1.
    pub denoise: Option<Fact>,
    /// The seed.
    pub seed: Option<Fact>,
    /// Width, height, length in frames, and number of the latents with which it began.
    pub size: [Option<Fact>; 4],
    /// The texts of the positive prompt.
    pub positive: Vec<Fact>,
    /// The texts of the negative prompt.
    pub negative: Vec<Fact>,
    /// The models; several if they are merged.
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
    /// The value; `None` if the class itself is the fact.
    pub fn value<'a>(&self, nodes: &[Node<'a>]) -> Option<Value<'a>> {
        let value = nodes.get(self.node)?.inputs.get(self.input?)?.value()?;
        self.entry.map_or(Some(value), |entry| value.get(entry))
    }
}

/// The recipes of an inspected graph; `order` has its nodes in the order of the run.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for a graph for which this takes far more steps
/// than for any real workflow.
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
