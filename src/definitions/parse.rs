//! Finds the classes in an `object_info` and refuses what is not one.

use super::{Definitions, MAX_BYTES};
use crate::json::key_index::{self, KeyIndex};
use crate::json::{Scanner, SyntaxError, Value};
use crate::text::line_and_column;
use crate::{Error, ErrorKind};
use std::ops::Range;

const ADVICE: &str = "give the answer of GET /object_info of a ComfyUI server";

impl Definitions {
    /// Reads the answer of `GET /object_info`, or of `GET /object_info/<class>`: UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything else; syntax errors carry line and column.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::invalid_definitions(format!(
                "the object_info is larger than {MAX_BYTES} bytes: {ADVICE}"
            )));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            syntax_error("the text is not UTF-8", &String::from_utf8_lossy(before))
        })?;
        let found = classes(&text)?;
        let mut definitions = Self {
            classes: Vec::with_capacity(found.len()),
            indices: KeyIndex::default(),
            text,
            bundled_from: None,
        };
        for (name, range) in found {
            key_index::put(&mut definitions.classes, &mut definitions.indices, name.into(), range);
        }
        Ok(definitions)
    }

    /// Reads the definitions that come with the package, `{"comfyui": "<version>", "classes": {…}}`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything else.
    pub fn parse_bundled(bytes: &[u8]) -> Result<Self, Error> {
        let wrong =
            || Error::invalid_definitions("these are not the package's own definitions: install it again");
        let text = std::str::from_utf8(bytes).map_err(|_| wrong())?;
        let whole = Value::parse(text).map_err(|_| wrong())?;
        let version = whole.get("comfyui").and_then(Value::as_str).ok_or_else(wrong)?;
        let classes = whole.get("classes").ok_or_else(wrong)?;
        let definitions = Self::parse(classes.raw().to_owned().into_bytes())?;
        Ok(Self { bundled_from: Some(version.decode().into_owned()), ..definitions })
    }
}

/// The name and the range of each class in file order.
fn classes(text: &str) -> Result<Vec<(String, Range<usize>)>, Error> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let json = &text[start..];
    let mut scanner = Scanner::new(json);
    match scanner.peek() {
        Some(b'{') => {}
        None => return Err(Error::invalid_definitions(format!("the object_info is empty: {ADVICE}"))),
        Some(_) => {
            return Err(Error::invalid_definitions(format!(
                "an object_info is an object with an entry for each class: {ADVICE}"
            )));
        }
    }
    let (mut found, mut odd) = (Vec::new(), None);
    scan(&mut scanner, |name, range, is_class| {
        if !is_class && odd.is_none() {
            odd = Some(name.clone());
        }
        found.push((name, start + range.start..start + range.end));
    })
    .map_err(|error| syntax_error(error.what, &json[..error.offset]))?;
    if let Some(name) = odd {
        return Err(Error::invalid_definitions(format!(
            "\"{name}\" is not the definition of a class, which has input and output: {ADVICE}"
        )));
    }
    if found.is_empty() {
        return Err(Error::invalid_definitions(format!(
            "the object_info has no classes; of a class that it does not know a server answers with an empty object: \
             {ADVICE}"
        )));
    }
    Ok(found)
}

/// Gives each entry's name and range, and whether it looks like a class.
fn scan(
    scanner: &mut Scanner<'_>,
    mut entry: impl FnMut(String, Range<usize>, bool),
) -> Result<(), SyntaxError> {
    scanner.object(|scanner, name| {
        let start = scanner.position();
        let (mut input, mut output) = (false, false);
        if scanner.peek() == Some(b'{') {
            scanner.object(|scanner, key| {
                input |= key.is("input") && scanner.peek() == Some(b'{');
                output |= key.is("output") && scanner.peek() == Some(b'[');
                scanner.value().map(drop)
            })?;
        } else {
            scanner.value()?;
        }
        let end = start + scanner.value_since(start).raw().len();
        entry(name.decode().into_owned(), start..end, input && output);
        Ok(())
    })?;
    scanner.end()
}

fn syntax_error(what: &str, before: &str) -> Error {
    let (line, column) = line_and_column(before);
    ErrorKind::InvalidDefinitions {
        message: format!("the object_info is not valid JSON at line {line}, column {column}: {what}"),
        line: Some(line),
        column: Some(column),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &[u8]) -> (String, &'static str, Option<(usize, usize)>) {
        let Err(error) = Definitions::parse(text.to_vec()) else {
            return (String::new(), "accepted", None);
        };
        let index = match error.kind() {
            ErrorKind::InvalidDefinitions { line, column, .. } => line.zip(*column),
            _ => None,
        };
        (error.to_string(), error.code().as_str(), index)
    }

    #[test]
    fn what_is_no_object_info_is_refused_with_its_reason() {
        for (text, word) in [
            ("", "empty"),
            ("[]", "an entry for each class"),
            ("{}", "has no classes"),
            (r#"{"3": {"class_type": "KSampler", "inputs": {}}}"#, "\"3\" is not the definition"),
            (r#"{"A": {"input": {}, "output": []}, "B": 1}"#, "\"B\" is not the definition"),
            (r#"{"A": {"input": [], "output": []}}"#, "\"A\" is not the definition"),
        ] {
            let (message, code, index) = refusal(text.as_bytes());
            assert_eq!((code, index), ("invalid_definitions", None), "{text}");
            assert!(message.contains(word) && message.contains("GET /object_info"), "{text}: {message}");
        }
    }

    #[test]
    fn syntax_errors_have_line_and_column() {
        assert_eq!(refusal(b"{\"A\": {\n  \"input\": }}").2, Some((2, 12)));
        assert_eq!(refusal(b"{\"A\": \"\xff\"}").2, Some((1, 8)));
        assert_eq!(refusal(b"{} x").2, Some((1, 4)));
    }

    #[test]
    fn classes_are_found_behind_a_byte_order_mark() {
        let text = "\u{feff} {\"A\": {\"input\": {}, \"output\": [\"INT\"]}, \"\\u0042\": {\"output\": [], \"input\": {}}}\n";
        let definitions = Definitions::parse(text.into());
        assert_eq!(definitions.as_ref().map(Definitions::len), Ok(2));
        let kinds =
            definitions.ok().and_then(|d| Some((d.class("A")?.outputs.len(), d.has("B"), d.has("C"))));
        assert_eq!(kinds, Some((1, true, false)));
    }
}
