//! Inputs that a server misses: their class requires them, and what was linked to them does not run.

use super::emit::{Entry, Sent};
use super::warnings::{self, Warning};
use crate::json::KeyIndex;

/// Warns about the nodes that a run needs, for a server does not look at the others. `indices` has the entries by id.
pub fn missing_inputs(entries: &[Entry<'_>], indices: &KeyIndex<'_>, warnings: &mut Vec<Warning>) {
    let is_needed = needed(entries, indices);
    for (entry, _) in entries.iter().zip(is_needed).filter(|(_, is_needed)| *is_needed) {
        if entry.needed.is_empty() {
            continue;
        }
        let mut given = KeyIndex::default();
        entry.inputs.iter().for_each(|(name, _)| _ = given.claim(name.clone(), 0));
        let missing = entry.needed.iter().filter(|name| given.get(name).is_none());
        warnings.extend(missing.map(|name| warnings::missing_input(&entry.id, name)));
    }
}

/// Whether a run ends in each entry, or comes through it.
fn needed(entries: &[Entry<'_>], indices: &KeyIndex<'_>) -> Vec<bool> {
    let mut is_needed: Vec<_> = entries.iter().map(|entry| entry.is_end).collect();
    let mut open: Vec<_> = (0..entries.len()).filter(|at| is_needed[*at]).collect();
    while let Some(at) = open.pop() {
        for (_, sent) in &entries[at].inputs {
            let Sent::Link { node, .. } = sent else { continue };
            let Some(source) = indices.get(node) else { continue };
            if !std::mem::replace(&mut is_needed[source], true) {
                open.push(source);
            }
        }
    }
    is_needed
}
