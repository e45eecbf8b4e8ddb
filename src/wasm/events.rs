//! Events as JavaScript objects, the shapes of `InferEvent`.

use super::error::{Failure, SERIALIZER};
use super::values::object;
use crate::protocol::Event;
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::prelude::*;

pub fn all(events: Vec<Event>) -> Result<Array, Failure> {
    let array = Array::new();
    for event in events {
        array.push(&told(event)?);
    }
    Ok(array)
}

pub fn open(status: Option<u16>, sent: JsValue) -> Result<Array, Failure> {
    let status = status.map_or(JsValue::NULL, JsValue::from);
    Ok(Array::of1(&object([("type", "open".into()), ("status", status), ("sent", sent)])?))
}

pub fn waiting(seconds: f64) -> Result<Array, Failure> {
    Ok(Array::of1(&object([("type", "waiting".into()), ("seconds", seconds.into())])?))
}

pub fn result(result: JsValue) -> Result<JsValue, Failure> {
    object([("type", "result".into()), ("result", result)])
}

fn told(event: Event) -> Result<JsValue, Failure> {
    match event {
        Event::Log(line) => object([("type", "log".into()), ("line", line.into())]),
        Event::Error(message) => object([("type", "error".into()), ("message", message.into())]),
        Event::Progress(progress) => {
            let progress = progress.serialize(&SERIALIZER).unwrap_or_default();
            object([("type", "progress".into()), ("progress", progress)])
        }
    }
}
