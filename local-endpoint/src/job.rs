//! A job: the workflow that will run, with the request's values and files in it, found valid.

use std::collections::HashMap;
use std::path::Path;

use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::refusal::Refusal;
use crate::request::{Request, Upload, object};
use crate::validate;
use crate::workflow::Workflow;

const MASK: &str = "-viewcomfymask";

/// A file given for an input, and the mask that belongs to it.
#[derive(Clone, Default)]
pub struct NodeFiles {
    pub file: Option<Upload>,
    pub mask: Option<Upload>,
}

/// What is to run.
pub struct Job {
    pub workflow: Workflow,
    /// Output nodes, in file order.
    pub outputs: Vec<String>,
    /// Files by node id.
    pub files: HashMap<String, NodeFiles>,
    /// Lines for the beginning of the log.
    pub notes: Vec<String>,
}

impl Job {
    /// Puts a request's values into its workflow, or into the deployed one, and validates the result.
    pub fn prepare(request: &Request, deployed: &Path, strict: bool) -> Result<Self, Refusal> {
        let params = request.overrides()?;
        let mut workflow = match &request.workflow_api {
            Some(text) => Workflow::new(object("workflow_api", text)?),
            None => read(deployed)?,
        };
        let mut notes = Vec::new();
        apply(&mut workflow, params, &request.others, &mut notes);
        let files = take_files(&mut workflow, &request.files, &mut notes);
        let valid = validate::validate(&workflow, strict).map_err(Refusal::comfyui)?;
        notes.extend(valid.notes);
        Ok(Self { workflow, outputs: valid.outputs, files, notes })
    }
}

fn read(path: &Path) -> Result<Workflow, Refusal> {
    let refuse = |what: String| Refusal::service(StatusCode::INTERNAL_SERVER_ERROR, "DomainException", &what);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = std::fs::read_to_string(path)
        .map_err(|error| refuse(format!("The deployed workflow {name} cannot be read: {error}")))?;
    let nodes = serde_json::from_str(&text).map_err(|error| {
        refuse(format!("The deployed workflow {name} is not a JSON object of nodes: {error}"))
    })?;
    Ok(Workflow::new(nodes))
}

fn apply(
    workflow: &mut Workflow,
    params: Map<String, Value>,
    texts: &[(String, String)],
    notes: &mut Vec<String>,
) {
    let texts = texts.iter().map(|(key, text)| (key.clone(), Value::from(text.as_str())));
    for (key, value) in params.into_iter().chain(texts) {
        // A key that begins with an underscore and does not name an input is a comment.
        if !workflow.set(&key, value) && !key.starts_with('_') {
            notes.push(unknown(&key));
        }
    }
}

fn take_files(
    workflow: &mut Workflow,
    files: &[Upload],
    notes: &mut Vec<String>,
) -> HashMap<String, NodeFiles> {
    let mut by_node: HashMap<String, NodeFiles> = HashMap::new();
    for upload in files {
        let whole = workflow.locate(&upload.name);
        let masked = upload.name.strip_suffix(MASK).and_then(|key| workflow.locate(key));
        let Some((id, _)) = whole.or(masked) else {
            notes.push(unknown(&upload.name));
            continue;
        };
        let entry = by_node.entry(id.to_owned()).or_default();
        if whole.is_some() {
            entry.file = Some(upload.clone());
            workflow.set(&upload.name, upload.filename.as_str().into());
        } else {
            entry.mask = Some(upload.clone());
        }
    }
    by_node
}

fn unknown(key: &str) -> String {
    format!("unknown parameter {key:?} ignored")
}
