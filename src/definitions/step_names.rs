//! The names of the steps of a growing group, and how many steps there are.

use crate::json::Value;
use std::borrow::Cow;

/// The most steps of a growing group, as in ComfyUI.
const MAX_STEPS: usize = 100;

/// How a group's steps are named and counted: by a list of names, or by a prefix and a number.
#[derive(Debug)]
pub(super) struct StepNames<'d> {
    pub(super) min: usize,
    pub(super) max: usize,
    names: Option<Vec<Cow<'d, str>>>,
    prefix: Cow<'d, str>,
}

impl<'d> StepNames<'d> {
    /// Reads the names and numbers of a template.
    pub(super) fn of(template: Value<'d>) -> Self {
        let number = |name: &str| template.get(name).and_then(|number| number.raw().parse::<usize>().ok());
        let names = template.get("names").filter(|names| names.raw().starts_with('['));
        let names: Option<Vec<_>> = names.map(|names| {
            names.items().into_iter().filter_map(|name| Some(name.as_str()?.decode())).collect()
        });
        let max = names.as_ref().map_or_else(|| number("max").unwrap_or(MAX_STEPS), Vec::len).min(MAX_STEPS);
        Self {
            prefix: template.get("prefix").and_then(|p| Some(p.as_str()?.decode())).unwrap_or_default(),
            min: number("min").unwrap_or(1).min(max),
            names,
            max,
        }
    }

    /// The name of a step; an input's `own` prefix takes the place of the group's.
    pub(super) fn name(&self, own: Option<&str>, index: usize) -> Option<String> {
        match &self.names {
            Some(names) => names.get(index).map(|name| name.to_string()),
            None => Some(format!("{}{index}", own.unwrap_or(&self.prefix))),
        }
    }

    /// Whether `name` is the name of a step.
    pub(super) fn has(&self, own: Option<&str>, name: &str) -> bool {
        match &self.names {
            Some(names) => names.iter().take(MAX_STEPS).any(|known| known == name),
            None => name.strip_prefix(own.unwrap_or(&self.prefix)).is_some_and(|index| self.is_index(index)),
        }
    }

    /// Whether a text is the index of a step, written as Python writes it: `7`, not `07` or `+7`.
    fn is_index(&self, text: &str) -> bool {
        let is_plain = text == "0" || !text.starts_with(['0', '+']);
        is_plain && text.parse::<usize>().is_ok_and(|index| index < self.max)
    }
}
