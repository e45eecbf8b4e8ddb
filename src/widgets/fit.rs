//! Whether a value may belong to a widget.

use super::Widget;
use crate::definitions::{Spec, types};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::same::same_value;
use crate::json::value::Kind;

/// What the widget that redraws a seed may say.
const CONTROLS: [&str; 4] = ["fixed", "increment", "decrement", "randomize"];

/// Whether a value is one of the widget that redraws a seed.
pub(super) fn is_control(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| CONTROLS.iter().any(|control| text.is(control)))
}

/// Whether a value may be a button's, as that by which a file is uploaded: no input is behind it.
pub(super) fn is_button(value: Value<'_>) -> bool {
    value.kind() == Kind::Null || value.as_str().is_some_and(|text| text.is("image") || text.is(""))
}

/// How surely a saved value is that of a widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// It is another one's.
    No,
    /// It may be.
    Maybe,
    /// Nothing speaks against it.
    Yes,
}

/// How surely a saved value is that of a widget: the editor saves numbers as numbers and texts as texts.
pub(super) fn matches(widget: &Widget<'_>, value: Value<'_>) -> Match {
    let Some(spec) = widget.spec.as_deref() else { return matches_extra(&widget.name, value) };
    let kind = value.kind();
    if kind == Kind::Null || is_picture(value) && matches!(&*spec.widget_type(), types::STRING | types::COMBO)
    {
        return Match::Maybe;
    }
    let when = |is_so| if is_so { Match::Yes } else { Match::No };
    match &*spec.widget_type() {
        types::INT if !value.is_integer() => Match::No,
        types::FLOAT if kind != Kind::Number => Match::No,
        types::INT | types::FLOAT => when(true).min(in_range(spec, value)),
        types::BOOLEAN => when(kind == Kind::Boolean),
        types::STRING | types::MARKDOWN | types::TEXTAREA if is_control(value) => Match::Maybe,
        types::STRING | types::MARKDOWN | types::TEXTAREA => when(kind == Kind::String),
        types::COMBO => matches_choice(spec, value),
        _ => Match::Yes,
    }
}

/// Whether a value is a picture as the editor's clipboard puts it into the widget that has the picture's name.
fn is_picture(value: Value<'_>) -> bool {
    let has = |name: &str| value.get(name).and_then(Value::as_str).is_some();
    value.kind() == Kind::Object && has("filename") && has("subfolder") && has("type")
}

/// Whether a value is of those that few widgets take: one of several choices that are known, or what redraws a seed.
pub(super) fn is_telling(widget: &Widget<'_>, value: Value<'_>) -> bool {
    let Some(spec) = widget.spec.as_deref() else { return is_control(value) };
    let choices = spec.listed().map(Value::items).unwrap_or_default();
    choices.len() > 1 && choices.iter().any(|choice| same_value(*choice, value))
}

/// For a widget that the editor adds.
fn matches_extra(name: &str, value: Value<'_>) -> Match {
    match (name, value.kind()) {
        ("control_after_generate", _) if is_control(value) => Match::Yes,
        // The first editors drew a new seed or did not; some packs hide the setting, which leaves null.
        ("control_after_generate", Kind::Boolean | Kind::Null) => Match::Maybe,
        ("control_after_generate", _) => Match::No,
        ("control_filter_list", Kind::Null) => Match::Maybe,
        ("control_filter_list", kind) if kind != Kind::String => Match::No,
        _ => Match::Yes,
    }
}

fn in_range(spec: &Spec<'_>, value: Value<'_>) -> Match {
    let bound = |name: &str| spec.number(name).and_then(|bound| decimal(bound.raw()));
    let Some(number) = decimal(value.raw()) else { return Match::Maybe };
    let is_below = bound("min").is_some_and(|min| number < min);
    let is_above = bound("max").is_some_and(|max| number > max);
    if is_below || is_above { Match::Maybe } else { Match::Yes }
}

/// Files are among the choices of the server that the workflow comes from, so that only the kind counts.
fn matches_choice(spec: &Spec<'_>, value: Value<'_>) -> Match {
    if value.kind() == Kind::Array {
        return if spec.flag("multi_select") { Match::Yes } else { Match::No };
    }
    let choices = spec.listed().map(Value::items).unwrap_or_default();
    let is_alike = |choice: &Value<'_>| choice.kind() == value.kind();
    match choices.len() {
        0 if value.kind() == Kind::String && !is_control(value) => Match::Yes,
        0 => Match::Maybe,
        _ if choices.iter().any(|choice| same_value(*choice, value)) => Match::Yes,
        _ if !choices.iter().any(is_alike) => Match::No,
        // A text of several lines is no choice among words.
        _ if has_lines(&value) && !choices.iter().any(has_lines) => Match::No,
        1 if !is_control(value) => Match::Yes,
        _ => Match::Maybe,
    }
}

fn has_lines(value: &Value<'_>) -> bool {
    value.as_str().is_some_and(|text| text.decode().bytes().any(|byte| byte == b'\n'))
}

/// Whether a server can accept a value for an input of this type: it turns texts into numbers, and numbers into texts.
pub fn can_have(spec: &Spec<'_>, value: Value<'_>) -> bool {
    let kind = value.kind();
    if kind == Kind::Object && value.get("__value__").is_some() {
        return true;
    }
    match &*spec.widget_type() {
        types::INT | types::FLOAT => match value.as_str() {
            Some(text) => decimal(text.decode().trim().trim_start_matches('+')).is_some(),
            None => kind == Kind::Number,
        },
        types::BOOLEAN => match value.as_str() {
            Some(text) => text.is("true") || text.is("false"),
            None => matches!(kind, Kind::Boolean | Kind::Number | Kind::Null),
        },
        types::STRING | types::MARKDOWN | types::TEXTAREA => {
            matches!(kind, Kind::String | Kind::Number | Kind::Null) || is_picture(value)
        }
        types::COMBO if !spec.flag("multi_select") => !matches!(kind, Kind::Object | Kind::Array),
        _ => true,
    }
}
