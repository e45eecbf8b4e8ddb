//! Which values are to be changed.

use super::home::{Home, Homes};
use crate::Error;
use crate::convert::emit::{Entry, Sent};
use crate::convert::open_graph::ValueOf;
use crate::convert::{Opened, write};
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};
use crate::json::number::has_non_finite;
use crate::json::same::same_value;
use crate::json::value::Kind;
use crate::workflow::apply::{check_label, not_finite};
use crate::workflow::{Keys, Workflow, input_key};

/// A value of the prompt.
pub struct Spot<'p> {
    pub key: String,
    /// The id of its node.
    pub node: &'p str,
    pub of: ValueOf,
    /// The value as it is sent.
    pub sent: Value<'p>,
    pub home: Home,
}

/// All values of a prompt, in order.
pub struct Spots<'p> {
    pub all: Vec<Spot<'p>>,
    by_key: KeyIndex<'static>,
    /// Places with the indices of their values.
    by_home: Vec<(Home, usize)>,
}

impl<'p> Spots<'p> {
    pub fn of(entries: &'p [Entry<'_>], homes: &Homes<'_, '_>) -> Self {
        let (mut all, mut by_key) = (Vec::new(), KeyIndex::default());
        for entry in entries {
            for (name, sent) in &entry.inputs {
                let Sent::Value { json, of } = sent else { continue };
                let Ok(sent) = Value::parse(json) else { continue };
                let key = input_key(&entry.id, name);
                by_key.set(key.clone().into(), all.len());
                all.push(Spot { key, node: &entry.id, of: *of, sent, home: homes.home(*of) });
            }
        }
        let mut by_home: Vec<_> = all.iter().enumerate().map(|(index, spot)| (spot.home, index)).collect();
        by_home.sort_unstable();
        Self { all, by_key, by_home }
    }

    /// The values that have the same place.
    pub fn at(&self, home: Home) -> impl Iterator<Item = usize> {
        let first = self.by_home.partition_point(|(other, _)| *other < home);
        self.by_home[first..].iter().take_while(move |(other, _)| *other == home).map(|(_, spot)| *spot)
    }
}

/// A value that is given for an input.
#[derive(Clone, Copy)]
pub struct Edit<'e> {
    pub key: &'e str,
    pub given: Value<'e>,
    /// The index of the value among those of the prompt.
    pub spot: usize,
}

/// The changes: one value for each place, in the order of the places.
pub struct Edits<'e, 's> {
    /// Each place with its value so far, as it is sent, and the new value.
    pub changes: Vec<Change<'e, 's>>,
    /// All given values, including those that change nothing, by the index of the value that they replace.
    pub given: Vec<Option<Edit<'e>>>,
}

/// A place with a new value.
pub struct Change<'e, 's> {
    pub home: Home,
    pub spot: &'s Spot<'s>,
    pub edit: Edit<'e>,
}

impl<'e, 's> Edits<'e, 's> {
    pub fn of(
        before: &Opened<'_>,
        spots: &'s Spots<'s>,
        homes: &Homes<'_, '_>,
        params: &[(&'e str, Value<'e>)],
    ) -> Result<Self, Error> {
        let mut edits = Vec::with_capacity(params.len());
        let (mut seen, mut others) = (KeyIndex::default(), Vec::new());
        for &(key, given) in params {
            match spots.by_key.get(key) {
                Some(spot) => key_index::put(&mut edits, &mut seen, key.into(), Edit { key, given, spot }),
                None => others.push((key, given)),
            }
        }
        check_others(before, &others)?;
        let mut given = vec![None; spots.all.len()];
        edits.iter().for_each(|edit: &Edit<'e>| given[edit.spot] = Some(*edit));
        edits.sort_by_key(|edit| spots.all[edit.spot].home);
        let mut changes = Vec::new();
        for shared in edits.chunk_by(|a, b| spots.all[a.spot].home == spots.all[b.spot].home) {
            let is_change = |edit: &&Edit<'e>| !same_value(edit.given, spots.all[edit.spot].sent);
            let Some(edit) = shared.iter().find(is_change) else { continue };
            check_value(before, edit)?;
            agree(edit, shared)?;
            let spot = &spots.all[edit.spot];
            reaches_all(spots, homes, edit, shared)?;
            changes.push(Change { home: spot.home, spot, edit: *edit });
        }
        Ok(Self { changes, given })
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Keys of the prompt that are not values: labels and links, which may be given unchanged.
fn check_others(before: &Opened<'_>, others: &[(&str, Value<'_>)]) -> Result<(), Error> {
    if others.is_empty() {
        return Ok(());
    }
    let prompt = write::to_json(&before.entries);
    let workflow = match before.entries.is_empty() {
        true => Workflow::default(),
        false => Workflow::parse(prompt.as_bytes())?,
    };
    let keys = Keys::new(&workflow);
    for &(key, given) in others {
        match keys.input(key) {
            Some((_, input)) if same_value(input.value, given) => {}
            Some(_) => {
                return Err(Error::invalid_param(
                    key,
                    format!(
                        "\"{key}\" is linked in the editor's file: change the node that it is linked to, or the link \
                        in ComfyUI"
                    ),
                ));
            }
            None => check_label(&keys, key, given)?,
        }
    }
    Ok(())
}

fn check_value(before: &Opened<'_>, edit: &Edit<'_>) -> Result<(), Error> {
    let Edit { key, given, .. } = *edit;
    if has_non_finite(given) {
        return Err(not_finite(key));
    }
    if given.kind() == Kind::Array
        && let [id, output] = given.items()[..]
        && output.is_integer()
        && let Some(id) = id.as_str()
        && before.entries.iter().any(|entry| id.is(&entry.id))
    {
        let message = format!(
            "the value of \"{key}\" is a link, which the editor's file keeps elsewhere: connect the nodes in ComfyUI"
        );
        return Err(Error::invalid_param(key, message));
    }
    Ok(())
}

/// Refuses two different values for one place.
fn agree(edit: &Edit<'_>, shared: &[Edit<'_>]) -> Result<(), Error> {
    let Some(other) = shared.iter().find(|other| !same_value(other.given, edit.given)) else { return Ok(()) };
    let (key, other) = (edit.key, other.key);
    let message =
        format!("\"{key}\" and \"{other}\" share one value in the editor's file: give both the same");
    Err(Error::invalid_param(key, message))
}

/// Refuses to change what other instances of a subgraph share, unless the same value is given for all of them.
fn reaches_all(
    spots: &Spots<'_>,
    homes: &Homes<'_, '_>,
    edit: &Edit<'_>,
    shared: &[Edit<'_>],
) -> Result<(), Error> {
    let home = spots.all[edit.spot].home;
    let instances = homes.graph_of(home).map_or(1, |graph| homes.instances(graph));
    if instances == 1 {
        return Ok(());
    }
    let is_given = |spot: &usize| shared.iter().any(|edit| edit.spot == *spot);
    let all: Vec<usize> = spots.at(home).collect();
    let around = |spot: &usize| spots.all[*spot].node.rsplit_once(':').map_or("", |(around, _)| around);
    let mut instances_given: Vec<&str> = all.iter().map(around).collect();
    instances_given.sort_unstable();
    instances_given.dedup();
    if all.iter().all(is_given) && instances_given.len() >= instances {
        return Ok(());
    }
    let key = edit.key;
    let message = format!(
        "\"{key}\" is in the definition of a subgraph with {instances} instances, and cannot be changed for only one \
        of them: give the same value for all, or make it an input of the subgraph in ComfyUI"
    );
    Err(Error::invalid_param(key, message))
}
