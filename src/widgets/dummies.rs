//! Values that older files have for inputs that have become sockets alone.

use super::builder::has_control;
use super::fit::{can_have, is_control};
use crate::definitions::{Class, Spec, types};
use crate::json::Value;

/// A place in the list of values of an older file.
struct Place<'c, 'd> {
    /// The input that it is for; none for what draws a value anew.
    spec: Option<&'c Spec<'d>>,
    /// Whether no widget takes it any more.
    is_dummy: bool,
}

impl Place<'_, '_> {
    fn fits(&self, value: Value<'_>) -> bool {
        self.spec.map_or_else(|| is_control(value), |spec| can_have(spec, value))
    }
}

/// The values without those for inputs that have become sockets, where the file has them.
pub(super) fn without_dummies<'a>(values: Vec<Value<'a>>, class: &Class<'a>) -> Vec<Value<'a>> {
    let places = places(class);
    if places.len() != values.len() || !places.iter().any(|place| place.is_dummy) {
        return values;
    }
    let kept = || places.iter().filter(|place| !place.is_dummy);
    let with_dummies = places.iter().zip(&values);
    let is_old = with_dummies.filter(|(place, _)| !place.is_dummy).all(|(place, value)| place.fits(*value));
    if !is_old && kept().zip(&values).all(|(place, value)| place.fits(*value)) {
        return values;
    }
    let kept = values.into_iter().zip(&places).filter(|(_, place)| !place.is_dummy);
    kept.map(|(value, _)| value).collect()
}

fn places<'c, 'd>(class: &'c Class<'d>) -> Vec<Place<'c, 'd>> {
    let mut places = Vec::new();
    for input in &class.inputs {
        let spec = &*input.spec;
        let kind = spec.widget_type();
        let is_dummy = spec.flag("forceInput");
        if is_dummy || types::WIDGETS.contains(&&*kind) {
            places.push(Place { spec: Some(spec), is_dummy });
            if has_control(&input.name, &kind, spec) {
                places.push(Place { spec: None, is_dummy });
            }
        }
    }
    places
}
