//! Seeds: which inputs are seeds, when a random one is asked for, and how it is drawn.

use super::limits::{Limits, MAX_DRAWN};
use super::seed_ranges;
use crate::json::Value;
use crate::text::find_last;
use crate::workflow::{Input, Node, names_a_seed};

/// True for an input that is a seed in this workflow: its name says so and its value is a whole number.
pub fn is_seed(input: &Input<'_>) -> bool {
    names_a_seed(&input.name.decode()) && input.value.is_integer()
}

/// True if `value`, given for `key`, asks for a random seed: `"random"` or −1 for a seed.
///
/// With a workflow its input decides; without one only the key's name is known. An input whose value is a text keeps
/// its text.
pub fn asks_for_random(key: &str, value: Value<'_>, input: Option<&Input<'_>>) -> bool {
    let asks = value.raw() == "-1" || value.as_str().is_some_and(|text| text.is("random"));
    let could_be = match input {
        Some(input) => names_a_seed(&input.name.decode()) && input.value.as_str().is_none(),
        None => {
            let behind = |at: usize| key.get(at + "-inputs-".len()..);
            find_last(key, "-inputs-").and_then(behind).is_some_and(names_a_seed)
        }
    };
    asks && could_be
}

/// Whether −1 is an ordinary value for the node, which then draws a seed itself.
pub fn is_taken(value: Value<'_>, limits: Option<&Limits<'_>>) -> bool {
    value.raw() == "-1" && limits.is_some_and(|limits| limits.takes(value))
}

/// What is known about a seed without definitions: the range of its class, or, if that is not known, the range of all
/// seeds in ComfyUI. A node that has a negative number in the workflow accepts others. A `seed_offset` may be
/// negative.
pub fn limits(key: &str, known: Option<(&Node<'_>, Input<'_>)>) -> Option<Limits<'static>> {
    let input = known.map(|(_, input)| input);
    if input.is_some_and(|input| input.value.as_str().is_some()) || !names_a_seed(key) {
        return None;
    }
    let is_below = input.is_some_and(|input| input.value.is_integer() && input.value.raw().starts_with('-'));
    let class = known.and_then(|(node, _)| node.class_type?.as_str());
    let range = class.and_then(|class| seed_ranges::of_class(&class.decode()));
    let (min, max) = range.unwrap_or(("0", seed_ranges::LARGEST));
    (is_below || key.ends_with("seed") || key.ends_with("Seed"))
        .then(|| Limits::of_range(Some(min).filter(|_| !is_below), max, range.is_some()))
}

/// Maps 64 random bits to the range of a seed.
pub fn draw(limits: Option<&Limits<'_>>, random: u64) -> u64 {
    let range = limits.map_or(0..=MAX_DRAWN, Limits::seeds);
    match (range.end() - range.start()).checked_add(1) {
        Some(count) => range.start() + random % count,
        None => random,
    }
}
