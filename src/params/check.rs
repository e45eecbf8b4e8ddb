//! Checks given values against the workflow they are for.

use crate::Error;
use crate::json::Value;
use crate::json::value::Kind;
use crate::names::names;
use crate::workflow::{Input, Keys};
use serde::Serialize;

/// A note about a parameter that is sent anyway.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Warning {
    /// The kind of note.
    pub code: WarningCode,
    /// The parameter key.
    pub key: String,
    /// One sentence for people.
    pub message: String,
}

names! {
    /// The kinds of [`Warning`].
    pub enum WarningCode {
        /// The workflow has a link there: the node behind it no longer feeds this input.
        OverridesLink = "overrides_link",
        /// The workflow has a value of another type there.
        TypeMismatch = "type_mismatch",
        /// The workflow has `NaN` or an infinity there, which is sent as null, as ComfyUI's own page does.
        NotFinite = "not_finite",
        /// The value is not among the choices that the server lists.
        NotAChoice = "not_a_choice",
    }
}

/// The note for a `value` that replaces what `input` has.
pub fn value(keys: &Keys<'_, '_>, key: &str, input: &Input<'_>, value: Value<'_>) -> Option<Warning> {
    if keys.is_link(value) {
        return None;
    }
    overridden_link(keys, key, input).or_else(|| {
        let (had, given) = (input.value.kind(), value.kind());
        let comparable = had != Kind::Null && given != Kind::Null;
        (comparable && had != given).then(|| mismatch(key, had, name(given)))
    })
}

/// The note for a file that replaces what `input` has.
pub fn file(keys: &Keys<'_, '_>, key: &str, input: &Input<'_>) -> Option<Warning> {
    overridden_link(keys, key, input).or_else(|| {
        let had = input.value.kind();
        (!matches!(had, Kind::String | Kind::Null)).then(|| mismatch(key, had, "a file"))
    })
}

/// The note for a number that JSON cannot express and that is sent as null.
pub fn not_finite(key: &str) -> Warning {
    Warning {
        code: WarningCode::NotFinite,
        key: key.to_owned(),
        message: format!(
            "\"{key}\" has NaN or Infinity in the workflow, which is sent as null: give a number"
        ),
    }
}

/// The note for a value that is not among the choices that a server lists.
pub fn not_a_choice(key: &str) -> Warning {
    Warning {
        code: WarningCode::NotAChoice,
        key: key.to_owned(),
        message: format!("the value of \"{key}\" is not among the choices of the object_info"),
    }
}

/// The error for a number outside its range, which any server refuses.
pub fn out_of_range(key: &str, value: Value<'_>, which: &str, bound: &str) -> Error {
    let parts = ["\"", key, "\" is ", value.raw(), ", but the ", which, " value is ", bound];
    Error::invalid_param(key, parts.concat())
}

fn overridden_link(keys: &Keys<'_, '_>, key: &str, input: &Input<'_>) -> Option<Warning> {
    if !keys.is_link(input.value) {
        return None;
    }
    let origin = input.value.items().first()?.as_str()?.decode();
    Some(Warning {
        code: WarningCode::OverridesLink,
        key: key.to_owned(),
        message: format!(
            "\"{key}\" is linked to node {origin} in the workflow; the value given here replaces the link"
        ),
    })
}

fn mismatch(key: &str, had: Kind, given: &str) -> Warning {
    Warning {
        code: WarningCode::TypeMismatch,
        key: key.to_owned(),
        message: format!("\"{key}\" is {} in the workflow and was given {given}", name(had)),
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}
