//! The part of a server's `object_info` against which values are checked before a run: ranges of numbers, and choices.
//!
//! The inspection reads all of it (`definitions`), which would add a tenth to the client's wasm. A run asks for the
//! range of a few inputs, so this module looks them up in the text. The inputs of a choice (`resize_type.width`) are
//! not looked up.

use super::check::{self, Warning};
use crate::json::number::decimal;
use crate::json::same::same_value;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use crate::text::line_and_column;
use crate::workflow::{Input, Node};
use crate::{Error, ErrorKind};
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// The largest seed that ComfyUI's page draws for "randomize". Nearly all classes of packs whose range is not known
/// accept at least that.
pub(super) const MAX_DRAWN: u64 = 1 << 50;

/// The classes of an `object_info`.
///
/// ```
/// use viewcomfy_wasm::{ErrorCode, json::Value, params::ObjectInfo, workflow::Workflow};
///
/// let info = br#"{"KSampler": {"input": {"required": {"steps": ["INT", {"min": 1, "max": 10000}]}}}}"#;
/// let info = ObjectInfo::parse(info)?;
/// let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"steps": 20}}}"#)?;
/// let node = &workflow.nodes()[0];
/// let limits = info.limits(node, &workflow.inputs(node)[0]).ok_or("unknown input")?;
/// let error = limits.check("3-inputs-steps", Value::parse("0")?, &mut Vec::new()).err();
/// assert_eq!(error.map(|error| error.code()), Some(ErrorCode::InvalidParam));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ObjectInfo<'d> {
    classes: Vec<(Str<'d>, Value<'d>)>,
}

impl<'d> ObjectInfo<'d> {
    /// Reads the response of `GET /object_info`, or a part of it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything but a JSON object.
    pub fn parse(bytes: &'d [u8]) -> Result<Self, Error> {
        let text = str::from_utf8(bytes).unwrap_or_default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match Value::parse(text) {
            Ok(value) if value.kind() == Kind::Object => Ok(Self { classes: value.entries() }),
            Ok(_) => Err(invalid(None)),
            Err(error) => Err(invalid(Some(line_and_column(&text[..error.offset])))),
        }
    }

    /// The limits of an input of `node`; `None` if the class or the input is not known.
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
        "the object_info is not the response of GET /object_info of a ComfyUI server: give that".into();
    let (line, column) = place.unzip();
    ErrorKind::InvalidDefinitions { message, line, column }.into()
}

/// The values that a class accepts for an input; the bounds are number literals.
#[derive(Debug)]
pub struct Limits<'d> {
    min: Option<&'d str>,
    max: Option<&'d str>,
    choices: Option<Value<'d>>,
    /// False if it is only what all classes have in common.
    is_known: bool,
}

impl<'d> Limits<'d> {
    /// Limits that consist of a range.
    pub(super) fn of_range(min: Option<&'d str>, max: &'d str, is_known: bool) -> Self {
        Self { min, max: Some(max), choices: None, is_known }
    }

    /// The seeds to draw from: never below 0, and if the largest is not known, up to the largest that ComfyUI's page
    /// draws.
    pub(super) fn seeds(&self) -> RangeInclusive<u64> {
        let bound = |bound: Option<&str>| bound.and_then(|bound| bound.parse().ok());
        let max = bound(self.max).filter(|_| self.is_known).unwrap_or(MAX_DRAWN);
        bound(self.min).unwrap_or(0).min(max)..=max
    }

    /// Whether a number is in the range.
    pub(super) fn takes(&self, value: Value<'_>) -> bool {
        self.beyond(value).is_none()
    }

    /// Checks a value.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidParam`] for a number outside the range, which ComfyUI refuses. A value that is not among
    /// the choices only adds to `warnings`, since a file may have been added on the server after the list was made.
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

    /// The bound that a number exceeds, and whether it is the smallest or the largest.
    fn beyond(&self, value: Value<'_>) -> Option<(&'static str, &'d str)> {
        let bounds = [("smallest", self.min, Ordering::Less), ("largest", self.max, Ordering::Greater)];
        bounds.into_iter().find_map(|(which, bound, order)| {
            let bound = bound?;
            (compare(value.raw(), bound) == Some(order)).then_some((which, bound))
        })
    }
}

/// Which of two numbers is larger: exact for whole numbers from 0, however many digits they have.
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
