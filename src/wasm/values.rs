//! JavaScript values as JSON text and back, without rounding and without `JSON.stringify`, which drops and rounds.

use super::error::Failure;
use crate::Error;
use crate::json::number::has_unsafe_integer;
use crate::json::string::{push_escaped_char, push_unicode_escape};
use crate::json::value::Kind;
use crate::json::{MAX_DEPTH, Value, Writer};
use js_sys::{Array, ArrayBuffer, BigInt, JSON, JsString, Number, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    /// `Object.prototype.toString`, which no object can override: what an object says of itself may be a secret.
    #[wasm_bindgen(js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn tag(value: &JsValue) -> String;

    /// JavaScript's text may hold unpaired surrogates, halves of a character, which no Rust string can.
    #[wasm_bindgen(js_namespace = ["String", "prototype", "isWellFormed"], js_name = call)]
    fn is_well_formed(text: &JsValue) -> bool;
}

/// The bytes of a workflow given as text, bytes or an object.
pub fn workflow_bytes(workflow: &JsValue) -> Result<Vec<u8>, Failure> {
    json_bytes(workflow, "workflow", Error::invalid_workflow)
}

/// The bytes of a JSON document given as text, bytes or an object; `name` is what it is called in messages.
pub fn json_bytes(
    document: &JsValue,
    name: &str,
    invalid: impl Fn(String) -> Error,
) -> Result<Vec<u8>, Failure> {
    if document.is_string() && !is_well_formed(document) {
        return Err(invalid("the text has half a character in it (an unpaired surrogate)".into()).into());
    }
    if let Some(text) = document.as_string() {
        return Ok(text.into_bytes());
    }
    if let Some(bytes) = document.dyn_ref::<Uint8Array>() {
        return Ok(bytes.to_vec());
    }
    if document.is_instance_of::<ArrayBuffer>() {
        return Ok(Uint8Array::new(document).to_vec());
    }
    if !is_plain_object(document) {
        return Err(invalid(format!(
            "{name} must be JSON text, a Uint8Array, an ArrayBuffer or a plain object, not {}; of a File, pass \
             await file.arrayBuffer()",
            describe(document)
        ))
        .into());
    }
    let mut text = String::new();
    write_json(&mut text, document, name).map_err(|error| invalid(error.to_string()))?;
    Ok(text.into_bytes())
}

/// The JavaScript value of a JSON value; integers that a number would round become `bigint`.
pub fn to_js(value: Value<'_>) -> Result<JsValue, Failure> {
    if !has_unsafe_integer(value) {
        return JSON::parse(value.raw()).map_err(Failure::Thrown);
    }
    match value.kind() {
        Kind::Array => {
            let items = Array::new();
            for item in value.items() {
                items.push(&to_js(item)?);
            }
            Ok(items.into())
        }
        Kind::Object => {
            let object = Object::new();
            for (key, value) in value.entries() {
                define(&object, &key.decode(), &to_js(value)?)?;
            }
            Ok(object.into())
        }
        _ => {
            BigInt::new(&value.raw().into()).map(JsValue::from).map_err(|error| Failure::Thrown(error.into()))
        }
    }
}

/// Sets a property of an object of ours.
pub fn set(object: &JsValue, key: &str, value: &JsValue) -> Result<(), Failure> {
    Reflect::set(object, &key.into(), value).map(drop).map_err(Failure::Thrown)
}

/// An object of ours with these properties.
pub fn object<const N: usize>(fields: [(&str, JsValue); N]) -> Result<JsValue, Failure> {
    let object = Object::new();
    for (key, value) in fields {
        set(&object, key, &value)?;
    }
    Ok(object.into())
}

/// True for an object that is data: literals, `JSON.parse`, objects without prototype; of any realm.
pub fn is_plain_object(value: &JsValue) -> bool {
    value.is_object() && tag(value) == "[object Object]"
}

/// What a value is, for a message; never its content.
pub fn describe(value: &JsValue) -> String {
    let tag = tag(value);
    let name = tag.trim_start_matches("[object ").trim_end_matches(']');
    match name {
        "Undefined" => "undefined".to_owned(),
        "Null" => "null".to_owned(),
        _ if name.starts_with(['A', 'E', 'I', 'O']) => format!("an {name}"),
        _ => format!("a {name}"),
    }
}

/// Like an object literal, so that a key `__proto__` is a key.
fn define(object: &Object, key: &str, value: &JsValue) -> Result<(), Failure> {
    let property = self::object([
        ("value", value.clone()),
        ("writable", true.into()),
        ("enumerable", true.into()),
        ("configurable", true.into()),
    ])?;
    Object::define_property(object, &key.into(), <Object>::unchecked_from_js_ref(&property));
    Ok(())
}

/// Appends `value` as JSON text; `key` is what it is called in messages.
pub fn write_json(out: &mut String, value: &JsValue, key: &str) -> Result<(), Error> {
    write_value(&mut Writer::compact(out), value, key, 0)
}

fn write_value(out: &mut Writer<'_>, value: &JsValue, key: &str, depth: usize) -> Result<(), Error> {
    if depth > MAX_DEPTH {
        return Err(Error::invalid_param(
            key,
            format!("the value of \"{key}\" is nested too deeply, or in itself"),
        ));
    }
    if let Some(text) = value.as_string() {
        write_text(out, value, &text);
    } else if let Some(boolean) = value.as_bool() {
        out.boolean(boolean);
    } else if let Some(number) = value.as_f64() {
        write_number(out, number, key)?;
    } else if value.is_null() {
        out.null();
    } else if value.is_bigint() {
        write_bigint(out, value, key)?;
    } else if Array::is_array(value) {
        write_array(out, <Array>::unchecked_from_js_ref(value), key, depth)?;
    } else if is_plain_object(value) {
        write_object(out, <Object>::unchecked_from_js_ref(value), key, depth)?;
    } else {
        return Err(unusable(value, key));
    }
    Ok(())
}

/// Writes a string; unpaired surrogates go out as the escapes that stand for them.
fn write_text(out: &mut Writer<'_>, value: &JsValue, text: &str) {
    if is_well_formed(value) {
        return out.text(text);
    }
    out.text_with(|out| {
        for unit in char::decode_utf16(JsString::unchecked_from_js_ref(value).iter()) {
            match unit {
                Ok(c) => push_escaped_char(out, c),
                Err(half) => push_unicode_escape(out, half.unpaired_surrogate()),
            }
        }
    });
}

fn write_number(out: &mut Writer<'_>, number: f64, key: &str) -> Result<(), Error> {
    if !number.is_finite() {
        let what = if number.is_nan() { "NaN" } else { "infinite" };
        return Err(Error::invalid_param(
            key,
            format!("the value of \"{key}\" is {what}: a number must be finite"),
        ));
    }
    // −0 would lose its sign in JavaScript's own text.
    if number == 0.0 && number.is_sign_negative() {
        out.raw("-0");
        return Ok(());
    }
    write_js_text(out, Number::from(number).to_string_with_radix(10).ok(), key)
}

fn write_bigint(out: &mut Writer<'_>, value: &JsValue, key: &str) -> Result<(), Error> {
    write_js_text(out, BigInt::unchecked_from_js_ref(value).to_string(10).ok(), key)
}

fn write_js_text(out: &mut Writer<'_>, text: Option<JsString>, key: &str) -> Result<(), Error> {
    let text =
        text.ok_or_else(|| Error::invalid_param(key, format!("the value of \"{key}\" cannot be written")))?;
    out.raw(&String::from(text));
    Ok(())
}

fn write_array(out: &mut Writer<'_>, array: &Array, key: &str, depth: usize) -> Result<(), Error> {
    out.array(|out| array.iter().try_for_each(|item| write_value(out, &item, key, depth + 1)))
}

fn write_object(out: &mut Writer<'_>, object: &Object, key: &str, depth: usize) -> Result<(), Error> {
    out.object(|out| {
        Object::entries(object).iter().try_for_each(|entry| {
            let entry = <Array>::unchecked_from_js(entry);
            out.key(&entry.get(0).as_string().unwrap_or_default());
            write_value(out, &entry.get(1), key, depth + 1)
        })
    })
}

fn unusable(value: &JsValue, key: &str) -> Error {
    let advice = if value.is_instance_of::<Blob>() {
        "a file can only be given for a parameter itself, not inside another value, and not where a workflow is made"
    } else if value.is_undefined() {
        "leave the key out, or give null"
    } else {
        "give a string, a finite number, a bigint, a boolean, null, a file, or arrays and plain objects of these"
    };
    Error::invalid_param(key, format!("the value of \"{key}\" has {} in it: {advice}", describe(value)))
}
