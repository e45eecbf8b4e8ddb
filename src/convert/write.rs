//! Writes the prompt as the editor exports it. Depends on [`super::emit`].

use super::emit::{Entry, Sent};
use crate::json::Value;
use crate::json::string::write_literal;
use crate::json::write::Layout;

/// The prompt as JSON text, two spaces a level, as ComfyUI exports it.
pub fn to_json(entries: &[Entry<'_>]) -> String {
    let mut compact = String::from("{");
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 {
            compact.push(',');
        }
        write_literal(&mut compact, &entry.id);
        compact.push_str(":{\"inputs\":{");
        for (at, (name, sent)) in entry.inputs.iter().enumerate() {
            if at > 0 {
                compact.push(',');
            }
            write_literal(&mut compact, name);
            compact.push(':');
            match sent {
                Sent::Value(json) => compact.push_str(json),
                Sent::Link { node, slot } => {
                    compact.push('[');
                    write_literal(&mut compact, node);
                    compact.push_str(&format!(",{slot}]"));
                }
            }
        }
        compact.push('}');
        if let Some(class) = &entry.class {
            compact.push_str(",\"class_type\":");
            write_literal(&mut compact, class);
        }
        compact.push_str(",\"_meta\":{");
        if let Some(title) = &entry.title {
            compact.push_str("\"title\":");
            write_literal(&mut compact, title);
        }
        compact.push_str("}}");
    }
    compact.push('}');
    let mut out = String::with_capacity(compact.len() * 2);
    if let Ok(value) = Value::parse(&compact) {
        Layout::new(2).write(&mut out, value, 0);
    }
    out
}
