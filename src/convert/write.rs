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
        if let Some(title) = &entry.title {
            out.key("title").text(title);
        }
    });
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
