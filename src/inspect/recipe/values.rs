//! A value by its name: the node's own, or that of a node that only passes one on.

use super::wires::{Source, Wires};
use super::{Fact, table};
use crate::Error;
use crate::inspect::model::{Given, InputKind};
use crate::json::value::Kind;

/// How many nodes a value may pass through.
const MAX_HANDED: usize = 100;

/// The value that a node has by one of these names, or to which it is linked.
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

/// The value of an input: its own, or that of the node to which it is linked, if that has it by one of these names or
/// passes on a value.
fn value(
    wires: &mut Wires<'_, '_>,
    node: usize,
    index: usize,
    names: &[&str],
    is_text: bool,
) -> Result<Option<Fact>, Error> {
    let (mut node, mut index) = (node, index);
    for _ in 0..MAX_HANDED {
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

/// Which input of a node has what it passes on.
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
        // A node whose only purpose is a seed may call it anything.
        .or_else(|| {
            let mut seeds = (0..inputs.len()).filter(|index| inputs[*index].kind == InputKind::Seed);
            seeds.next().filter(|_| names == table::SEED.names)
        })
}
