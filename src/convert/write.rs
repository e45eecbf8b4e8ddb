//! Writes the prompt as the editor exports it.

use super::emit::{Entry, Sent};
use crate::json::{Value, Writer};

/// Two spaces a level, as ComfyUI exports it.
const INDENT: usize = 2;

/// The prompt as JSON text.
pub fn to_json(entries: &[Entry<'_>]) -> String {
    let mut json = String::new();
    Writer::indented(&mut json, INDENT).object(|out| {
        for entry in entries {
            out.key(&entry.id).object(|out| write_entry(out, entry));
        }
    });
    json
}

fn write_entry(out: &mut Writer<'_>, entry: &Entry<'_>) {
    out.key("inputs").object(|out| {
        for (name, sent) in &entry.inputs {
            write_sent(out.key(name), sent);
        }
    });
    out.key("class_type").text(&entry.class);
    out.key("_meta").object(|out| {
        let pack = entry.pack.as_ref();
        let meta = [
            ("title", entry.title.as_deref()),
            ("cnr_id", pack.and_then(|pack| pack.id.as_deref())),
            ("aux_id", pack.and_then(|pack| pack.repository.as_deref())),
            ("ver", pack.and_then(|pack| version(pack.version.as_deref()?))),
        ];
        for (name, text) in meta {
            if let Some(text) = text {
                out.key(name).text(text);
            }
        }
    });
}

/// A version as the page writes it: numbers, or the hash of a commit.
fn version(text: &str) -> Option<&str> {
    let version = text.strip_prefix('v').unwrap_or(text);
    let is_hash = || version.len() >= 7 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_version = version.contains('.') && version.starts_with(|first: char| first.is_ascii_digit());
    (is_version || version == "unknown" || is_hash()).then_some(version)
}

fn write_sent(out: &mut Writer<'_>, sent: &Sent<'_>) {
    match sent {
        // The values were read from valid JSON, so they are.
        Sent::Value { json, .. } => out.value(Value::parse(json).unwrap_or(Value::NULL)),
        Sent::Link { node, slot } => out.array(|out| {
            out.text(node);
            out.number(*slot);
        }),
    }
}
