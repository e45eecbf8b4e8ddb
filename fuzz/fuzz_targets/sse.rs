//! Event streams: the same events however the bytes are cut.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{bytes, pieces, read};

fuzz_target!(|data: &[u8]| {
    let whole = read::framing(&[data]);
    assert_eq!(read::framing(&pieces(data)), whole);
    assert_eq!(read::framing(&bytes(data)), whole);
    let reading = read::stream(&[data]);
    assert_eq!(read::stream(&pieces(data)), reading);
    assert_eq!(read::stream(&bytes(data)), reading);
});
