//! Whether ComfyUI takes a value for an input: it converts, then looks at the range and the choices.

use super::number::Number;
use super::shortened;
use crate::definitions::{Input, Spec, types};
use crate::json::value::Kind;
use crate::json::{Value, python};
use std::cmp::Ordering;

/// What is wrong with a value.
#[derive(Debug, PartialEq)]
pub(super) enum Fault {
    /// ComfyUI cannot convert it.
    Unusable(String),
    /// ComfyUI converts it to something unexpected, or the node cannot work with it.
    Converted(String),
    /// It is outside the range.
    OutOfRange(String),
    /// It is not among the choices.
    NotAChoice,
}

/// Types that only a link can bring.
const SOCKETS: [&str; 24] = [
    "MODEL",
    "CLIP",
    "VAE",
    "CONDITIONING",
    "LATENT",
    "IMAGE",
    "MASK",
    "CONTROL_NET",
    "CLIP_VISION",
    "CLIP_VISION_OUTPUT",
    "STYLE_MODEL",
    "GLIGEN",
    "UPSCALE_MODEL",
    "LATENT_UPSCALE_MODEL",
    "MODEL_PATCH",
    "SAMPLER",
    "SIGMAS",
    "GUIDER",
    "NOISE",
    "AUDIO",
    "VIDEO",
    "HOOKS",
    "MESH",
    "AUDIO_ENCODER",
];

/// Whether only a link can bring values of a type.
pub(super) fn is_socket(kind: &str) -> bool {
    SOCKETS.contains(&kind)
}

/// What is wrong with `value` for an input that the class has.
pub(super) fn value(input: &Input<'_>, value: Value<'_>) -> Option<Fault> {
    let spec = &*input.spec;
    let value = unwrapped(value);
    let number = match &*spec.kind {
        types::INT => match whole(value) {
            Ok(number) => Some(number),
            Err(fault) => return Some(fault),
        },
        types::FLOAT => match Number::float(value) {
            Some(number) => Some(number),
            None => return Some(Fault::Unusable(format!("is {}, which is not a number", shown(value)))),
        },
        _ if value.kind() == Kind::Number => Number::float(value),
        _ => None,
    };
    let fault = number.and_then(|number| range(spec, number, value));
    fault.or_else(|| match &*spec.kind {
        types::INT => cut(value),
        types::STRING if value.kind() == Kind::Null => {
            Some(Fault::Converted("is null, which ComfyUI turns into the text \"None\"".to_owned()))
        }
        types::BOOLEAN => read_as_true(value),
        types::COMBO => choice(spec, value),
        types::DYNAMIC_COMBO => (!input.has_dynamic_choice(value)).then_some(Fault::NotAChoice),
        kind if is_socket(kind) && (input.required || value.kind() != Kind::Null) => {
            Some(Fault::Converted(format!("is {}, but {kind} can only come from a link", shown(value))))
        }
        _ => None,
    })
}

/// Lists are written `{"__value__": […]}`, because ComfyUI takes every list for a link.
fn unwrapped(value: Value<'_>) -> Value<'_> {
    match value.kind() {
        Kind::Object => value.get("__value__").unwrap_or(value),
        _ => value,
    }
}

fn whole(value: Value<'_>) -> Result<Number, Fault> {
    Number::int(value)
        .ok_or_else(|| Fault::Unusable(format!("is {}, which is not a whole number", shown(value))))
}

/// A fraction that is lost.
fn cut(value: Value<'_>) -> Option<Fault> {
    if value.kind() != Kind::Number || value.is_integer() || Number::int(value) == Number::float(value) {
        return None;
    }
    Some(Fault::Converted(format!("is {}, but ComfyUI uses only the whole part", shown(value))))
}

/// A text that says no but is read as yes.
fn read_as_true(value: Value<'_>) -> Option<Fault> {
    let text = value.as_str()?.decode();
    let says_no = ["false", "no", "off", "0"].iter().any(|no| text.eq_ignore_ascii_case(no));
    says_no.then(|| Fault::Converted(format!("is the text {}, which ComfyUI treats as true", shown(value))))
}

fn range(spec: &Spec<'_>, number: Number, value: Value<'_>) -> Option<Fault> {
    let beyond = |limit, order| {
        let limit = spec.number(limit)?;
        (number.compare(Number::float(limit)?) == Some(order)).then_some(limit)
    };
    if let Some(min) = beyond("min", Ordering::Less) {
        return Some(Fault::OutOfRange(format!(
            "is {}, but the smallest value is {}",
            shown(value),
            min.raw()
        )));
    }
    let max = beyond("max", Ordering::Greater)?;
    Some(Fault::OutOfRange(format!("is {}, but the largest value is {}", shown(value), max.raw())))
}

fn choice(spec: &Spec<'_>, value: Value<'_>) -> Option<Fault> {
    let choices = spec.choices()?;
    let has = |value: Value<'_>| python::contains(choices, value);
    let fits = if value.kind() == Kind::Array && spec.flag("multiselect") {
        value.items().into_iter().all(has)
    } else {
        has(value)
    };
    (!fits).then_some(Fault::NotAChoice)
}

/// A value for a message.
pub(super) fn shown(value: Value<'_>) -> String {
    match value.kind() {
        Kind::Array => "a list".to_owned(),
        Kind::Object => "an object".to_owned(),
        _ => shortened(value.raw()),
    }
}
