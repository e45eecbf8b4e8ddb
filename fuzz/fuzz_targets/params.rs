//! The parameters of a run, against a workflow and without one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, two};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::params::{Given, Param, build};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let (file, params) = two(data);
    let Some(params) = std::str::from_utf8(params).ok().and_then(|text| Value::parse(text).ok()) else {
        return;
    };
    let given = |value: Value<'_>| match value.raw() {
        "\"file\"" => Given::File,
        "\"mask\"" => Given::MaskedImage,
        json => Given::Json(json.to_owned()),
    };
    let params: Vec<_> = params
        .entries()
        .into_iter()
        .map(|(key, value)| Param { key: key.decode().into_owned(), given: given(value) })
        .collect();
    let workflow = Workflow::parse(file).ok();
    let mut random = || 0x0123_4567_89ab_cdef;
    let Ok(built) = build(&params, workflow.as_ref(), &mut random) else { return };
    assert_strict_json(&built.json);
    assert!(built.values.len() + built.files.len() > 0, "nothing would be sent");
    assert!(built.files.iter().all(|file| file.param < params.len()));
});
