//! Walks a workflow node by node: log lines as ComfyUI writes them, at its speed, and the outputs of each node.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::compute::{Failure, Fingerprint, Node, NodeOutput, Payload, between, compute};
use crate::job::Job;
use crate::model_family::ModelFamily;
use crate::node_kind::{NodeKind, kind};
use crate::python_json;
use crate::result::{OutputFile, PromptResult};
use crate::runs::Run;
use crate::tqdm;
use crate::workflow::{Workflow, link};

const STANDS_IN: &str =
    "local endpoint: standing in for a deployment; no model runs, pictures are drawn by a program";

/// Receives the progress of an execution.
pub trait Stage: Send + Sync {
    /// A line of the log.
    fn log(&self, line: &str);
    /// These nodes are taken from the cache.
    fn cached(&self, _ids: &[&str]) {}
    /// A node begins.
    fn enter(&self, _id: &str) {}
    /// A node has done this many of its steps, on the way to what `payload` will become.
    fn progress(&self, _id: &str, _step: u32, _total: u32, _payload: &Payload) {}
    /// A node is done.
    fn leave(&self, _id: &str, _made: &NodeOutput) {}
}

impl Stage for Run {
    fn log(&self, line: &str) {
        Run::log(self, line);
    }
}

/// The outcome of an execution.
pub struct Outcome {
    /// Seconds that it took, as they would be at speed 1.
    pub seconds: f64,
    pub files: Vec<OutputFile>,
    pub failed: Option<NodeFailure>,
}

/// The node at which an execution failed.
pub struct NodeFailure {
    pub id: String,
    pub class_type: String,
    pub failure: Failure,
}

/// A cache of nodes' outputs by id, with the fingerprint of everything that led there: a node whose fingerprint is the
/// same is not computed again.
#[derive(Default)]
pub struct Memory(HashMap<String, (u64, Vec<Payload>)>);

/// Runs a deployment's job to the end.
pub async fn walk(run: &Run, job: Job, speed: f64) -> PromptResult {
    run.log("got prompt");
    run.log(STANDS_IN);
    job.notes.iter().for_each(|note| run.log(note.as_str()));
    let Outcome { seconds, files, failed } = perform(run, &job, speed, &mut Memory::default()).await;
    let error = failed.map(|NodeFailure { id, class_type, failure }| {
        format!("{class_type} (node {id}): {}: {}", failure.exception, failure.message)
    });
    if let Some(error) = &error {
        run.error(error.as_str());
    }
    run.log(format!("Prompt executed in {seconds:.2} seconds"));
    PromptResult {
        prompt_id: run.id.clone(),
        seconds,
        prompt: job.workflow.nodes().clone(),
        outputs: files,
        error,
    }
}

/// Executes a job's nodes, each after the nodes that its inputs link to.
pub async fn perform(stage: &dyn Stage, job: &Job, speed: f64, memory: &mut Memory) -> Outcome {
    let family = ModelFamily::of(&job.workflow);
    let mut walk = Walk { stage, family, speed, seconds: 0.0, loaded: HashSet::new() };
    let mut files = Vec::new();
    let failed = walk.all(job, memory, &mut files).await.err();
    Outcome { seconds: walk.seconds, files, failed }
}

struct Walk<'a> {
    stage: &'a dyn Stage,
    family: &'static ModelFamily,
    speed: f64,
    /// Seconds so far, as they would be at speed 1.
    seconds: f64,
    /// The models in memory.
    loaded: HashSet<&'static str>,
}

impl Walk<'_> {
    async fn all(
        &mut self,
        job: &Job,
        memory: &mut Memory,
        files: &mut Vec<OutputFile>,
    ) -> Result<(), NodeFailure> {
        let prompt: Arc<str> = python_json::dumps(job.workflow.nodes()).unwrap_or_default().into();
        let mut made: HashMap<&str, Vec<Payload>> = HashMap::new();
        let order = execution_order(&job.workflow, &job.outputs);
        let cached = remembered(job, &order, memory, &mut made);
        self.stage.cached(&cached);
        for id in order.into_iter().filter(|id| !cached.contains(id)) {
            let node = node(job, id, &made);
            self.stage.enter(id);
            self.log_node(id, &node).await;
            let (class_type, fingerprint) = (node.class_type.clone(), node.seed);
            match self.compute(node, prompt.clone()).await {
                Ok(new) => {
                    self.stage.leave(id, &new);
                    files.extend(new.files);
                    memory.0.insert(id.to_owned(), (fingerprint, new.slots.clone()));
                    made.insert(id, new.slots);
                }
                Err(failure) => {
                    self.log_failure(&failure);
                    return Err(NodeFailure { id: id.to_owned(), class_type, failure });
                }
            }
        }
        Ok(())
    }

    async fn compute(&mut self, node: Node, prompt: Arc<str>) -> Result<NodeOutput, Failure> {
        let begun = Instant::now();
        let made = tokio::task::spawn_blocking(move || compute(&node, &prompt)).await;
        self.seconds += begun.elapsed().as_secs_f64();
        made.unwrap_or_else(|_| {
            Err(Failure { exception: "RuntimeError", message: "the node could not be computed".into() })
        })
    }

    fn log_failure(&self, failure: &Failure) {
        let Failure { exception, message } = failure;
        self.stage.log(&format!("!!! Exception during processing !!! {message}"));
        self.stage.log(&format!("Traceback (most recent call last):\n{exception}: {message}"));
    }

    async fn spend(&mut self, seconds: f64) {
        self.seconds += seconds;
        tokio::time::sleep(Duration::from_secs_f64(seconds / self.speed)).await;
    }

    /// Logs what ComfyUI logs for a node, and waits as long as it takes.
    async fn log_node(&mut self, id: &str, node: &Node) {
        match node.kind {
            NodeKind::Checkpoint => self.load_checkpoint().await,
            NodeKind::Loader => self.spend(0.4).await,
            NodeKind::Text => self.spend(0.12).await,
            NodeKind::Encode | NodeKind::Decode => {
                self.request(self.family.vae).await;
                self.spend(0.35).await;
            }
            NodeKind::Sampler => self.sample(id, node).await,
            NodeKind::Save(_) => self.spend(0.08).await,
            NodeKind::LoadImage | NodeKind::Other => self.spend(0.02).await,
        }
    }

    async fn load_checkpoint(&mut self) {
        let dtype = self.family.dtype;
        self.spend(0.5).await;
        self.stage.log(&format!("model weight dtype {dtype}, manual cast: None"));
        self.stage.log(&format!("model_type {}", self.family.model_type));
        self.stage.log("Using pytorch attention in VAE");
        self.stage.log("Using pytorch attention in VAE");
        self.stage.log("VAE load device: cuda:0, offload device: cpu, dtype: torch.bfloat16");
        self.request(self.family.text_encoder).await;
        let devices = "load device: cuda:0, offload device: cpu, current: cuda:0";
        self.stage.log(&format!("CLIP/text encoder model {devices}, dtype: torch.float16"));
    }

    /// Loads a model into memory, unless it is already there.
    async fn request(&mut self, (name, megabytes): (&'static str, &'static str)) {
        if !self.loaded.insert(name) {
            return;
        }
        self.stage.log(&format!("Requested to load {name}"));
        self.spend(0.3).await;
        self.stage.log(&format!("loaded completely;  {megabytes} MB loaded, full load: True"));
    }

    async fn sample(&mut self, id: &str, node: &Node) {
        self.request(self.family.model).await;
        let payload = node.gathered();
        let total = steps(node, &payload);
        let (width, height) = payload.size.unwrap_or((512, 512));
        let area = f64::from(width) * f64::from(height) / (512.0 * 512.0);
        let step = self.family.step_seconds * area.clamp(0.25, 16.0);
        let mut random = fastrand::Rng::with_seed(node.seed);
        let begun = self.seconds;
        let mut shown = begun;
        self.stage.log(&tqdm::bar(0, total, 0.0));
        for done in 1..=total {
            self.spend(step * f64::from(between(&mut random, 0.94, 1.06))).await;
            // tqdm draws at most ten times a second, and always after the last step.
            if self.seconds - shown >= 0.1 || done == total {
                shown = self.seconds;
                self.stage.log(&tqdm::bar(done, total, self.seconds - begun));
                self.stage.progress(id, done, total, &payload);
            }
        }
    }
}

/// The number of steps of a sampler, from its own inputs or from the node that made its sigmas.
fn steps(node: &Node, payload: &Payload) -> u32 {
    let steps = node.number("steps").or(payload.steps).unwrap_or(20);
    let end = node.number("end_at_step").unwrap_or(steps).min(steps);
    end.saturating_sub(node.number("start_at_step").unwrap_or(0)).max(1)
}

/// The nodes that lead to the outputs, each after the nodes that its inputs link to.
fn execution_order<'a>(workflow: &'a Workflow, outputs: &'a [String]) -> Vec<&'a str> {
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    for output in outputs {
        // Entered, then left once everything upstream is done.
        let mut stack = vec![(output.as_str(), false)];
        while let Some((id, done)) = stack.pop() {
            if done {
                order.push(id);
                continue;
            }
            if !seen.insert(id) {
                continue;
            }
            stack.push((id, true));
            let above: Vec<&str> = workflow.links(id).map(|(_, link)| link.node).collect();
            stack.extend(above.into_iter().rev().map(|id| (id, false)));
        }
    }
    order
}

/// The nodes whose outcome is cached, with everything upstream; their outputs go into `made`.
fn remembered<'a>(
    job: &Job,
    order: &[&'a str],
    memory: &Memory,
    made: &mut HashMap<&'a str, Vec<Payload>>,
) -> Vec<&'a str> {
    let mut cached = Vec::new();
    for id in order {
        let above_is_known = job.workflow.links(id).all(|(_, link)| made.contains_key(link.node));
        let Some((fingerprint, slots)) = memory.0.get(*id).filter(|_| above_is_known) else { continue };
        if node(job, id, made).seed == *fingerprint {
            made.insert(id, slots.clone());
            cached.push(*id);
        }
    }
    cached
}

/// A node with the outputs of the nodes before it.
fn node(job: &Job, id: &str, made: &HashMap<&str, Vec<Payload>>) -> Node {
    let workflow = &job.workflow;
    let class_type = workflow.class_type(id).to_owned();
    let files = job.files.get(id).cloned().unwrap_or_default();
    let mut fingerprint = Fingerprint::new().add(class_type.as_bytes());
    let mut literals = serde_json::Map::new();
    let mut linked = Vec::new();
    for (name, value) in workflow.inputs(id) {
        fingerprint = fingerprint.add(name.as_bytes());
        let target = link(value).and_then(|link| Some((made.get(link.node)?, link.slot)));
        let Some((slots, slot)) = target else {
            fingerprint = fingerprint.add(value.to_string().as_bytes());
            literals.insert(name.to_owned(), value.clone());
            continue;
        };
        let payload = slots.get(slot).or(slots.first()).cloned().unwrap_or_default();
        fingerprint = fingerprint.add(&payload.seed.to_le_bytes()).add(&slot.to_le_bytes());
        linked.push((name.to_owned(), payload));
    }
    for upload in files.file.iter().chain(&files.mask) {
        fingerprint = fingerprint.add(upload.sha256.as_bytes());
    }
    let output = job.outputs.iter().any(|output| output == id);
    let kind = kind(&class_type, output, |name| workflow.input(id, name).is_some());
    Node { class_type, kind, literals, linked, files, seed: fingerprint.seed() }
}
