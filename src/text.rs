//! Finding one text in another, and saying where.
//!
//! The standard library's search is built for long needles and costs four kilobytes of wasm; these are short.

/// Where `needle` first stands in `text`, in bytes.
pub(crate) fn find(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let (&first, rest) = needle.split_first()?;
    memchr::memchr_iter(first, text).find(|at| text[at + 1..].starts_with(rest))
}

/// Line and column, from 1, of what follows `before`; columns count characters.
pub(crate) fn line_and_column(before: &str) -> (usize, usize) {
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
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
