//! Base64: what the crate base64 decodes, however the characters are cut.
#![no_main]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{bytes, pieces, read};

fuzz_target!(|data: &[u8]| {
    let whole = read::base64(&[data]);
    assert_eq!(read::base64(&pieces(data)), whole);
    assert_eq!(read::base64(&bytes(data)), whole);
    assert_eq!(whole.ok(), STANDARD.decode(data).ok());
    let encoded = STANDARD.encode(data);
    assert_eq!(read::base64(&pieces(encoded.as_bytes())).as_deref(), Ok(data));
});
