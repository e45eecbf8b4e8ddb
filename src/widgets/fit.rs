//! Whether a value can be of a widget's type.

use crate::definitions::{Spec, types};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::value::Kind;

/// What the widget that draws a seed anew may say.
const CONTROLS: [&str; 4] = ["fixed", "increment", "decrement", "randomize"];

/// Whether a value is one of the widget that draws a seed anew.
pub(super) fn is_control(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| CONTROLS.iter().any(|control| text.is(control)))
}

/// Whether a server can take a value for an input of this type: it makes numbers of texts, and texts of numbers.
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
            matches!(kind, Kind::String | Kind::Number | Kind::Null)
        }
        types::COMBO if !spec.flag("multi_select") => !matches!(kind, Kind::Object | Kind::Array),
        _ => true,
    }
}
