//! JSON text as Python's `json.dumps` writes it: a space after `,` and `:`, non-ASCII escaped. Numbers stay unchanged.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value as `json.dumps` writes it.
pub fn dumps(value: &impl Serialize) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Python))?;
    String::from_utf8(bytes).map_err(serde::de::Error::custom)
}

struct Python;

impl Formatter for Python {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        writer.write_all(b": ")
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        let mut units = [0; 2];
        for character in fragment.chars() {
            if character.is_ascii() {
                writer.write_all(&[character as u8])?;
                continue;
            }
            for unit in character.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::dumps;

    #[test]
    fn writes_as_python_does() {
        let value: Value = serde_json::from_str(r#"{"b":[1,6.0,1e-05],"a":"日😀\n","c":{}}"#).unwrap();
        let expected = "{\"b\": [1, 6.0, 1e-05], \"a\": \"\\u65e5\\ud83d\\ude00\\n\", \"c\": {}}";
        assert_eq!(dumps(&value).unwrap(), expected);
    }
}
