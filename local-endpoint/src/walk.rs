//! Walks a workflow node by node: log lines as ComfyUI writes them, at its pace, and what each node makes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::compute::{Failure, Fingerprint, Node, NodeOutput, Payload, between, compute};
use crate::job::Job;
use crate::model_family::ModelFamily;
use crate::node_kind::{NodeKind, kind};
use crate::python_json;
use crate::result::PromptResult;
use crate::runs::Run;
use crate::tqdm;
use crate::workflow::{Workflow, link};

const STANDS_IN: &str =
    "local endpoint: standing in for a deployment; no model runs, pictures are drawn by rule";

/// Runs a job to its end.
pub async fn walk(run: &Run, job: Job, speed: f64) -> PromptResult {
    let family = ModelFamily::of(&job.workflow);
    let mut walk = Walk { run, family, speed, seconds: 0.0, loaded: HashSet::new() };
    run.log("got prompt");
    run.log(STANDS_IN);
    job.notes.iter().for_each(|note| run.log(note.as_str()));
    let mut outputs = Vec::new();
    let error = walk.all(&job, &mut outputs).await.err();
    run.log(format!("Prompt executed in {:.2} seconds", walk.seconds));
    PromptResult {
        prompt_id: run.id.clone(),
        seconds: walk.seconds,
        prompt: job.workflow.nodes().clone(),
        outputs,
        error,
    }
}

struct Walk<'a> {
    run: &'a Run,
    family: &'static ModelFamily,
    speed: f64,
    /// Seconds so far, as they would be at speed 1.
    seconds: f64,
    /// Models that are in memory.
    loaded: HashSet<&'static str>,
}

impl Walk<'_> {
    async fn all(&mut self, job: &Job, outputs: &mut Vec<crate::result::OutputFile>) -> Result<(), String> {
        let prompt: Arc<str> = python_json::dumps(job.workflow.nodes()).unwrap_or_default().into();
        let mut made: HashMap<&str, Vec<Payload>> = HashMap::new();
        for id in execution_order(&job.workflow, &job.outputs) {
            let node = node(job, id, &made);
            self.log_node(&node).await;
            let class_type = node.class_type.clone();
            match self.compute(node, prompt.clone()).await {
                Ok(new) => {
                    outputs.extend(new.files);
                    made.insert(id, new.slots);
                }
                Err(failure) => return Err(self.fail(id, &class_type, &failure)),
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

    fn fail(&self, id: &str, class_type: &str, failure: &Failure) -> String {
        let Failure { exception, message } = failure;
        self.run.log(format!("!!! Exception during processing !!! {message}"));
        self.run.log(format!("Traceback (most recent call last):\n{exception}: {message}"));
        let text = format!("{class_type} (node {id}): {exception}: {message}");
        self.run.error(text.as_str());
        text
    }

    async fn spend(&mut self, seconds: f64) {
        self.seconds += seconds;
        tokio::time::sleep(Duration::from_secs_f64(seconds / self.speed)).await;
    }

    /// What ComfyUI logs at a node, and the time that it takes.
    async fn log_node(&mut self, node: &Node) {
        match node.kind {
            NodeKind::Checkpoint => self.load_checkpoint().await,
            NodeKind::Loader => self.spend(0.4).await,
            NodeKind::Text => self.spend(0.12).await,
            NodeKind::Encode | NodeKind::Decode => {
                self.request(self.family.vae).await;
                self.spend(0.35).await;
            }
            NodeKind::Sampler => self.sample(node).await,
            NodeKind::Save(_) => self.spend(0.08).await,
            NodeKind::LoadImage | NodeKind::Other => self.spend(0.02).await,
        }
    }

    async fn load_checkpoint(&mut self) {
        let dtype = self.family.dtype;
        self.spend(0.5).await;
        self.run.log(format!("model weight dtype {dtype}, manual cast: None"));
        self.run.log(format!("model_type {}", self.family.model_type));
        self.run.log("Using pytorch attention in VAE");
        self.run.log("Using pytorch attention in VAE");
        self.run.log("VAE load device: cuda:0, offload device: cpu, dtype: torch.bfloat16");
        self.request(self.family.text_encoder).await;
        let devices = "load device: cuda:0, offload device: cpu, current: cuda:0";
        self.run.log(format!("CLIP/text encoder model {devices}, dtype: torch.float16"));
    }

    /// Loads a model into memory, unless it is there.
    async fn request(&mut self, (name, megabytes): (&'static str, &'static str)) {
        if !self.loaded.insert(name) {
            return;
        }
        self.run.log(format!("Requested to load {name}"));
        self.spend(0.3).await;
        self.run.log(format!("loaded completely;  {megabytes} MB loaded, full load: True"));
    }

    async fn sample(&mut self, node: &Node) {
        self.request(self.family.model).await;
        let payload = node.gathered();
        let total = steps(node, &payload);
        let (width, height) = payload.size.unwrap_or((512, 512));
        let area = f64::from(width) * f64::from(height) / (512.0 * 512.0);
        let step = self.family.step_seconds * area.clamp(0.25, 16.0);
        let mut random = fastrand::Rng::with_seed(node.seed);
        let begun = self.seconds;
        let mut shown = begun;
        self.run.log(tqdm::bar(0, total, 0.0));
        for done in 1..=total {
            self.spend(step * f64::from(between(&mut random, 0.94, 1.06))).await;
            // tqdm draws at most ten times a second, and the last one always.
            if self.seconds - shown >= 0.1 || done == total {
                shown = self.seconds;
                self.run.log(tqdm::bar(done, total, self.seconds - begun));
            }
        }
    }
}

/// The steps that a sampler takes, from its own inputs or from what made its sigmas.
fn steps(node: &Node, payload: &Payload) -> u32 {
    let steps = node.number("steps").or(payload.steps).unwrap_or(20);
    let end = node.number("end_at_step").unwrap_or(steps).min(steps);
    end.saturating_sub(node.number("start_at_step").unwrap_or(0)).max(1)
}

/// Nodes that lead to the outputs, each after what it takes from.
fn execution_order<'a>(workflow: &'a Workflow, outputs: &'a [String]) -> Vec<&'a str> {
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    for output in outputs {
        // Entered, then left once everything above is done.
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

/// A node with what the nodes before it made.
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
