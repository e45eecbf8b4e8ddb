//! Seeds: which inputs are seeds, when a random one is asked for, and how it is drawn.

use super::seed_ranges;
use crate::json::Value;
use crate::workflow::{Input, Node};
use std::ops::RangeInclusive;

/// True for an input that is a seed in this workflow: its name says so and it holds a whole number.
pub fn is_seed(input: &Input<'_>) -> bool {
    names_a_seed(&input.name.decode()) && input.value.is_integer()
}

/// True when `value`, given for `key`, asks for a random seed: `"random"` or −1 for a seed.
///
/// With a workflow its input decides; without one the key's name has to do. An input that holds text keeps its text.
pub fn asks_for_random(key: &str, value: Value<'_>, input: Option<&Input<'_>>) -> bool {
    let asks = value.raw() == "-1" || value.as_str().is_some_and(|text| text.is("random"));
    let could_be = match input {
        Some(input) => names_a_seed(&input.name.decode()) && input.value.as_str().is_none(),
        None => key.rsplit_once("-inputs-").is_some_and(|(_, name)| names_a_seed(name)),
    };
    asks && could_be
}

/// The seeds that a node takes, from its class.
pub fn range(node: Option<&Node<'_>>) -> RangeInclusive<u64> {
    let class = node.and_then(|node| node.class_type).and_then(Value::as_str);
    class.map_or(0..=u64::MAX, |class| seed_ranges::of_class(&class.decode()))
}

/// Brings 64 random bits into `range`.
pub fn draw(range: &RangeInclusive<u64>, random: u64) -> u64 {
    match (range.end() - range.start()).checked_add(1) {
        Some(count) => range.start() + random % count,
        None => random,
    }
}

fn names_a_seed(name: &str) -> bool {
    name.to_ascii_lowercase().contains("seed")
}
