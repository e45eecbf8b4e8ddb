//! The `Range` header; several ranges in one header are not supported.

use std::ops::Range;

/// The bytes that a header asks for in a file of this size: none for the whole file, an error for a range outside it.
pub fn parse(header: Option<&str>, size: usize) -> Result<Option<Range<usize>>, Unsatisfiable> {
    let Some((first, last)) = header.and_then(|header| header.strip_prefix("bytes=")?.split_once('-')) else {
        return Ok(None);
    };
    let range = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Ok(None),
    };
    if range.is_empty() { Err(Unsatisfiable) } else { Ok(Some(range)) }
}

/// The range lies outside the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsatisfiable;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_range() {
        assert_eq!(parse(None, 10), Ok(None));
        assert_eq!(parse(Some("bytes=2-4"), 10), Ok(Some(2..5)));
        assert_eq!(parse(Some("bytes=2-"), 10), Ok(Some(2..10)));
        assert_eq!(parse(Some("bytes=2-99"), 10), Ok(Some(2..10)));
        assert_eq!(parse(Some("bytes=-3"), 10), Ok(Some(7..10)));
        assert_eq!(parse(Some("bytes=10-"), 10), Err(Unsatisfiable));
        assert_eq!(parse(Some("bytes=4-2"), 10), Ok(None));
        assert_eq!(parse(Some("bytes=0-1,4-5"), 10), Ok(None));
    }
}
