//! Events as a browser's `EventSource` delivers them, and log lines: one per line, its name before 0xff.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{read, two};
use viewcomfy_wasm::protocol::progress;

fuzz_target!(|data: &[u8]| {
    let mut framed = Vec::new();
    let mut stream = Vec::new();
    for line in data.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let (name, text) = two(line);
        let (name, text) = (String::from_utf8_lossy(name), String::from_utf8_lossy(text));
        if let Some(told) = progress::parse(&text) {
            assert!(told.percent.is_none_or(|percent| (0.0..=100.0).contains(&percent)), "{text}: {told:?}");
            assert!(told.step.is_finite(), "{text}: {told:?}");
        }
        // The browser ignores events without data; a space after the colon is not part of the value.
        if text.is_empty() || name.is_empty() {
            continue;
        }
        stream.extend_from_slice(format!("event: {name}\ndata: {text}\n\n").as_bytes());
        framed.push((name.into_owned(), text.into_owned()));
    }
    assert_eq!(read::framed(&framed), read::stream(&[&stream]));
});
