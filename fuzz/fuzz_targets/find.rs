//! Workflows in files of every format: nothing is read past the end, and the texts that are found are complete.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::source;

fuzz_target!(|data: &[u8]| {
    let search = source::search(data);
    match search.result {
        Ok(Some(found)) => {
            assert_eq!(found.bytes_read, search.bytes);
            for text in [&found.prompt, &found.workflow].into_iter().flatten() {
                // The error of the parser that opens the text says where it is invalid.
                assert!(text.json.starts_with('{') && text.json.ends_with('}'), "{text:?}");
            }
        }
        Ok(None) => {}
        Err(error) => assert_eq!(error.code().as_str(), "damaged_file"),
    }
});
