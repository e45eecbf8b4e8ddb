//! Values that older files have for inputs that are only sockets now.

use super::builder::has_control;
use super::fit::{can_have, is_control};
use crate::definitions::{Class, Spec, types};
use crate::json::Value;

/// A slot in the list of values of an older file.
struct SavedSlot<'c, 'd> {
    /// The input that it belongs to; `None` for the setting that redraws a value.
    spec: Option<&'c Spec<'d>>,
    /// Whether no widget takes it any more.
    is_dummy: bool,
}

impl SavedSlot<'_, '_> {
    fn fits(&self, value: Value<'_>) -> bool {
        self.spec.map_or_else(|| is_control(value), |spec| can_have(spec, value))
    }
}

/// The values without those for inputs that have become sockets, if the file has them.
pub(super) fn without_dummies<'a>(values: Vec<Value<'a>>, class: &Class<'a>) -> Vec<Value<'a>> {
    let slots = slots(class);
    if slots.len() != values.len() || !slots.iter().any(|slot| slot.is_dummy) {
        return values;
    }
    let kept = || slots.iter().filter(|slot| !slot.is_dummy);
    let with_dummies = slots.iter().zip(&values);
    let is_old = with_dummies.filter(|(slot, _)| !slot.is_dummy).all(|(slot, value)| slot.fits(*value));
    if !is_old && kept().zip(&values).all(|(slot, value)| slot.fits(*value)) {
        return values;
    }
    let kept = values.into_iter().zip(&slots).filter(|(_, slot)| !slot.is_dummy);
    kept.map(|(value, _)| value).collect()
}

fn slots<'c, 'd>(class: &'c Class<'d>) -> Vec<SavedSlot<'c, 'd>> {
    let mut slots = Vec::new();
    for input in &class.inputs {
        let spec = &*input.spec;
        let kind = spec.widget_type();
        let is_dummy = spec.flag("forceInput");
        if is_dummy || types::WIDGETS.contains(&&*kind) {
            slots.push(SavedSlot { spec: Some(spec), is_dummy });
            if has_control(&input.name, &kind, spec) {
                slots.push(SavedSlot { spec: None, is_dummy });
            }
        }
    }
    slots
}
