//! Workflows in files of every format: no more is read than there is, and what is found is whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::source;

fuzz_target!(|data: &[u8]| {
    let search = source::search(data);
    match search.result {
        Ok(Some(found)) => {
            assert_eq!(found.bytes_read, search.bytes);
            for text in [&found.prompt, &found.workflow].into_iter().flatten() {
                // Whoever opens the text says what is wrong where.
                assert!(text.json.starts_with('{') && text.json.ends_with('}'), "{text:?}");
            }
        }
        Ok(None) => {}
        Err(error) => assert_eq!(error.code().as_str(), "damaged_file"),
    }
});
