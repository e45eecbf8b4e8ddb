//! The texts that a node samples with, and which of them are the negative prompt.

use super::table;
use super::wires::{Source, Wires};
use super::{Fact, Stage, values};
use crate::Error;
use crate::inspect::model::{Given, InputKind};
use crate::json::value::Kind;
use crate::text::find as find_text;

const CONDITIONING: &str = "CONDITIONING";

/// The role of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Wanted,
    Unwanted,
}

/// The role that a name means.
fn role_in(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    let says = |word: &str, short: &str, sign: char| {
        find_text(&name, word).is_some() || name.starts_with(short) || name.ends_with(sign)
    };
    if says("negative", "neg_", '-') {
        return Some(Role::Unwanted);
    }
    says("positive", "pos_", '+').then_some(Role::Wanted)
}

/// Finds the texts, and the guidance that is set among them.
pub(super) fn find(wires: &mut Wires<'_, '_>, stage: &mut Stage) -> Result<(), Error> {
    let (positive, guidance) = follow(wires, stage.node, Role::Wanted)?;
    let (negative, _) = follow(wires, stage.node, Role::Unwanted)?;
    (stage.positive, stage.negative, stage.guidance) = (positive, negative, guidance);
    Ok(())
}

/// What is still to be visited on the way back from a sampling node.
enum Visit {
    /// A node; `is_bundle` while nothing has separated the two prompts.
    Node { source: Source, is_bundle: bool },
    /// The text of a node, after everything behind its links has been visited.
    Text(usize, usize),
}

fn follow(wires: &mut Wires<'_, '_>, sampler: usize, role: Role) -> Result<(Vec<Fact>, Option<Fact>), Error> {
    let (mut texts, mut guidance) = (Vec::new(), None);
    wires.begin();
    let mut open = vec![Visit::Node { source: Source { node: sampler, output: None }, is_bundle: true }];
    while let Some(visit) = open.pop() {
        let (source, is_bundle) = match visit {
            Visit::Node { source, is_bundle } => (source, is_bundle),
            Visit::Text(node, index) => {
                text(wires, node, index, &mut texts)?;
                continue;
            }
        };
        let node = source.node;
        let class = wires.nodes[node].class_type.as_deref().unwrap_or_default();
        if table::FORGETS_PROMPT.contains(&class) || !wires.is_new(node)? {
            continue;
        }
        let role = role_of(wires, source).unwrap_or(role);
        if guidance.is_none() {
            guidance = values::named(wires, node, table::GUIDANCE, false)?;
        }
        // The last one that is pushed is the first to be visited.
        let own = texts_of(wires, node, role, is_bundle).into_iter().rev();
        open.extend(own.map(|index| Visit::Text(node, index)));
        let links = prompt_links(wires, node, role, is_bundle);
        for (index, is_bundle) in links.into_iter().rev() {
            let source = wires.source(node, index)?;
            open.extend(source.map(|source| Visit::Node { source, is_bundle }));
        }
    }
    Ok((texts, guidance))
}

/// Which of the two prompts an output has, if its name says so. In API format the output names of a pack's class are
/// unknown, and the prompt that an input asks for counts.
fn role_of(wires: &Wires<'_, '_>, source: Source) -> Option<Role> {
    role_in(&wires.nodes[source.node].outputs.get(source.output?)?.name)
}

/// Indices of the inputs with the texts that a node encodes for a role.
fn texts_of(wires: &Wires<'_, '_>, node: usize, role: Role, is_bundle: bool) -> Vec<usize> {
    let indices = table::TEXTS.iter().filter_map(|name| wires.index(node, name));
    let is_text = |index: &usize| match &wires.nodes[node].inputs[*index].given {
        Given::Value(value) => value.kind() == Kind::String,
        // The values linked to these inputs of a sampling node are encoded already.
        Given::Link(_) => !matches!(&*wires.nodes[node].inputs[*index].name, "positive" | "negative"),
        Given::Nothing => false,
    };
    let indices: Vec<_> = indices.filter(is_text).collect();
    let role_at = |index: &usize| role_in(&wires.nodes[node].inputs[*index].name);
    let tells_apart = is_bundle || indices.iter().any(|index| role_at(index) == Some(Role::Unwanted));
    let fits = |index: &usize| match role_at(index) {
        Some(said) => said == role,
        // Next to a text for the negative prompt, a text without a role is the positive one.
        None => role == Role::Wanted || !tells_apart,
    };
    indices.into_iter().filter(fits).collect()
}

/// Indices of the links through which more of a prompt comes, and whether each brings both prompts.
fn prompt_links(wires: &Wires<'_, '_>, node: usize, role: Role, is_bundle: bool) -> Vec<(usize, bool)> {
    let mut links = Vec::new();
    for (index, input) in wires.nodes[node].inputs.iter().enumerate() {
        let (name, Some(_)) = (&*input.name, input.link()) else { continue };
        let kind = input.socket.as_deref().or(input.expected.as_ref().map(|expected| &*expected.spec.kind));
        let brings_prompt = kind == Some(CONDITIONING)
            || table::PROMPT_LINKS.contains(&name)
            || name.starts_with("positive")
            || name.starts_with("negative");
        if table::BUNDLES.contains(&name) {
            links.push((index, is_bundle));
        } else if brings_prompt && !table::NO_PROMPTS.contains(&name) {
            let fits = match role_in(name) {
                Some(said) => said == role,
                None => role == Role::Wanted || !is_bundle,
            };
            links.extend(fits.then_some((index, false)));
        }
    }
    links
}

/// The texts of an input: its own, or those of the nodes to which it is linked, which may join several.
fn text(wires: &mut Wires<'_, '_>, node: usize, index: usize, texts: &mut Vec<Fact>) -> Result<(), Error> {
    /// How many nodes one text may be joined from.
    const MAX_PARTS: usize = 1000;
    let mut open = vec![(node, index)];
    for _ in 0..MAX_PARTS {
        let Some((node, index)) = open.pop() else { return Ok(()) };
        let fact = Fact { node, input: Some(index), entry: None };
        let input = &wires.nodes[node].inputs[index];
        if let Given::Value(value) = input.given {
            let says_something = value.as_str().is_some_and(|text| !text.is(""));
            wires.spend(texts.len())?;
            let is_new = || {
                let same = |known: &Fact| known.node == node && known.value(wires.nodes) == Some(value);
                !texts.contains(&fact) && !texts.iter().any(same)
            };
            if says_something && is_new() {
                texts.push(fact);
            }
            continue;
        }
        let Some(source) = wires.source(node, index)? else { continue };
        let inputs = &wires.nodes[source.node].inputs;
        let hands_on = |name: &str| {
            let name = name.to_ascii_lowercase();
            table::HANDED_TEXTS.iter().any(|begin| name.starts_with(begin))
        };
        let is_part = |part: &usize| inputs[*part].kind != InputKind::Model && hands_on(&inputs[*part].name);
        let mut parts: Vec<usize> = (0..inputs.len()).filter(is_part).collect();
        // `string_a` before `string_b`, whichever has a socket.
        parts.sort_by(|a, b| inputs[*b].name.cmp(&inputs[*a].name));
        open.extend(parts.into_iter().map(|part| (source.node, part)));
    }
    Ok(())
}
