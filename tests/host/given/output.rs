//! One output of a prompt result: its members in any order, and what it must become.

use super::json::{Json, json, write_key, write_list};
use super::text::{Text, text};
use super::{Bytes, Style};
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, Engine};
use proptest::prelude::*;
use viewcomfy_wasm::protocol::{Body, Output};

/// An output as planned: its members in the order in which they are written.
#[derive(Debug, Clone)]
pub struct OutputPlan {
    members: Vec<Member>,
}

/// A member of an output; none inside is a null.
#[derive(Debug, Clone)]
enum Member {
    Filename(Option<Text>),
    ContentType(Option<Text>),
    Size(Option<u64>),
    Data(Option<Content>),
    Filepath(Option<Text>),
    Unknown(Text, Json),
}

/// The bytes of an output: a pattern, repeated up to a length, so that long ones print short.
#[derive(Debug, Clone)]
struct Content {
    pattern: Bytes,
    len: usize,
    padded: bool,
}

impl Content {
    fn bytes(&self) -> Vec<u8> {
        self.pattern.0.iter().copied().cycle().take(self.len).collect()
    }

    /// Writes it as a JSON string, some characters escaped.
    fn write(&self, out: &mut String, style: &mut Style) {
        let bytes = self.bytes();
        let encoded =
            if self.padded { BASE64_STANDARD.encode(bytes) } else { BASE64_STANDARD_NO_PAD.encode(bytes) };
        out.push('"');
        for c in encoded.chars() {
            match (c, style.pick(16)) {
                ('/', 4..8) => out.push_str("\\/"),
                ('/' | '+' | '=', 8..16) | (_, 15) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                _ => out.push(c),
            }
        }
        out.push('"');
    }
}

impl OutputPlan {
    /// An output of these bytes, its size announced.
    pub fn of(filename: &str, bytes: &[u8]) -> Self {
        let content = Content { pattern: Bytes(bytes.to_vec()), len: bytes.len(), padded: true };
        Self {
            members: vec![
                Member::Data(Some(content)),
                Member::Size(Some(bytes.len() as u64)),
                Member::Filename(Some(Text::from(filename))),
            ],
        }
    }

    /// Writes it as a JSON object.
    pub fn write(&self, out: &mut String, style: &mut Style) {
        write_list(out, style, ['{', '}'], &self.members, |out, style, member| member.write(out, style));
    }

    /// What it must become as the output at `index`, and its content.
    pub fn expected(&self, index: usize) -> (Output, Vec<u8>) {
        let (mut name, mut kind, mut size, mut data, mut link) = (None, None, None, None, None);
        for member in &self.members {
            match member {
                Member::Filename(text) => name = text.as_ref(),
                Member::ContentType(text) => kind = text.as_ref(),
                Member::Size(bytes) => size = *bytes,
                Member::Data(content) => data = content.as_ref().map(Content::bytes),
                Member::Filepath(text) => link = text.as_ref(),
                Member::Unknown(..) => {}
            }
        }
        let bytes = data.unwrap_or_default();
        let output = Output {
            filename: name.map_or_else(|| format!("output-{}", index + 1), Text::decoded),
            content_type: kind.map_or_else(|| "application/octet-stream".to_owned(), Text::decoded),
            size,
            // A link beside no bytes is where they are.
            body: match link {
                Some(link) if bytes.is_empty() => Body::Link(link.decoded()),
                _ => Body::Inline,
            },
        };
        (output, bytes)
    }
}

impl Member {
    fn write(&self, out: &mut String, style: &mut Style) {
        let key = match self {
            Self::Filename(_) => "filename",
            Self::ContentType(_) => "content_type",
            Self::Size(_) => "size",
            Self::Data(_) => "data",
            Self::Filepath(_) => "filepath",
            Self::Unknown(..) => "",
        };
        match self {
            Self::Unknown(key, _) => write_key(out, style, key),
            _ => write_key(out, style, &Text::from(key)),
        }
        match self {
            Self::Unknown(_, json) => json.write(out, style),
            Self::Filename(Some(text)) | Self::ContentType(Some(text)) | Self::Filepath(Some(text)) => {
                text.write(out, style);
            }
            Self::Size(Some(size)) => {
                out.push_str(&format!("{size}{}", style.one_of(&["", ".0", "e0", ".00E+0"])))
            }
            Self::Data(Some(content)) => content.write(out, style),
            _ => out.push_str("null"),
        }
    }
}

/// The names that mean something in an output.
const KNOWN: [&str; 5] = ["filename", "content_type", "size", "data", "filepath"];

/// An output whose announced size, if any, is right.
pub fn output() -> impl Strategy<Value = OutputPlan> {
    let maybe_text = || prop::option::of(prop::option::of(text()));
    (maybe_text(), maybe_text(), place(), 0_u8..4, unknown(&KNOWN))
        .prop_map(|(filename, content_type, (data, filepath), size, unknown)| {
            let mut members: Vec<_> =
                unknown.into_iter().map(|(key, json)| Member::Unknown(key, json)).collect();
            members.extend(filename.map(Member::Filename));
            members.extend(content_type.map(Member::ContentType));
            let bytes = data.iter().flatten().map(|content| content.len as u64).next();
            match size {
                0 => {}
                1 => members.push(Member::Size(None)),
                _ => members.push(Member::Size(bytes.or(Some(1_234_567)))),
            }
            members.extend(data.map(Member::Data));
            members.extend(filepath.map(Member::Filepath));
            members
        })
        .prop_shuffle()
        .prop_map(|members| OutputPlan { members })
}

/// Where the content is: `data` and `filepath`, at least one of them with a value.
type Place = (Option<Option<Content>>, Option<Option<Text>>);

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        6 => content().prop_map(|content| (Some(Some(content)), None)),
        2 => text().prop_map(|link| (None, Some(Some(link)))),
        1 => text().prop_map(|link| (Some(None), Some(Some(link)))),
        1 => content().prop_map(|content| (Some(Some(content)), Some(None))),
        1 => (content(), text()).prop_map(|(content, link)| (Some(Some(content)), Some(Some(link)))),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    let len = prop_oneof![1 => Just(0_usize), 12 => 1_usize..40, 1 => 3_000_usize..7_000];
    (prop::collection::vec(any::<u8>(), 1..20), len, any::<bool>())
        .prop_map(|(pattern, len, padded)| Content { pattern: Bytes(pattern), len, padded })
}

/// Members that no reader knows: any name but the `known` ones, any value.
pub fn unknown(known: &'static [&'static str]) -> impl Strategy<Value = Vec<(Text, Json)>> {
    let near = ["", "data", "Data", "size", "outputs", "filename", "prompt", "prompt_id ", "constructor"];
    let near: Vec<Text> = near.into_iter().filter(|name| !known.contains(name)).map(Text::from).collect();
    let name = prop_oneof![
        1 => prop::sample::select(near),
        2 => text().prop_filter("a known name", move |name| !known.contains(&name.decoded().as_str())),
    ];
    prop::collection::vec((name, json()), 0..3)
}
