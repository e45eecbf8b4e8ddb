//! Seeds: which inputs are seeds, when a random one is asked for, and how it is drawn.

use super::check;
use super::limits::Limits;
use super::seed_ranges;
use crate::Error;
use crate::json::Value;
use crate::workflow::{Input, Node};
use std::ops::RangeInclusive;

/// The largest seed that ComfyUI's page draws where somebody chose "randomize": what a class of a pack takes, whose range
/// nobody knows, is at least that in nearly all of them.
const MAX_DRAWN: u64 = 1 << 50;

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

/// Whether −1 is a value like any other for the node, which draws a seed by itself then: the definitions allow it, or
/// without any the workflow has a number below 0 there.
pub fn is_taken(value: Value<'_>, input: Option<Input<'_>>, limits: Option<&Limits<'_>>) -> bool {
    value.raw() == "-1" && limits.map_or_else(|| input.is_some_and(is_negative), |limits| limits.takes(value))
}

/// Refuses a seed that no node takes: one outside the range of the class, or, where that is not known, outside of all that
/// ComfyUI has. A node that has a number below 0 in the workflow takes others, too.
///
/// # Errors
/// [`ErrorKind::InvalidParam`](crate::ErrorKind::InvalidParam).
pub fn hold(
    key: &str,
    value: Value<'_>,
    node: Option<&Node<'_>>,
    input: Option<Input<'_>>,
) -> Result<(), Error> {
    let is_seed =
        value.is_integer() && ends_in_seed(key) && input.is_none_or(|input| input.value.as_str().is_none());
    if !is_seed {
        return Ok(());
    }
    let range = of_class(node).unwrap_or(0..=u64::MAX);
    let is_below = value.raw().starts_with('-');
    let fits = if is_below {
        input.is_some_and(is_negative)
    } else {
        value.raw().parse().is_ok_and(|seed: u64| range.contains(&seed))
    };
    if fits {
        return Ok(());
    }
    let range = format!("its seeds go from {} to {}", range.start(), range.end());
    Err(check::out_of_range(key, value, &range))
}

fn is_negative(input: Input<'_>) -> bool {
    input.value.is_integer() && input.value.raw().starts_with('-')
}

/// The seeds to draw from for a node: by the definitions, or by its class.
pub fn range(node: Option<&Node<'_>>, limits: Option<&Limits<'_>>) -> RangeInclusive<u64> {
    let by_class = of_class(node).unwrap_or(0..=MAX_DRAWN);
    limits.map_or(by_class.clone(), |limits| limits.seeds(by_class))
}

fn of_class(node: Option<&Node<'_>>) -> Option<RangeInclusive<u64>> {
    let class = node?.class_type?.as_str()?;
    seed_ranges::of_class(&class.decode())
}

/// Brings 64 random bits into `range`.
pub fn draw(range: &RangeInclusive<u64>, random: u64) -> u64 {
    match (range.end() - range.start()).checked_add(1) {
        Some(count) => range.start() + random % count,
        None => random,
    }
}

/// Narrower than what may be drawn at random: a `seed_offset` may be below 0.
fn ends_in_seed(key: &str) -> bool {
    key.len() >= 4 && key.get(key.len() - 4..).is_some_and(|end| end.eq_ignore_ascii_case("seed"))
}

fn names_a_seed(name: &str) -> bool {
    name.to_ascii_lowercase().contains("seed")
}
