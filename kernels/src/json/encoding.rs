//! The encoding of a document's bytes: UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it.

use std::borrow::Cow;

/// A document's bytes as UTF-8. Bytes that are not UTF-16 with a byte order mark, or are damaged, are returned as they
/// are.
///
/// ```
/// # use viewcomfy_kernels as viewcomfy_wasm;
/// use viewcomfy_wasm::json::to_utf8;
///
/// assert_eq!(&*to_utf8(b"\xff\xfe{\0}\0"), b"{}");
/// assert_eq!(&*to_utf8(b"{}"), b"{}");
/// ```
pub fn to_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let whole = |units| char::decode_utf16(units).collect::<Result<String, _>>().ok();
    match utf16_units(bytes).filter(|_| bytes.len().is_multiple_of(2)).and_then(whole) {
        Some(text) => text.into_bytes().into(),
        None => bytes.into(),
    }
}

/// The UTF-16 units after the byte order mark; `None` without one.
pub fn utf16_units(bytes: &[u8]) -> Option<impl Iterator<Item = u16>> {
    let (mark, rest) = bytes.split_at_checked(2)?;
    let read = match mark {
        b"\xff\xfe" => u16::from_le_bytes,
        b"\xfe\xff" => u16::from_be_bytes,
        _ => return None,
    };
    Some(rest.chunks_exact(2).map(move |unit| read([unit[0], unit[1]])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn both_orders_are_read() {
        for text in ["", "{\"a\": \"é日😀\"}"] {
            assert_eq!(*to_utf8(&encoded(text, u16::to_le_bytes)), *text.as_bytes(), "{text}");
            assert_eq!(*to_utf8(&encoded(text, u16::to_be_bytes)), *text.as_bytes(), "{text}");
        }
    }

    #[test]
    fn what_is_something_else_or_damaged_stays() {
        for bytes in
            [&b"{}"[..], b"", b"\xff", b"\xef\xbb\xbf{}", b"\xff\xfe{\0}", b"\xff\xfe\x3d\xd8", b"{\0}\0"]
        {
            assert_eq!(&*to_utf8(bytes), bytes, "{bytes:?}");
        }
    }
}
