//! `buildParams`, and what a run sends: values as one JSON text, files known by their key.

use crate::json::Value;
use crate::params::{Built, Given, ObjectInfo, Param, Warning, build};
use crate::wasm::error::Failure;
use crate::wasm::record::to_object;
use crate::wasm::values::entries;
use crate::workflow::Workflow;
use serde::Serialize;
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_with_random(bytes: &mut [u8]);
}

/// The kinds of a file, and of an image with its mask, in the list of kinds. `pkg/src/params.js` writes it.
const FILE: u8 = 1;
const MASKED_IMAGE: u8 = 2;

/// The fields from which `pkg/src/params.js` makes a `BuiltParams`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'b> {
    json: &'b str,
    /// Name, index of the parameter, whether it is the mask.
    files: Vec<(&'b str, usize, bool)>,
    warnings: &'b [Warning],
    /// Key and digits.
    seeds: Vec<(&'b str, String)>,
    /// The exact text of the workflow that is sent.
    workflow_api: Option<&'b str>,
}

/// Checks and builds. Entries of `params` that are files are null there.
///
/// Keys and types are checked against `check_against`, or else against `workflow_api`, which is sent; `object_info`
/// has the ranges of their classes.
#[wasm_bindgen(js_name = buildParams)]
pub fn build_params(
    params: &str,
    kinds: &[u8],
    check_against: Option<Vec<u8>>,
    workflow_api: Option<Vec<u8>>,
    object_info: Option<Vec<u8>>,
) -> Result<JsValue, Failure> {
    let mut scratches = [String::new(), String::new()];
    let [for_known, for_sent] = &mut scratches;
    let known = check_against.as_deref().map(|bytes| Workflow::open(bytes, for_known)).transpose()?;
    let sent = workflow_api.as_deref().map(|bytes| Workflow::open(bytes, for_sent)).transpose()?;
    let limits = object_info.as_deref().map(ObjectInfo::parse).transpose()?;
    let params: Vec<Param> = entries(params)?.into_iter().zip(kinds).map(param).collect();
    let mut built = build(&params, known.as_ref().or(sent.as_ref()), limits.as_ref(), &mut random)?;
    let workflow_api = sent.as_ref().map(|workflow| built.workflow_text(workflow));
    let Built { json, files, warnings, seeds, .. } = built;
    let report = Report {
        json: &json,
        files: files.iter().map(|part| (part.name.as_str(), part.param, part.is_mask)).collect(),
        warnings: &warnings,
        seeds: seeds.iter().map(|(key, seed)| (key.as_str(), seed.to_string())).collect(),
        workflow_api: workflow_api.as_deref(),
    };
    Ok(to_object(&report))
}

fn param(((key, value), kind): ((Cow<'_, str>, Value<'_>), &u8)) -> Param {
    let given = match *kind {
        FILE => Given::File,
        MASKED_IMAGE => Given::MaskedImage,
        _ => Given::Json(value.raw().to_owned()),
    };
    Param { key: key.into_owned(), given }
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    fill_with_random(&mut bytes);
    u64::from_le_bytes(bytes)
}
