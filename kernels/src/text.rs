//! Searches one text for another, and gives places and lengths as JavaScript and people count them.
//!
//! The standard library's search is built for long needles and costs four kilobytes of wasm; the needles here are
//! short.

/// Where `needle` first occurs in `text`, in bytes.
pub fn find(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let (&first, rest) = needle.split_first()?;
    memchr::memchr_iter(first, text).find(|at| text[at + 1..].starts_with(rest))
}

/// Where `needle` last occurs in `text`, in bytes.
pub fn find_last(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let (&first, rest) = needle.split_first()?;
    memchr::memrchr_iter(first, text).find(|at| text[at + 1..].starts_with(rest))
}

/// The length in UTF-16 units, as JavaScript counts.
pub fn utf16_length(text: &str) -> usize {
    // Each character has one first byte, and two units if it has four bytes. Counted this way, whole vectors are used.
    let units = |byte: &u8| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0);
    text.as_bytes().iter().map(units).sum()
}

/// Line and column, from 1, of what follows `before`; columns count characters.
pub fn line_and_column(before: &str) -> (usize, usize) {
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::{find, find_last, utf16_length};

    #[test]
    fn lengths_are_those_of_utf_16() {
        for text in ["", "a", "é", "日本語", "😀", "a █ 😀\u{10ffff}\u{ffff}"] {
            assert_eq!(utf16_length(text), text.encode_utf16().count(), "{text}");
        }
    }

    #[test]
    fn finds_what_the_standard_library_finds() {
        for text in ["", "a", "aab", "abab of ", "é of ü", "-inputs", "--inputs-", "-inputs-inputs-"] {
            for needle in ["a", "ab", "b", " of ", "é", "-inputs"] {
                assert_eq!(find(text, needle), text.find(needle), "{needle} in {text}");
                assert_eq!(find_last(text, needle), text.rfind(needle), "{needle} in {text}");
            }
        }
    }
}
