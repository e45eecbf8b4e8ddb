//! Prompt results: the same however the bytes are cut, as a body or in a stream.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::{bytes, pieces, read};

fuzz_target!(|data: &[u8]| {
    let body = read::body(&[data]);
    assert_eq!(read::body(&pieces(data)), body);
    assert_eq!(read::body(&bytes(data)), body);
    // A line end would end the data of an event, and a byte order mark is allowed only before a body.
    if data.contains(&b'\n')
        || data.contains(&b'\r')
        || body.result.is_err()
        || data.starts_with(b"\xef\xbb\xbf")
    {
        return;
    }
    let stream = [b"event: prompt_result\ndata: ", data, b"\n\n"].concat();
    assert_eq!(read::stream(&pieces(&stream)), body);
});
