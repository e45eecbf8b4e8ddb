//! The facts of one sampling node.

use super::table::{self, Setting};
use super::wires::Wires;
use super::{Fact, Stage, prompts, size, values, weights};
use crate::Error;

/// How many nodes a setting may pass through.
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

/// A setting of a sampling node: at the end of the links that carry it, or else its own.
fn setting(wires: &mut Wires<'_, '_>, node: usize, wanted: &Setting) -> Result<Option<Fact>, Error> {
    let mut end = node;
    for _ in 0..MAX_CARRIERS {
        let Some(carrier) = wires.linked(end, wanted.carriers).first().copied() else { break };
        match wires.source(end, carrier)? {
            Some(source) => end = source.node,
            None => break,
        }
    }
    let carried = values::named(wires, end, wanted.names, wanted.is_text)?;
    if carried.is_some() || end == node {
        return Ok(carried);
    }
    if wanted.by_class {
        return Ok(Some(Fact { node: end, input: None, entry: None }));
    }
    values::named(wires, node, wanted.names, wanted.is_text)
}
