//! What the newest version of a class has, and an earlier one does not.
//!
//! ComfyUI refuses a prompt that lacks a required input, and passes over inputs that a class does not know. So a node
//! of an earlier version also gets the newer inputs: an older pack runs it as before, and today's runs it as well.

use super::fit::{Match, matches};
use super::{Parts, Slot, Val, Widget};
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// Adds the newest version's inputs that have a widget: with the value of the input that had another name, or else
/// with their defaults, as the page does. The file has no place for them.
pub(super) fn add<'a>(parts: &mut Parts<'a>, newest: Parts<'a>) {
    let newest: Vec<_> = newest.widgets.into_iter().filter(is_input).collect();
    let renamed: Vec<_> = renamed(&parts.widgets, &newest).into_iter().map(|old| old.cloned()).collect();
    let mut known = KeyIndex::default();
    parts.widgets.iter().for_each(|widget| _ = known.claim(widget.name.clone(), 0));
    for (mut widget, old) in newest.into_iter().zip(renamed) {
        if known.get(&widget.name).is_some() {
            continue;
        }
        if let Some(old) = old {
            follow(&mut parts.slots, &old.name, &widget.name);
            if fits(&widget, &old.value) {
                widget.value = old.value;
            }
        }
        widget.is_saved = false;
        parts.widgets.push(widget);
    }
}

/// Whether an input is behind a widget.
fn is_input(widget: &Widget<'_>) -> bool {
    widget.is_sent && widget.spec.is_some()
}

/// For each of the newest widgets the earlier one that has become it, as far as that is certain: as many were taken
/// away as were added between the same neighbours, all of the same kinds.
fn renamed<'w, 'a>(earlier: &'w [Widget<'a>], newest: &[Widget<'a>]) -> Vec<Option<&'w Widget<'a>>> {
    let earlier: Vec<_> = earlier.iter().filter(|widget| is_input(widget)).collect();
    let (mut old, mut new) = (KeyIndex::default(), KeyIndex::default());
    earlier.iter().enumerate().for_each(|(at, widget)| _ = old.claim(widget.name.clone(), at));
    newest.iter().enumerate().for_each(|(at, widget)| _ = new.claim(widget.name.clone(), at));
    let mut found = Vec::with_capacity(newest.len());
    for run in newest.chunk_by(|a, b| old.get(&a.name).is_none() && old.get(&b.name).is_none()) {
        let from = found.len();
        let start = match from.checked_sub(1) {
            Some(before) => old.get(&newest[before].name).map(|at| at + 1),
            None => Some(0),
        };
        let rest = start.and_then(|start| earlier.get(start..)).unwrap_or_default();
        let (gone, behind) = rest.split_at_checked(run.len()).unwrap_or_default();
        let next = newest.get(from + run.len());
        let is_alike = |(old, new): (&&Widget<'_>, &Widget<'_>)| kind_of(old) == kind_of(new);
        let are_renamed = gone.len() == run.len()
            && behind.first().map(|widget| &widget.name) == next.map(|widget| &widget.name)
            && gone.iter().all(|widget| new.get(&widget.name).is_none())
            && gone.iter().zip(run).all(is_alike);
        found.extend((0..run.len()).map(|index| gone.get(index).copied().filter(|_| are_renamed)));
    }
    found
}

fn kind_of<'w>(widget: &'w Widget<'_>) -> Option<Cow<'w, str>> {
    widget.spec.as_ref().map(|spec| spec.widget_type())
}

fn fits(widget: &Widget<'_>, value: &Val<'_>) -> bool {
    let value = value.as_deref().and_then(|json| Value::parse(json).ok());
    value.is_some_and(|value| matches(widget, value) > Match::No)
}

/// A link into the earlier input leads into the newer one, too.
fn follow<'a>(slots: &mut Vec<Slot<'a>>, earlier: &str, name: &Cow<'a, str>) {
    let slot = slots.iter().find(|slot| slot.name == earlier && slot.link.is_some());
    if let Some(slot) = slot.cloned() {
        slots.push(Slot { name: name.clone(), widget: Some(name.clone()), ..slot });
    }
}
