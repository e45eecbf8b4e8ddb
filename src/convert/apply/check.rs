//! Compares the changed file with what was intended: the given values have changed, and nothing else has.

use super::edits::{Edit, Edits, Spots};
use crate::Error;
use crate::convert::Opened;
use crate::convert::emit::Sent;
use crate::convert::open_graph::ValueOf;
use crate::json::Value;
use crate::json::same::same_value;
use crate::json::value::Kind;

/// What is expected of a value after the change.
#[derive(Clone, Copy)]
enum Expected<'e> {
    /// It stays the same.
    Same,
    /// It changes along with one that is given, because both have the same place.
    Along,
    /// It becomes this one.
    Given(Edit<'e>),
}

/// Compares the prompts of a file before and after its change.
pub fn same_but_for(
    before: &Opened<'_>,
    after: &Opened<'_>,
    spots: &Spots<'_>,
    edits: &Edits<'_, '_>,
) -> Result<(), Error> {
    let (earlier, later) = (inputs(before), inputs(after));
    if let Some(node) = first_difference(&earlier, &later) {
        return Err(other_inputs(edits, node));
    }
    let values = earlier.iter().zip(&later).filter_map(|(earlier, later)| match (earlier.sent, later.sent) {
        (Sent::Value { of: earlier, .. }, Sent::Value { json, of: later }) => Some((*earlier, *later, json)),
        _ => None,
    });
    for ((spot, expected), (earlier, later, json)) in spots.all.iter().zip(expected(spots, edits)).zip(values)
    {
        let later = raw(after, later);
        match expected {
            Expected::Along => {}
            Expected::Same if same_value(raw(before, earlier), later) => {}
            Expected::Same => return Err(reaches_too_far(edits, &spot.key)),
            Expected::Given(edit) => {
                let sent = Value::parse(json).unwrap_or(Value::NULL);
                // The page may change a text when it sends it, and wraps an array.
                if !same_value(sent, edit.given) && !same_value(later, edit.given) {
                    return Err(otherwise(&edit, sent));
                }
            }
        }
    }
    Ok(())
}

/// What is expected of each value.
fn expected<'e>(spots: &Spots<'_>, edits: &Edits<'e, '_>) -> Vec<Expected<'e>> {
    let mut expected = vec![Expected::Same; spots.all.len()];
    for change in &edits.changes {
        spots.at(change.home).for_each(|spot| expected[spot] = Expected::Along);
    }
    for (spot, edit) in edits.given.iter().enumerate() {
        // A value that is given as it is already sent stays as it is written.
        if let Some(edit) = edit.filter(|edit| !same_value(edit.given, spots.all[spot].sent)) {
            expected[spot] = Expected::Given(edit);
        }
    }
    expected
}

/// An input of the prompt.
struct Input<'p, 'a> {
    node: &'p str,
    name: &'p str,
    sent: &'p Sent<'a>,
}

fn inputs<'p, 'a>(opened: &'p Opened<'a>) -> Vec<Input<'p, 'a>> {
    let entries = opened.entries.iter();
    let inputs =
        entries.flat_map(|entry| entry.inputs.iter().map(move |(name, sent)| (&entry.id, name, sent)));
    inputs.map(|(node, name, sent)| Input { node, name, sent }).collect()
}

/// The first node whose inputs or links differ from before.
fn first_difference<'p>(earlier: &[Input<'p, '_>], later: &[Input<'_, '_>]) -> Option<&'p str> {
    let is_same = |(earlier, later): (&Input<'_, '_>, &Input<'_, '_>)| {
        let is_same_kind = match (earlier.sent, later.sent) {
            (Sent::Link { node, slot }, Sent::Link { node: other, slot: other_slot }) => {
                node == other && slot == other_slot
            }
            (Sent::Value { .. }, Sent::Value { .. }) => true,
            _ => false,
        };
        earlier.node == later.node && earlier.name == later.name && is_same_kind
    };
    let at = earlier.iter().zip(later).position(|pair| !is_same(pair));
    let at = at.or((earlier.len() != later.len()).then(|| earlier.len().min(later.len())))?;
    Some(earlier.get(at).or(earlier.last()).map_or("", |input| input.node))
}

/// A value before the page changes it for sending.
fn raw<'o>(opened: &'o Opened<'_>, of: ValueOf) -> Value<'o> {
    opened.graph.value(of).and_then(|json| Value::parse(json).ok()).unwrap_or(Value::NULL)
}

/// The error for a choice whose inputs differ.
fn other_inputs(edits: &Edits<'_, '_>, node: &str) -> Error {
    let change = edits.changes.iter().find(|change| change.spot.node == node).or(edits.changes.first());
    let key = change.map_or("", |change| change.edit.key);
    let message = format!(
        "with this value of \"{key}\" the workflow would have other inputs than before: change it in ComfyUI"
    );
    Error::invalid_param(key, message)
}

/// The error for a change that would change another value as well.
fn reaches_too_far(edits: &Edits<'_, '_>, other: &str) -> Error {
    let key = edits.changes.first().map_or("", |change| change.edit.key);
    let message = format!(
        "\"{key}\" cannot be changed alone in the editor's file, \"{other}\" would change with it: change it in ComfyUI"
    );
    Error::invalid_param(key, message)
}

/// The error for a value that the editor would not keep.
fn otherwise(edit: &Edit<'_>, sent: Value<'_>) -> Error {
    let key = edit.key;
    let what = match sent.kind() {
        Kind::Array | Kind::Object => "something else",
        _ => sent.raw(),
    };
    let message =
        format!("the editor would turn the value of \"{key}\" into {what}: give one that its input takes");
    Error::invalid_param(key, message)
}
