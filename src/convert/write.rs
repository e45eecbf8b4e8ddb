//! Writes the prompt as the editor exports it.

use super::emit::{Entry, Sent};
use crate::json::Value;
use crate::json::string::write_literal;
use crate::json::write::Layout;

/// Two spaces a level, as ComfyUI exports it.
const INDENT: usize = 2;

/// The prompt as JSON text.
pub fn to_json(entries: &[Entry<'_>]) -> String {
    let mut writer = Writer { out: String::new(), layout: Layout::new(INDENT) };
    writer.object(0, entries.iter(), |writer, entry| {
        writer.key(|out| write_literal(out, &entry.id));
        writer.entry(entry);
    });
    writer.out
}

struct Writer {
    out: String,
    layout: Layout,
}

impl Writer {
    /// Writes an object at nesting `level`; `each` writes a key and its value.
    fn object<T>(
        &mut self,
        level: usize,
        items: impl Iterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        self.out.push('{');
        let mut empty = true;
        for item in items {
            if !std::mem::take(&mut empty) {
                self.out.push(',');
            }
            self.layout.new_line(&mut self.out, level + 1);
            each(self, item);
        }
        if !empty {
            self.layout.new_line(&mut self.out, level);
        }
        self.out.push('}');
    }

    /// Writes a key, whose literal `write` writes, and what stands behind it.
    fn key(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.out);
        self.out.push_str(": ");
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        let class = entry.class.as_deref().map(|class| ("class_type", Some(class)));
        let parts = [Some(("inputs", None)), class, Some(("_meta", None))];
        self.object(1, parts.into_iter().flatten(), |writer, (name, class)| {
            writer.key(|out| write_literal(out, name));
            match (name, class) {
                ("inputs", _) => writer.inputs(entry),
                (_, Some(class)) => write_literal(&mut writer.out, class),
                _ => writer.object(2, entry.title.iter(), |writer, title| {
                    writer.key(|out| write_literal(out, "title"));
                    write_literal(&mut writer.out, title);
                }),
            }
        });
    }

    fn inputs(&mut self, entry: &Entry<'_>) {
        self.object(2, entry.inputs.iter(), |writer, (name, sent)| {
            writer.key(|out| write_literal(out, name));
            match sent {
                // The values were read from valid JSON, so they are.
                Sent::Value(json) => {
                    let value = Value::parse(json).unwrap_or(Value::NULL);
                    writer.layout.write(&mut writer.out, value, 3);
                }
                Sent::Link { node, slot } => writer.link(node, *slot),
            }
        });
    }

    fn link(&mut self, node: &str, slot: usize) {
        self.out.push('[');
        self.layout.new_line(&mut self.out, 4);
        write_literal(&mut self.out, node);
        self.out.push(',');
        self.layout.new_line(&mut self.out, 4);
        self.out.push_str(&slot.to_string());
        self.layout.new_line(&mut self.out, 3);
        self.out.push(']');
    }
}
