//! Text as JSON has it: UTF-16 code units, lone surrogates included.

use super::Style;
use proptest::prelude::*;
use std::fmt;

/// The text of a JSON string.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(Vec<u16>);

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.decoded(), f)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.encode_utf16().collect())
    }
}

impl Text {
    /// The text as Rust can hold it: U+FFFD for each lone surrogate.
    pub fn decoded(&self) -> String {
        String::from_utf16_lossy(&self.0)
    }

    /// Writes it as a JSON string, quotes included.
    pub fn write(&self, out: &mut String, style: &mut Style) {
        out.push('"');
        for unit in char::decode_utf16(self.0.iter().copied()) {
            match unit {
                Ok(c) => write_char(out, c, style),
                Err(lone) => write_unit(out, lone.unpaired_surrogate(), style),
            }
        }
        out.push('"');
    }
}

/// Writes one character of a JSON string in one of the ways there are.
fn write_char(out: &mut String, c: char, style: &mut Style) {
    const SHORT: [(char, char); 8] = [
        ('"', '"'),
        ('\\', '\\'),
        ('/', '/'),
        ('\n', 'n'),
        ('\r', 'r'),
        ('\t', 't'),
        ('\u{8}', 'b'),
        ('\u{c}', 'f'),
    ];
    let short = SHORT.iter().find(|(meant, _)| *meant == c).map(|(_, letter)| *letter);
    let must_escape = c < ' ' || c == '"' || c == '\\';
    match (must_escape, short, style.pick(8)) {
        (true, Some(letter), 0..6) | (false, Some(letter), 5) => out.extend(['\\', letter]),
        (true, ..) | (false, _, 6) => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write_unit(out, *unit, style);
            }
        }
        _ => out.push(c),
    }
}

fn write_unit(out: &mut String, unit: u16, style: &mut Style) {
    let digits = if style.once_in(2) { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
    out.push_str(&digits);
}

/// Any text that JSON can hold.
pub fn text() -> impl Strategy<Value = Text> {
    let unit = prop_oneof![
        10 => (0x20_u16..0x7f).prop_map(|unit| vec![unit]),
        3 => prop::sample::select(vec![0x22_u16, 0x5c, 0x2f, 0x0a, 0x0d, 0x09, 0, 0x1f, 0x7f, 0x85, 0x2028, 0xfeff])
            .prop_map(|unit| vec![unit]),
        3 => any::<char>().prop_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()),
        1 => (0xd800_u16..0xe000).prop_map(|unit| vec![unit]),
    ];
    prop::collection::vec(unit, 0..12).prop_map(|units| Text(units.concat()))
}

/// Any text that Rust can hold too.
pub fn whole_text() -> impl Strategy<Value = Text> {
    text().prop_map(|text| Text::from(text.decoded().as_str()))
}
