//! Parameters from JavaScript: values as JSON text, files kept aside, and what was built as an object again.

use super::exact::{self, json_text};
use super::options::wrong_type;
use crate::Error;
use crate::params::{self, FilePart, Given, Param};
use crate::wasm::error::{Failure, SERIALIZER};
use crate::wasm::values::{is_plain_object, object, set, to_js};
use crate::workflow::Workflow;
use js_sys::{Array, BigInt, Map, Object, Reflect};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_random(bytes: &mut [u8]);
}

/// Parameters as they will be sent, with the files themselves.
pub struct Built {
    core: params::Built,
    contents: Vec<Content>,
}

/// What was given for a parameter, as far as the core does not keep it.
enum Content {
    Json,
    File(Blob),
    Masked { image: Blob, mask: Blob },
}

impl Built {
    pub fn new(given: &JsValue, workflow: Option<&Workflow<'_>>) -> Result<Self, Failure> {
        let (mut params, mut contents) = (Vec::new(), Vec::new());
        for (key, value) in pairs(given)? {
            let (given, content) = read(&key, value)?;
            params.push(Param { key, given });
            contents.push(content);
        }
        Ok(Self { core: params::build(&params, workflow, &mut random)?, contents })
    }

    /// The text of the `params` part.
    pub fn json(&self) -> &str {
        &self.core.json
    }

    /// The file parts: name, file name, content.
    pub fn files(&self) -> impl Iterator<Item = (&str, String, &Blob)> {
        self.core.files.iter().filter_map(|part| {
            let blob = self.content(part)?;
            Some((part.name.as_str(), file_name(&part.name, blob), blob))
        })
    }

    pub fn to_js(&self) -> Result<JsValue, Failure> {
        let files = Array::new();
        for (key, filename, blob) in self.files() {
            files.push(&object([("key", key.into()), ("filename", filename.into()), ("file", blob.into())])?);
        }
        let seeds = Object::new();
        for (key, seed) in &self.core.seeds {
            set(&seeds, key, &BigInt::from(*seed).into())?;
        }
        let warnings = self.core.warnings.serialize(&SERIALIZER).unwrap_or_default();
        object([
            ("json", self.json().into()),
            ("files", files.into()),
            ("warnings", warnings),
            ("seeds", seeds.into()),
            ("values", self.values()?.into()),
        ])
    }

    /// All values used, so that the run can be repeated.
    fn values(&self) -> Result<Object, Failure> {
        let all = Object::new();
        for (key, json) in &self.core.values {
            set(&all, key, &to_js(exact::parsed(key, json)?)?)?;
        }
        for part in self.core.files.iter().filter(|part| !part.is_mask) {
            let value = match self.contents.get(part.param) {
                Some(Content::File(blob)) => blob.into(),
                Some(Content::Masked { image, mask }) => {
                    object([("image", image.into()), ("mask", mask.into())])?
                }
                _ => continue,
            };
            set(&all, &part.name, &value)?;
        }
        Ok(all)
    }

    fn content(&self, part: &FilePart) -> Option<&Blob> {
        match self.contents.get(part.param)? {
            Content::File(blob) => Some(blob),
            Content::Masked { mask, .. } if part.is_mask => Some(mask),
            Content::Masked { image, .. } => Some(image),
            Content::Json => None,
        }
    }
}

/// The values as JSON texts, where files have no place.
pub fn json_texts(given: &JsValue) -> Result<Vec<(String, String)>, Failure> {
    let mut texts = Vec::new();
    for (key, value) in pairs(given)? {
        let text = json_text(&key, &value)?;
        texts.push((key, text));
    }
    Ok(texts)
}

/// Key and value pairs of a plain object or a `Map`; of nothing, none.
fn pairs(given: &JsValue) -> Result<Vec<(String, JsValue)>, Failure> {
    if given.is_undefined() || given.is_null() {
        return Ok(Vec::new());
    }
    let entries = if given.is_instance_of::<Map>() {
        Array::from(&<Map>::unchecked_from_js_ref(given).entries())
    } else if is_plain_object(given) {
        Object::entries(<Object>::unchecked_from_js_ref(given))
    } else {
        return Err(wrong_type("params", "a plain object or a Map", given));
    };
    let mut pairs = Vec::new();
    for entry in entries.iter() {
        let entry = <Array>::unchecked_from_js(entry);
        let key = entry.get(0);
        let text = key.as_string().ok_or_else(|| wrong_type("a parameter's key", "a string", &key))?;
        pairs.push((text, entry.get(1)));
    }
    Ok(pairs)
}

fn read(key: &str, value: JsValue) -> Result<(Given, Content), Failure> {
    let value = match value.dyn_into::<Blob>() {
        Ok(blob) => return Ok((Given::File, Content::File(blob))),
        Err(value) => value,
    };
    if let Some((image, mask)) = masked_image(key, &value)? {
        return Ok((Given::MaskedImage, Content::Masked { image, mask }));
    }
    Ok((Given::Json(json_text(key, &value)?), Content::Json))
}

/// `{ image, mask }` of two files; half of one is an error, and an object without any file is just a value.
fn masked_image(key: &str, value: &JsValue) -> Result<Option<(Blob, Blob)>, Failure> {
    if !is_plain_object(value) {
        return Ok(None);
    }
    let blob = |name: &str| Reflect::get(value, &name.into()).ok().and_then(|v| v.dyn_into::<Blob>().ok());
    match (blob("image"), blob("mask")) {
        (Some(image), Some(mask)) => Ok(Some((image, mask))),
        (None, None) => Ok(None),
        _ => {
            let message =
                format!("\"{key}\" needs both files, {{ image, mask }}; without a mask give the image alone");
            Err(Error::invalid_param(key, message).into())
        }
    }
}

/// A file's own name; for a nameless one the key and its type make a name.
fn file_name(key: &str, blob: &Blob) -> String {
    if let Some(name) = blob.dyn_ref::<File>().map(File::name).filter(|name| !name.is_empty()) {
        return name;
    }
    let stem: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
    let kind = blob.type_();
    let subtype = kind.split(['/', ';', '+']).nth(1).unwrap_or("bin").trim();
    format!("{stem}.{}", if subtype == "jpeg" { "jpg" } else { subtype })
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    fill_with_random(&mut bytes);
    u64::from_le_bytes(bytes)
}
