//! Finds the classes in an `object_info` and refuses anything else.
//!
//! A server returns what its packs say about themselves, so one odd class must not spoil the others.

use super::{Definitions, MAX_BYTES, Origin};
use crate::json::key_index::{self, KeyIndex};
use crate::json::{Scanner, SyntaxError, Value, Writer, to_utf8};
use crate::text::line_and_column;
use crate::{Error, ErrorKind};
use std::borrow::Cow;
use std::ops::Range;

const ADVICE: &str = "give the response of GET /object_info of a ComfyUI server";

impl Definitions {
    /// Reads the response of `GET /object_info`, or of `GET /object_info/<class>`: UTF-8 with or without a byte order
    /// mark, or UTF-16 with one. Odd shapes are read as they were meant (`"output": "IMAGE"`, no `input`);
    /// [`Definitions::unreadable`] names the entries that cannot be read.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything else, and if no class can be read; syntax errors have a line and
    /// a column.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(Error::invalid_definitions(format!(
                "the object_info is larger than {MAX_BYTES} bytes: {ADVICE}"
            )));
        }
        let bytes = match to_utf8(&bytes) {
            Cow::Owned(decoded) => decoded,
            Cow::Borrowed(_) => bytes,
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            syntax_error("the text is neither UTF-8 nor UTF-16", &String::from_utf8_lossy(before))
        })?;
        let Found { classes, unreadable } = classes(&text)?;
        let mut definitions = Self {
            classes: Vec::with_capacity(classes.len()),
            indices: KeyIndex::default(),
            text,
            unreadable,
            origin: Origin::Server,
            bundled_from: None,
        };
        for (name, range) in classes {
            key_index::put(&mut definitions.classes, &mut definitions.indices, name.into(), range);
        }
        Ok(definitions)
    }

    /// Reads the definitions that come with the package, `{"comfyui": "<version>", "classes": {…}}`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything else.
    pub fn parse_bundled(bytes: &[u8]) -> Result<Self, Error> {
        let (version, definitions) = Self::of_package(bytes)?;
        let version = version.ok_or_else(not_of_package)?;
        Ok(Self { origin: Origin::Comfy, bundled_from: Some(version), ..definitions })
    }

    /// Reads the definitions of custom nodes that come with the package, `{"classes": {…}}`, in which a class may have
    /// `older`: its inputs in earlier versions of its pack, newest first.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidDefinitions`] for anything else.
    pub fn parse_custom(bytes: &[u8]) -> Result<Self, Error> {
        match Self::of_package(bytes)? {
            (None, definitions) => Ok(Self { origin: Origin::Packs, ..definitions }),
            (Some(_), _) => Err(not_of_package()),
        }
    }

    /// A text from which the function that read these definitions reads the same ones: unchanged except for its
    /// encoding.
    ///
    /// ```
    /// use viewcomfy_wasm::definitions::Definitions;
    ///
    /// let bundled = br#"{"comfyui": "0.3.60", "classes": {"A": {"output": ["INT"]}}}"#;
    /// let text = Definitions::parse_bundled(bundled)?.to_text();
    /// assert_eq!(Definitions::parse_bundled(text.as_bytes())?.bundled_from(), Some("0.3.60"));
    /// # Ok::<(), viewcomfy_wasm::Error>(())
    /// ```
    pub fn to_text(&self) -> String {
        if self.origin == Origin::Server {
            return self.text.clone();
        }
        let mut json = String::with_capacity(self.text.len());
        Writer::compact(&mut json).object(|out| {
            if let Some(version) = &self.bundled_from {
                out.key("comfyui").text(version);
            }
            out.key("classes").raw(&self.text);
        });
        json
    }

    /// The version of ComfyUI, if the text has it, and the classes.
    fn of_package(bytes: &[u8]) -> Result<(Option<String>, Self), Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| not_of_package())?;
        let whole = Value::parse(text).map_err(|_| not_of_package())?;
        let version = whole.get("comfyui").and_then(Value::as_str);
        let classes = whole.get("classes").ok_or_else(not_of_package)?;
        let definitions = Self::parse(classes.raw().to_owned().into_bytes())?;
        Ok((version.map(|version| version.decode().into_owned()), definitions))
    }
}

fn not_of_package() -> Error {
    Error::invalid_definitions("these are not the package's own definitions: install it again")
}

/// The name and the range of each class in file order, and the names of entries that are not a class.
#[derive(Default)]
struct Found {
    classes: Vec<(String, Range<usize>)>,
    unreadable: Vec<String>,
}

fn classes(text: &str) -> Result<Found, Error> {
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
    let mut found = Found::default();
    scan(&mut scanner, |name, range, is_class| {
        if is_class {
            found.classes.push((name, start + range.start..start + range.end));
        } else {
            found.unreadable.push(name);
        }
    })
    .map_err(|error| syntax_error(error.what, &json[..error.offset]))?;
    if !found.classes.is_empty() {
        return Ok(found);
    }
    if let Some(name) = found.unreadable.first() {
        return Err(Error::invalid_definitions(format!(
            "\"{name}\" is not the definition of a class, which has input or output: {ADVICE}"
        )));
    }
    Err(Error::invalid_definitions(format!(
        "the object_info has no classes; of a class that it does not know a server responds with an empty object: {ADVICE}"
    )))
}

/// Calls `take` with each entry's name and range, and whether it can be read as a class: it has inputs or outputs, and
/// both are lists or null, or the outputs are one single type.
fn scan(
    scanner: &mut Scanner<'_>,
    mut entry: impl FnMut(String, Range<usize>, bool),
) -> Result<(), SyntaxError> {
    scanner.object(|scanner, name| {
        let start = scanner.position();
        let (mut says, mut is_odd) = (false, false);
        if scanner.peek() == Some(b'{') {
            scanner.object(|scanner, key| {
                let first = scanner.peek();
                if key.is("input") {
                    says = true;
                    is_odd |= !matches!(first, Some(b'{' | b'n'));
                } else if key.is("output") {
                    says = true;
                    is_odd |= !matches!(first, Some(b'[' | b'"' | b'n'));
                }
                scanner.value().map(drop)
            })?;
        } else {
            scanner.value()?;
        }
        let end = start + scanner.value_since(start).raw().len();
        entry(name.decode().into_owned(), start..end, says && !is_odd);
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
            (r#"{"A": 1, "B": {"output": 5}}"#, "\"A\" is not the definition"),
            (r#"{"A": {"input": [], "output": []}}"#, "\"A\" is not the definition"),
        ] {
            let (message, code, index) = refusal(text.as_bytes());
            assert_eq!((code, index), ("invalid_definitions", None), "{text}");
            assert!(message.contains(word) && message.contains("GET /object_info"), "{text}: {message}");
        }
    }

    #[test]
    fn odd_classes_do_not_spoil_the_others() {
        let text = r#"{"A": {"input": {"required": {"x": ["INT", null], "y": "STRING", "z": null}}},
            "B": {"output": "IMAGE", "output_name": "picture", "output_is_list": [true, true]},
            "C": {"input": null, "output": null}, "D": {"input": {"required": null, "hidden": 5}, "output": ["INT"]},
            "E": null, "F": {"input": []}, "G": {"output": {"a": 1}}, "H": {}, "I": ["INT"]}"#;
        let definitions = Definitions::parse(text.into());
        assert_eq!(
            definitions.as_ref().map(Definitions::unreadable),
            Ok(&["E", "F", "G", "H", "I"].map(String::from)[..])
        );
        let shape = |name: &str| {
            let class = definitions.as_ref().ok()?.class(name)?;
            let inputs: Vec<_> =
                class.inputs.iter().map(|input| format!("{} {}", input.name, input.spec.kind)).collect();
            let outputs =
                class.outputs.iter().map(|out| format!("{} {} {}", out.name, out.kind, out.is_list));
            Some((inputs.join(","), outputs.collect::<Vec<_>>().join(",")))
        };
        let known = |inputs: &str, outputs: &str| Some((inputs.to_owned(), outputs.to_owned()));
        assert_eq!(shape("A"), known("x INT,y STRING", ""));
        assert_eq!(shape("B"), known("", "picture IMAGE true"));
        assert_eq!(shape("C"), known("", ""));
        assert_eq!(shape("D"), known("", "INT INT false"));
        assert_eq!(shape("F"), None);
    }

    #[test]
    fn utf_16_is_read() {
        let text = "\u{feff}{\"é\": {\"output\": []}}";
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let encoded = text.encode_utf16().flat_map(bytes).collect();
            assert_eq!(Definitions::parse(encoded).map(|definitions| definitions.has("é")), Ok(true));
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
