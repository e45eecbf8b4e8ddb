//! Workflows in files of every format: no more is read than there is, and what is found is JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::source;
use viewcomfy_wasm::json::Value;

fuzz_target!(|data: &[u8]| {
    let search = source::search(data);
    match search.result {
        Ok(Some(found)) => {
            assert_eq!(found.bytes_read, search.bytes);
            for text in [&found.prompt, &found.workflow].into_iter().flatten() {
                Value::parse(&text.json).expect("what is found is JSON");
            }
        }
        Ok(None) => {}
        Err(error) => assert_eq!(error.code().as_str(), "damaged_file"),
    }
});
