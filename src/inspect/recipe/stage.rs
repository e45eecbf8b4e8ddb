//! The facts of one node that samples.

use super::table::{self, Setting};
use super::wires::{Source, Wires};
use super::{Fact, Stage, prompts, size, weights};
use crate::Error;
use crate::inspect::model::{Given, InputKind};
use crate::json::value::Kind;

/// How many nodes a setting may come through.
const MAX_CARRIERS: usize = 100;

pub(super) fn of(wires: &mut Wires<'_, '_>, node: usize) -> Result<Stage, Error> {
    let mut stage = Stage { node, ..Stage::default() };
    stage.sampler = setting(wires, node, &table::SAMPLER)?;
    stage.scheduler = setting(wires, node, &table::SCHEDULER)?;
    stage.steps = setting(wires, node, &table::STEPS)?;
    stage.cfg = setting(wires, node, &table::CFG)?;
    stage.denoise = setting(wires, node, &table::DENOISE)?;
    stage.seed = setting(wires, node, &table::SEED)?;
    prompts::find(wires, &mut stage)?;
    weights::find(wires, &mut stage)?;
    stage.size = size::find(wires, node)?;
    Ok(stage)
}

/// A setting of a node that samples: at the end of the links that carry it, else its own.
fn setting(wires: &mut Wires<'_, '_>, node: usize, wanted: &Setting) -> Result<Option<Fact>, Error> {
    let mut end = node;
    for _ in 0..MAX_CARRIERS {
        let Some(carrier) = wires.linked(end, wanted.carriers).first().copied() else { break };
        match wires.source(end, carrier)? {
            Some(source) => end = source.node,
            None => break,
        }
    }
    let carried = named(wires, end, wanted.names, wanted.is_text)?;
    if carried.is_some() || end == node {
        return Ok(carried);
    }
    if wanted.by_class {
        return Ok(Some(Fact { node: end, input: None, entry: None }));
    }
    named(wires, node, wanted.names, wanted.is_text)
}

/// The value that a node has under one of these names, or is linked to.
pub(super) fn named(
    wires: &mut Wires<'_, '_>,
    node: usize,
    names: &[&str],
    is_text: bool,
) -> Result<Option<Fact>, Error> {
    for name in names {
        let Some(index) = wires.index(node, name) else { continue };
        let found = value(wires, node, index, names, is_text)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The value of an input: its own, or that of the node that it is linked to, which has it under one of these names or hands
/// on a value.
fn value(
    wires: &mut Wires<'_, '_>,
    node: usize,
    index: usize,
    names: &[&str],
    is_text: bool,
) -> Result<Option<Fact>, Error> {
    let (mut node, mut index) = (node, index);
    for _ in 0..MAX_CARRIERS {
        let input = &wires.nodes[node].inputs[index];
        if let Given::Value(value) = input.given {
            let is_wanted = match value.kind() {
                Kind::String => is_text,
                Kind::Number => !is_text,
                _ => false,
            };
            return Ok(is_wanted.then_some(Fact { node, input: Some(index), entry: None }));
        }
        let Some(Source { node: from, .. }) = wires.source(node, index)? else { return Ok(None) };
        let Some(next) = handing(wires, from, names) else { return Ok(None) };
        (node, index) = (from, next);
    }
    Ok(None)
}

/// Which input of a node says what it hands on.
fn handing(wires: &Wires<'_, '_>, node: usize, names: &[&str]) -> Option<usize> {
    let inputs = &wires.nodes[node].inputs;
    let is_given = |index: &usize| !matches!(inputs[*index].given, Given::Nothing);
    let by_name = names.iter().find_map(|name| wires.index(node, name).filter(is_given));
    by_name
        .or_else(|| {
            table::HANDED_VALUES.iter().find_map(|name| {
                (0..inputs.len())
                    .find(|index| inputs[*index].name.eq_ignore_ascii_case(name) && is_given(index))
            })
        })
        // A node that is there for its seed alone calls it as it likes.
        .or_else(|| {
            let mut seeds = (0..inputs.len()).filter(|index| inputs[*index].kind == InputKind::Seed);
            seeds.next().filter(|_| names == table::SEED.names)
        })
}
