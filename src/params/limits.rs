//! What a server's `object_info` says of inputs, as far as values are held against it before a run: numbers and choices.
//!
//! The inspection reads the whole of it (`definitions`), which would be a tenth of the client's wasm. A run asks for the range
//! of a handful of inputs, so this looks them up in the text. What a choice brings (`resize_type.width`) is not looked up.

use super::check::{self, Warning};
use super::seed;
use crate::json::number::decimal;
use crate::json::same::same_value;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use crate::text::line_and_column;
use crate::workflow::{Input, Node};
use crate::{Error, ErrorKind};
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The classes of an `object_info`.
#[derive(Debug)]
pub struct ObjectInfo<'d> {
    classes: Vec<(Str<'d>, Value<'d>)>,
}

impl<'d> ObjectInfo<'d> {
    /// Reads the answer of `GET /object_info`, or a part of it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for what is not an object in JSON.
    pub fn parse(bytes: &'d [u8]) -> Result<Self, Error> {
        let text = str::from_utf8(bytes).unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match Value::parse(text) {
            Ok(value) if value.kind() == Kind::Object => Ok(Self { classes: value.entries() }),
            Ok(_) => Err(invalid(None)),
            Err(error) => Err(invalid(Some(line_and_column(&text[..error.offset])))),
        }
    }

    /// What it says of an input of a node; none where it does not know the class or the input.
    pub fn limits(&self, node: &Node<'_>, input: &Input<'_>) -> Option<Limits<'d>> {
        let class = node.class_type?.as_str()?;
        let (_, class) = self.classes.iter().rev().find(|(name, _)| name.same_as(class))?;
        let (inputs, name) = (class.get("input")?, input.name.decode());
        let spec = ["required", "optional"].iter().find_map(|section| inputs.get(section)?.get(&name))?;
        let items = spec.items();
        let kind = *items.first()?;
        let option = |name: &str| items.get(1)?.get(name);
        let is_number = kind.as_str().is_some_and(|kind| kind.is("INT") || kind.is("FLOAT"));
        let bound = |name: &str| {
            let bound =
                option(name).filter(|bound| is_number && bound.kind() == Kind::Number && bound.is_finite());
            bound.map(Value::raw)
        };
        let list = if kind.kind() == Kind::Array { Some(kind) } else { option("options") };
        Some(Limits {
            min: bound("min"),
            max: bound("max"),
            choices: list.filter(|list| list.kind() == Kind::Array),
            is_known: true,
        })
    }
}

fn invalid(place: Option<(usize, usize)>) -> Error {
    let message =
        "the object_info is not what GET /object_info of a ComfyUI server answers: give that".into();
    let (line, column) = place.unzip();
    ErrorKind::InvalidDefinitions { message, line, column }.into()
}

/// What a class says of an input; the bounds as number literals.
#[derive(Debug)]
pub struct Limits<'d> {
    min: Option<&'d str>,
    max: Option<&'d str>,
    choices: Option<Value<'d>>,
    /// False where it is only what all classes have in common.
    is_known: bool,
}

impl<'d> Limits<'d> {
    /// A range alone.
    pub(super) fn of_range(min: Option<&'d str>, max: &'d str, is_known: bool) -> Self {
        Self { min, max: Some(max), choices: None, is_known }
    }

    /// The seeds to draw from: none below 0, and where nobody knows the largest, those that ComfyUI's page draws.
    pub(super) fn seeds(&self) -> RangeInclusive<u64> {
        let bound = |bound: Option<&str>| bound.and_then(|bound| bound.parse().ok());
        let max = bound(self.max).filter(|_| self.is_known).unwrap_or(seed::MAX_DRAWN);
        bound(self.min).unwrap_or(0).min(max)..=max
    }

    /// Whether a number is in the range.
    pub(super) fn takes(&self, value: Value<'_>) -> bool {
        self.beyond(value).is_none()
    }

    /// Holds a value against it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidParam`] for a number outside the range, which ComfyUI refuses. A list of choices may have grown
    /// since it was asked for, by a file that was added: of that there is a warning.
    pub fn check(&self, key: &str, value: Value<'_>, warnings: &mut Vec<Warning>) -> Result<(), Error> {
        if let Some((which, bound)) = self.beyond(value).filter(|_| value.kind() == Kind::Number) {
            return Err(check::out_of_range(key, value, which, bound));
        }
        let Some(choices) = self.choices.map(Value::items).filter(|choices| !choices.is_empty()) else {
            return Ok(());
        };
        let could_be = matches!(value.kind(), Kind::String | Kind::Number | Kind::Boolean);
        if could_be && !choices.into_iter().any(|choice| same_value(choice, value)) {
            warnings.push(check::not_a_choice(key));
        }
        Ok(())
    }

    /// The bound that a number is beyond, and what that is.
    fn beyond(&self, value: Value<'_>) -> Option<(&'static str, &'d str)> {
        let bounds = [("smallest", self.min, Ordering::Less), ("largest", self.max, Ordering::Greater)];
        bounds.into_iter().find_map(|(which, bound, order)| {
            let bound = bound?;
            (compare(value.raw(), bound) == Some(order)).then_some((which, bound))
        })
    }
}

/// Which of two numbers is larger: whole ones from 0 on exactly, however many digits they have.
fn compare(a: &str, b: &str) -> Option<Ordering> {
    let is_whole = |literal: &str| literal.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole(a) && is_whole(b) {
        return Some(a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    }
    decimal(a)?.partial_cmp(&decimal(b)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_exactly() {
        for (a, b, order) in [
            ("18446744073709551616", "18446744073709551615", Ordering::Greater),
            ("18446744073709551615", "18446744073709551615", Ordering::Equal),
            ("99999999999999999999999", "18446744073709551615", Ordering::Greater),
            ("-5", "0", Ordering::Less),
            ("-0", "0", Ordering::Equal),
            ("-10", "-9", Ordering::Less),
            ("-12", "-11", Ordering::Less),
            ("0.5", "1", Ordering::Less),
            ("2", "1.5", Ordering::Greater),
        ] {
            assert_eq!(compare(a, b), Some(order), "{a} {b}");
            assert_eq!(compare(b, a), Some(order.reverse()), "{b} {a}");
        }
        assert_eq!(compare("NaN", "1"), None);
    }

    #[test]
    fn what_is_not_an_object_info_is_refused() {
        for (text, place) in [("[]", None), ("{\"A\":\n x}", Some((2, 2))), ("\"A\"", None)] {
            let error = ObjectInfo::parse(text.as_bytes()).err();
            let found = match error.as_ref().map(Error::kind) {
                Some(ErrorKind::InvalidDefinitions { line, column, .. }) => Some(line.zip(*column)),
                _ => None,
            };
            assert_eq!(found, Some(place), "{text}");
        }
    }
}
