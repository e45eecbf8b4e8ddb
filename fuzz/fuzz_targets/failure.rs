//! What a server sends instead of a result: HTTP error bodies and error events.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_wasm::protocol::failure;

fuzz_target!(|data: &[u8]| {
    let Some((first, body)) = data.split_first() else { return };
    let body = String::from_utf8_lossy(body);
    let status = 400 + u16::from(*first);
    let error = failure::from_http(status, (first % 2 == 0).then(|| f64::from(*first)), &body);
    assert!(!error.to_string().is_empty());
    let error = failure::from_event(&body, vec![body.clone().into_owned()]);
    assert!(!error.to_string().is_empty());
});
