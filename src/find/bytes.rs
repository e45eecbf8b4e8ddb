//! Bytes in memory, read field by field, and as text.

use super::{Find, damaged};
use std::borrow::Cow;

/// A number in big-endian order, at most eight bytes long.
pub(super) fn be(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A number in little-endian order, at most eight bytes long.
pub(super) fn le(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Reads fields one after the other; `at` is the position of the next one in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) rest: &'a [u8],
    pub(super) at: u64,
}

impl<'a> Fields<'a> {
    pub(super) fn new(at: u64, bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at }
    }

    pub(super) fn take(&mut self, length: u64) -> Find<&'a [u8]> {
        let parts = usize::try_from(length).ok().and_then(|length| self.rest.split_at_checked(length));
        let Some((taken, rest)) = parts else {
            return damaged(self.at, "a field is longer than what contains it");
        };
        self.rest = rest;
        self.at += length;
        Ok(taken)
    }

    pub(super) fn be(&mut self, length: u64) -> Find<u64> {
        self.take(length).map(be)
    }

    pub(super) fn le(&mut self, length: u64) -> Find<u64> {
        self.take(length).map(le)
    }

    /// The bytes before the next zero byte, which is taken as well.
    pub(super) fn until_zero(&mut self) -> Find<&'a [u8]> {
        match memchr::memchr(0, self.rest) {
            Some(end) => {
                let text = self.take(end as u64)?;
                self.take(1)?;
                Ok(text)
            }
            None => damaged(self.at, "a text is not terminated"),
        }
    }
}

/// Text in UTF-8, without the zeros after it.
pub(super) fn utf8(at: u64, bytes: &[u8]) -> Find<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_end_matches('\0')),
        Err(error) => damaged(at + error.valid_up_to() as u64, "a text is not UTF-8"),
    }
}

/// Text that should be Latin-1 or ASCII, without the zeros after it.
///
/// Many programs write UTF-8 where Latin-1 belongs, and Latin-1 text is almost never valid UTF-8 by chance.
pub(super) fn latin1(bytes: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => return text.trim_end_matches('\0').into(),
        Err(_) => bytes.iter().copied().map(char::from).collect::<String>(),
    };
    text.trim_end_matches('\0').to_owned().into()
}

/// Text in UTF-16, without the zeros after it.
pub(super) fn utf16(at: u64, bytes: &[u8], big_endian: bool) -> Find<String> {
    let units = bytes.chunks_exact(2).map(|unit| (if big_endian { be(unit) } else { le(unit) }) as u16);
    match char::decode_utf16(units).collect::<Result<String, _>>() {
        Ok(text) => Ok(text.trim_end_matches('\0').to_owned()),
        Err(_) => damaged(at, "a text is not UTF-16"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_end_where_their_bytes_do() {
        let mut fields = Fields::new(100, &[0, 1, 2, 0x41, 0, 9]);
        assert!(matches!(fields.be(3), Ok(0x000102)));
        assert!(matches!(fields.until_zero(), Ok([0x41])));
        assert!(matches!(fields.take(2), Err(super::super::Stop::Damaged { at: 105, .. })));
        assert!(fields.until_zero().is_err());
    }

    #[test]
    fn texts_are_decoded() {
        assert_eq!(latin1(b"caf\xe9\0"), "café");
        assert_eq!(latin1("café\0".as_bytes()), "café");
        assert!(matches!(utf8(0, "café\0".as_bytes()), Ok("café")));
        assert!(matches!(utf8(7, b"ab\xe9"), Err(super::super::Stop::Damaged { at: 9, .. })));
        assert!(utf16(0, &[0, 0x41, 0xd8, 0x3d, 0xde, 0], true).is_ok_and(|text| text == "A😀"));
        assert!(utf16(0, &[0x41, 0, 0, 0], false).is_ok_and(|text| text == "A"));
        assert!(utf16(0, &[0xd8, 0x3d], true).is_err());
    }
}
