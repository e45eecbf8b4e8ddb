//! The texts behind what a node samples with, and which of them say what is not wanted.

use super::table;
use super::wires::{Source, Wires};
use super::{Fact, Stage, stage};
use crate::Error;
use crate::inspect::model::{Given, InputKind};
use crate::json::value::Kind;
use crate::text::find as find_text;

const CONDITIONING: &str = "CONDITIONING";

/// What a prompt says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Wanted,
    Unwanted,
}

/// What a name says of a prompt's role.
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

/// A node on the way back from where something samples.
struct Visit {
    source: Source,
    /// True as far as nothing has told the prompts apart.
    is_bundle: bool,
}

fn follow(
    wires: &mut Wires<'_, '_>,
    sampler: usize,
    role: Role,
) -> Result<(Vec<Fact>, Option<Fact>), Error> {
    let (mut texts, mut guidance) = (Vec::new(), None);
    wires.begin();
    let mut open = vec![Visit { source: Source { node: sampler, output: None }, is_bundle: true }];
    while let Some(Visit { source, is_bundle }) = open.pop() {
        let node = source.node;
        let class = wires.nodes[node].class_type.as_deref().unwrap_or_default();
        if table::FORGETS_PROMPT.contains(&class) || !wires.is_new(node)? {
            continue;
        }
        let role = role_of(wires, source).unwrap_or(role);
        if guidance.is_none() {
            guidance = stage::named(wires, node, table::GUIDANCE, false)?;
        }
        for index in texts_of(wires, node, role, is_bundle) {
            text(wires, node, index, &mut texts)?;
        }
        let links = prompt_links(wires, node, role, is_bundle);
        // The first one is looked at first.
        for (index, is_bundle) in links.into_iter().rev() {
            let source = wires.source(node, index)?;
            open.extend(source.map(|source| Visit { source, is_bundle }));
        }
    }
    Ok((texts, guidance))
}

/// Which of the two prompts an output has, of a node that has both.
fn role_of(wires: &Wires<'_, '_>, source: Source) -> Option<Role> {
    let node = &wires.nodes[source.node];
    let output = source.output?;
    let name = node.outputs.get(output).map(|output| &*output.name).unwrap_or_default();
    let has = |role: Role| {
        let linked = |name: &str| role_in(name) == Some(role);
        node.inputs.iter().any(|input| input.link().is_some() && linked(&input.name))
    };
    role_in(name).or_else(|| match (has(Role::Wanted) && has(Role::Unwanted), output) {
        (true, 0) => Some(Role::Wanted),
        (true, 1) => Some(Role::Unwanted),
        _ => None,
    })
}

/// Indices of the inputs with the texts that a node encodes for a role.
fn texts_of(wires: &Wires<'_, '_>, node: usize, role: Role, is_bundle: bool) -> Vec<usize> {
    let indices = table::TEXTS.iter().filter_map(|name| wires.index(node, name));
    let is_text = |index: &usize| match &wires.nodes[node].inputs[*index].given {
        Given::Value(value) => value.kind() == Kind::String,
        // What is linked to these in a node that samples is encoded already.
        Given::Link(_) => !matches!(&*wires.nodes[node].inputs[*index].name, "positive" | "negative"),
        Given::Nothing => false,
    };
    let indices: Vec<_> = indices.filter(is_text).collect();
    let role_at = |index: &usize| role_in(&wires.nodes[node].inputs[*index].name);
    let tells_apart = is_bundle || indices.iter().any(|index| role_at(index) == Some(Role::Unwanted));
    let fits = |index: &usize| match role_at(index) {
        Some(said) => said == role,
        // Beside a text for what is not wanted, a text without a role is the other one.
        None => role == Role::Wanted || !tells_apart,
    };
    indices.into_iter().filter(fits).collect()
}

/// Indices of the links by which more of a prompt comes, and whether each brings both.
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
        } else if brings_prompt && name != "empty_conditioning" {
            let fits = match role_in(name) {
                Some(said) => said == role,
                None => role == Role::Wanted || !is_bundle,
            };
            links.extend(fits.then_some((index, false)));
        }
    }
    links
}

/// The texts that an input has: its own, or those of the nodes that it is linked to, which may put several together.
fn text(wires: &mut Wires<'_, '_>, node: usize, index: usize, texts: &mut Vec<Fact>) -> Result<(), Error> {
    /// How many nodes one text may be put together of.
    const MAX_PARTS: usize = 1000;
    let mut open = vec![(node, index)];
    for _ in 0..MAX_PARTS {
        let Some((node, index)) = open.pop() else { return Ok(()) };
        let fact = Fact { node, input: Some(index), entry: None };
        let input = &wires.nodes[node].inputs[index];
        if let Given::Value(value) = input.given {
            let says_something = value.as_str().is_some_and(|text| !text.is(""));
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
        let parts = (0..inputs.len()).rev().filter(is_part);
        open.extend(parts.map(|part| (source.node, part)));
    }
    Ok(())
}
