//! Finding one text in another. Depends on nothing here.
//!
//! The standard library's search is built for long needles and costs four kilobytes of wasm; these are short.

/// Where `needle` first stands in `text`, in bytes.
pub(crate) fn find(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let (&first, rest) = needle.split_first()?;
    memchr::memchr_iter(first, text).find(|at| text[at + 1..].starts_with(rest))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn finds_what_the_standard_library_finds() {
        for text in ["", "a", "aab", "abab of ", "é of ü", "-inputs", "--inputs-"] {
            for needle in ["a", "ab", "b", " of ", "é", "-inputs"] {
                assert_eq!(find(text, needle), text.find(needle), "{needle} in {text}");
            }
        }
    }
}
