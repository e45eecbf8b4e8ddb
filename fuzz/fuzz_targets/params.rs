//! The parameters of a run, with and without a workflow to check them against and a server's `object_info`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{assert_strict_json, two};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::params::{Given, ObjectInfo, Param, build};
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let (file, rest) = two(data);
    let (params, object_info) = two(rest);
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
    let object_info = ObjectInfo::parse(object_info).ok();
    let mut random = || 0x0123_4567_89ab_cdef;
    let Ok(built) = build(&params, workflow.as_ref(), object_info.as_ref(), &mut random) else { return };
    assert_strict_json(&built.json);
    assert!(built.values.len() + built.files.len() > 0, "the request would be empty");
    assert!(built.files.iter().all(|file| file.param < params.len()));
});
