//! JSON documents: what they mean, and every way to write it.

use super::text::{Text, text};
use super::{Bytes, Style};
use proptest::prelude::*;

/// What a JSON document says. Numbers are literals; keys may repeat.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Boolean(bool),
    Number(String),
    Text(Text),
    Array(Vec<Json>),
    Object(Vec<(Text, Json)>),
}

impl Json {
    /// The same with of equal keys only the last value, at the first one's place.
    pub fn without_duplicates(&self) -> Self {
        match self {
            Self::Array(items) => Self::Array(items.iter().map(Self::without_duplicates).collect()),
            Self::Object(entries) => {
                let mut kept = Vec::new();
                for (key, value) in entries {
                    put(&mut kept, key.clone(), value.without_duplicates());
                }
                Self::Object(kept)
            }
            other => other.clone(),
        }
    }

    /// Writes it with any white space and any escapes; none around it.
    pub fn write(&self, out: &mut String, style: &mut Style) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(literal) => out.push_str(literal),
            Self::Text(text) => text.write(out, style),
            Self::Array(items) => {
                write_list(out, style, ['[', ']'], items, |out, style, item| item.write(out, style));
            }
            Self::Object(entries) => {
                write_list(out, style, ['{', '}'], entries, |out, style, (key, value)| {
                    write_key(out, style, key);
                    value.write(out, style);
                });
            }
        }
    }
}

/// Puts a value under a key as a Python dict does: a key that is there already keeps its place.
pub fn put<K: PartialEq, V>(list: &mut Vec<(K, V)>, key: K, value: V) {
    match list.iter_mut().find(|(known, _)| *known == key) {
        Some((_, old)) => *old = value,
        None => list.push((key, value)),
    }
}

/// Writes brackets and the items between them.
pub fn write_list<T>(
    out: &mut String,
    style: &mut Style,
    [open, close]: [char; 2],
    items: &[T],
    mut write: impl FnMut(&mut String, &mut Style, &T),
) {
    out.push(open);
    write_space(out, style);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
            write_space(out, style);
        }
        write(out, style, item);
        write_space(out, style);
    }
    out.push(close);
}

/// Writes a key and its colon.
pub fn write_key(out: &mut String, style: &mut Style, key: &Text) {
    key.write(out, style);
    write_space(out, style);
    out.push(':');
    write_space(out, style);
}

/// Writes white space, mostly none.
pub fn write_space(out: &mut String, style: &mut Style) {
    out.push_str(style.one_of(&["", "", "", "", " ", "\n", "\r\n", "\t", "\r", " \n  "]));
}

/// Any value, nested a few levels deep.
pub fn json() -> impl Strategy<Value = Json> {
    leaf().prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::Array),
            prop::collection::vec((text(), inner), 0..5).prop_map(Json::Object),
        ]
    })
}

/// Any value that has none inside.
pub fn leaf() -> impl Strategy<Value = Json> {
    prop_oneof![
        1 => Just(Json::Null),
        1 => any::<bool>().prop_map(Json::Boolean),
        2 => number().prop_map(Json::Number),
        3 => text().prop_map(Json::Text),
    ]
}

/// Any number literal.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "-?(0|[1-9][0-9]{0,20})",
        1 => "-?(0|[1-9][0-9]{0,18})(\\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?",
        1 => any::<u64>().prop_map(|seed| seed.to_string()),
    ]
}

/// A document and its text.
#[derive(Debug, Clone)]
pub struct Document {
    pub text: Bytes,
    pub json: Json,
}

/// A document as written in any way, white space around it.
pub fn document() -> impl Strategy<Value = Document> {
    (json(), super::style::style()).prop_map(|(json, mut style)| {
        let mut text = String::new();
        write_space(&mut text, &mut style);
        json.write(&mut text, &mut style);
        write_space(&mut text, &mut style);
        Document { text: Bytes(text.into_bytes()), json }
    })
}
