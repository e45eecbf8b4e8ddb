//! Whether a converted workflow runs, as far as the file and the definitions tell.

use super::emit::Entry;
use super::warnings::Warning;
use crate::editor::Pack;
use crate::error::WarningCode;
use crate::json::KeyIndex;
use crate::names::names;
use crate::{CannotConvertReason, Error, ErrorKind, RunReason};
use serde::Serialize;

names! {
    /// Whether a converted workflow runs.
    pub enum Verdict {
        /// It runs as it is, on a ComfyUI that has the classes of the definitions.
        Runs = "runs",
        /// It runs once some packs of nodes are installed.
        NeedsPacks = "needs_packs",
        /// It is not known whether it runs, or it does not run as it is.
        Unknown = "unknown",
    }
}

/// Whether a converted workflow runs, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The result in one word.
    pub verdict: Verdict,
    /// The result as one sentence.
    pub summary: String,
    /// The packs that a server needs in addition to ComfyUI's own nodes.
    pub packs: Vec<NeededPack>,
    /// Reasons why it may not run, by class.
    pub doubts: Vec<Doubt>,
}

/// A pack that has to be installed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeededPack {
    /// `cnr_id`: its name in ComfyUI's registry; `comfy-core` is ComfyUI itself.
    pub id: Option<String>,
    /// `aux_id`: its repository. If the file names neither, the pack of these classes is not known.
    pub repository: Option<String>,
    /// The versions that its nodes were saved with.
    pub versions: Vec<String>,
    /// The classes of it that are used.
    pub classes: Vec<String>,
    /// Ids of the nodes.
    pub nodes: Vec<String>,
}

/// A reason why it is not known whether the workflow runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// The code of the warning with the same reason.
    pub code: WarningCode,
    /// The class of the nodes; `None` for the whole file.
    pub class: Option<String>,
    /// Ids of the nodes; for a warning about all nodes of a class, the first one.
    pub nodes: Vec<String>,
    /// What is wrong, one sentence; for several nodes, about the first.
    pub message: String,
}

/// How many packs and classes a summary names.
const MAX_NAMED: usize = 5;

impl Report {
    /// The result that follows from the prompt and the warnings.
    pub(super) fn of(entries: &[Entry<'_>], warnings: &[Warning]) -> Self {
        let packs = packs(entries);
        let doubts = doubts(entries, warnings);
        let verdict = match (doubts.is_empty(), packs.is_empty()) {
            (false, _) => Verdict::Unknown,
            (true, false) => Verdict::NeedsPacks,
            (true, true) => Verdict::Runs,
        };
        let mut report = Self { verdict, summary: String::new(), packs, doubts };
        report.summary = report.sentence();
        report
    }

    fn sentence(&self) -> String {
        match self.verdict {
            Verdict::Runs => "It runs as it is.".to_owned(),
            Verdict::NeedsPacks => {
                format!(
                    "It runs if these packs are installed: {}.",
                    listed(self.packs.iter().map(NeededPack::told))
                )
            }
            Verdict::Unknown => {
                let messages = self.doubts.iter().map(|doubt| doubt.message.clone());
                format!("Whether it runs cannot be known: {}.", joined(messages, "; "))
            }
        }
    }

    /// The error for a caller that accepts only workflows that run; `None` for one that does.
    pub(super) fn refusal(&self, warnings: &[Warning]) -> Option<Error> {
        if self.verdict == Verdict::Runs {
            return None;
        }
        let is_reason =
            |warning: &&Warning| warning.code == WarningCode::UnknownClass || is_doubt(warning.code);
        let reasons: Vec<_> = warnings
            .iter()
            .filter(is_reason)
            .map(|warning| RunReason {
                code: warning.code,
                node_id: warning.node.clone(),
                input: warning.input.clone(),
                message: warning.message.clone(),
                advice: warning.advice.clone(),
            })
            .collect();
        let reasons = if reasons.is_empty() { vec![self.needs_packs()] } else { reasons };
        let first = reasons.first();
        let advice = first.map_or("", |first| &first.advice);
        let message = joined(reasons.iter().map(|reason| reason.message.clone()), "; ");
        Some(
            ErrorKind::CannotConvert {
                message: format!("{message}: {advice}"),
                reason: CannotConvertReason::MayNotRun,
                node_id: first.and_then(|first| first.node_id.clone()),
                input: first.and_then(|first| first.input.clone()),
                reasons,
            }
            .into(),
        )
    }
}

impl Report {
    /// The reason if all classes are known, but some only as those of packs.
    fn needs_packs(&self) -> RunReason {
        RunReason {
            code: WarningCode::UnknownClass,
            node_id: self.packs.first().and_then(|pack| pack.nodes.first().cloned()),
            input: None,
            message: self.summary.trim_end_matches('.').to_owned(),
            advice: "give the object_info of a server on which they are installed".to_owned(),
        }
    }
}

impl NeededPack {
    fn told(&self) -> String {
        let name = match (self.id.as_deref(), self.repository.as_deref()) {
            (Some("comfy-core"), _) => "ComfyUI itself",
            (Some(name), _) | (None, Some(name)) => name,
            (None, None) => {
                return format!(
                    "one that the file does not name, with {}",
                    listed(self.classes.iter().cloned())
                );
            }
        };
        match self.versions.last() {
            Some(version) => format!("{name} {version}"),
            None => name.to_owned(),
        }
    }
}

/// The packs of the nodes whose classes the definitions do not have.
fn packs(entries: &[Entry<'_>]) -> Vec<NeededPack> {
    let (mut packs, mut indices): (Vec<NeededPack>, _) = (Vec::new(), KeyIndex::default());
    let mut seen = KeyIndex::default();
    for entry in entries.iter().filter(|entry| entry.is_foreign) {
        let pack = entry.pack.as_ref();
        let (id, repository) =
            (pack.and_then(|pack| pack.id.as_deref()), pack.and_then(|pack| pack.repository.as_deref()));
        let name = pack.map_or("", Pack::name).to_owned();
        let at = indices.claim(name.clone().into(), packs.len()).unwrap_or(packs.len());
        if at == packs.len() {
            let [id, repository] = [id, repository].map(|name| name.map(str::to_owned));
            let (versions, classes, nodes) = Default::default();
            packs.push(NeededPack { id, repository, versions, classes, nodes });
        }
        let needed = &mut packs[at];
        needed.nodes.push(entry.id.clone());
        if seen.claim(format!("class {name} {}", entry.class).into(), at).is_none() {
            needed.classes.push(entry.class.to_string());
        }
        let version = pack.and_then(|pack| pack.version.as_deref());
        if let Some(version) = version
            && seen.claim(format!("version {name} {version}").into(), at).is_none()
        {
            needed.versions.push(version.to_owned());
        }
    }
    packs
}

/// The warnings that speak against running it: once for each class and kind of warning.
fn doubts(entries: &[Entry<'_>], warnings: &[Warning]) -> Vec<Doubt> {
    let mut classes = KeyIndex::default();
    for (at, entry) in entries.iter().enumerate() {
        classes.claim(entry.id.as_str().into(), at);
    }
    let mut unnamed = KeyIndex::default();
    for entry in entries.iter().filter(|entry| !entry.has_names) {
        unnamed.claim(entry.class.as_ref().into(), 0);
    }
    let (mut doubts, mut indices): (Vec<Doubt>, _) = (Vec::new(), KeyIndex::default());
    for warning in warnings {
        let entry = warning.node.as_deref().and_then(|id| classes.get(id)).map(|at| &entries[at]);
        let class = entry.map(|entry| entry.class.to_string());
        let counts = match (warning.code, &class) {
            (WarningCode::UnknownClass, Some(class)) => unnamed.get(class).is_some(),
            (code, _) => is_doubt(code),
        };
        if !counts {
            continue;
        }
        let key = format!("{} {}", warning.code, class.as_deref().unwrap_or_default());
        let at = indices.claim(key.into(), doubts.len()).unwrap_or(doubts.len());
        if at == doubts.len() {
            let message = warning.message.clone();
            doubts.push(Doubt { code: warning.code, class, nodes: Vec::new(), message });
        }
        let nodes = &mut doubts[at].nodes;
        if let Some(node) = warning.node.as_ref().filter(|node| nodes.last() != Some(node)) {
            nodes.push(node.clone());
        }
    }
    doubts
}

/// Whether it is unclear after a warning of this kind whether the workflow runs as its author meant it.
fn is_doubt(code: WarningCode) -> bool {
    match code {
        WarningCode::UnknownValue
        | WarningCode::LiveValue
        | WarningCode::DefinitionsDiffer
        | WarningCode::WrongType
        | WarningCode::NotFinite
        | WarningCode::LostLink
        | WarningCode::MissingInput
        | WarningCode::RepeatedId
        | WarningCode::UnknownLinks => true,
        // If a class is not known but its values have names, only the pack is missing.
        WarningCode::UnknownClass
        | WarningCode::RemoteChoice
        | WarningCode::CommentCut
        | WarningCode::MissingVersion => false,
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    joined(names, ", ")
}

/// The first of several texts, and how many more there are.
fn joined(mut texts: impl Iterator<Item = String>, between: &str) -> String {
    let first: Vec<_> = texts.by_ref().take(MAX_NAMED).collect();
    match texts.count() {
        0 => first.join(between),
        more => format!("{}{between}and {more} more", first.join(between)),
    }
}
