//! The value with which a widget starts.

use super::Val;
use crate::definitions::{Spec, types};
use crate::json::Value;
use std::borrow::Cow;

/// The value of a fresh widget of this type.
pub(super) fn default_of<'a>(kind: &str, spec: &Spec<'a>) -> Val<'a> {
    let own = spec.option("default");
    let raw = |value: Value<'a>| Cow::Borrowed(value.raw());
    let value = match kind {
        types::INT | types::FLOAT => own.map_or("0".into(), raw),
        types::BOOLEAN => own.map_or("false".into(), raw),
        types::STRING | types::MARKDOWN | types::TEXTAREA => own.map_or("\"\"".into(), raw),
        types::COMBO => return default_choice(spec),
        types::DYNAMIC_COMBO => {
            let own = own.filter(|own| !own.is_falsy());
            return own.map(raw).or_else(|| first_key(spec));
        }
        types::COLOR => own.map_or("\"#000000\"".into(), raw),
        types::BOUNDING_BOX => own.map_or(r#"{"x":0,"y":0,"width":512,"height":512}"#.into(), raw),
        types::RANGE => own.map_or(r#"{"min":0,"max":1}"#.into(), raw),
        types::COLORS | types::BOUNDING_BOXES | types::GALLERIA => own.map_or("[]".into(), raw),
        types::IMAGE_COMPARE => r#"["",""]"#.into(),
        types::PAINTER => own.map_or("\"\"".into(), raw),
        types::LOAD_3D
        | types::LOAD_3D_ADVANCED
        | types::PREVIEW_3D
        | types::WEBCAM
        | types::AUDIO_RECORD => "\"\"".into(),
        _ => return own.map(raw),
    };
    Some(value)
}

fn default_choice<'a>(spec: &Spec<'a>) -> Val<'a> {
    if spec.flag("multi_select") {
        return Some("[]".into());
    }
    let own = spec.option("default").filter(|own| !own.is_falsy());
    own.or_else(|| first_choice(spec)).map(|value| value.raw().into())
}

/// The first key of a choice that has its own inputs.
pub(super) fn first_key<'a>(spec: &Spec<'a>) -> Val<'a> {
    let keys = spec.option("options").map(Value::items).unwrap_or_default();
    keys.first()?.get("key").map(|key| key.raw().into())
}

/// The first of a combo's choices.
pub(super) fn first_choice<'a>(spec: &Spec<'a>) -> Option<Value<'a>> {
    spec.listed()?.items().into_iter().next()
}
