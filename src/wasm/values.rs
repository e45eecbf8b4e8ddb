//! Values from JavaScript: one JSON object, which `pkg/src/values.js` writes.

use crate::Error;
use crate::json::Value;
use std::borrow::Cow;

/// Keys and values of a JSON object that JavaScript wrote.
pub fn entries(json: &str) -> Result<Vec<(Cow<'_, str>, Value<'_>)>, Error> {
    let object = Value::parse(json).map_err(|error| {
        Error::invalid_param("params", format!("params is not valid JSON: {}", error.what))
    })?;
    Ok(object.entries().into_iter().map(|(key, value)| (key.decode(), value)).collect())
}
