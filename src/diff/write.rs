//! Writes a diff as JSON, in the shape of `WorkflowDiff` in `pkg/inspect.d.ts`.

use super::{Changed, Diff, Link, Named, Rewired};
use crate::json::string::write_literal;
use crate::json::value::Kind;
use crate::json::write::{Layout, write_list, write_str};
use crate::json::{Str, Value};
use crate::workflow::input_key;

/// The diff as JSON text.
pub fn to_json(diff: &Diff<'_>) -> String {
    let mut out = String::from(if diff.is_same() { "{\"same\":true" } else { "{\"same\":false" });
    out.push_str(",\"added\":");
    write_list(&mut out, &diff.added, named);
    out.push_str(",\"removed\":");
    write_list(&mut out, &diff.removed, named);
    out.push_str(",\"renamed\":");
    write_list(&mut out, &diff.renamed, |out, (a, b)| pair(out, |out| named(out, a), |out| named(out, b)));
    out.push_str(",\"changed\":");
    write_list(&mut out, &diff.changed, changed);
    out.push_str(",\"rewired\":");
    write_list(&mut out, &diff.rewired, rewired);
    out.push_str(",\"matched\":");
    write_list(&mut out, &diff.matched, |out, (a, b)| {
        pair(out, |out| write_str(out, *a), |out| write_str(out, *b))
    });
    out.push('}');
    out
}

fn pair(out: &mut String, a: impl FnOnce(&mut String), b: impl FnOnce(&mut String)) {
    out.push_str("{\"a\":");
    a(out);
    out.push_str(",\"b\":");
    b(out);
    out.push('}');
}

fn named(out: &mut String, node: &Named<'_>) {
    out.push_str("{\"id\":");
    write_str(out, node.id);
    out.push_str(",\"classType\":");
    match node.class_type {
        Some(class) => write_str(out, class),
        None => out.push_str("null"),
    }
    out.push_str(",\"title\":");
    match node.title.kind() {
        Kind::String => value(out, Some(node.title)),
        Kind::Null => write_str(out, node.id),
        _ => write_literal(out, node.title.raw()),
    }
    out.push('}');
}

fn changed(out: &mut String, changed: &Changed<'_>) {
    let node = if changed.a.is_some() { changed.node_a } else { changed.node_b };
    out.push_str("{\"key\":");
    write_literal(out, &input_key(&node.decode(), &changed.input.decode()));
    place(out, changed.node_a, changed.node_b, changed.input);
    out.push_str(",\"inA\":");
    out.push_str(if changed.a.is_some() { "true" } else { "false" });
    out.push_str(",\"inB\":");
    out.push_str(if changed.b.is_some() { "true" } else { "false" });
    out.push_str(",\"a\":");
    value(out, changed.a);
    out.push_str(",\"b\":");
    value(out, changed.b);
    out.push('}');
}

fn rewired(out: &mut String, rewired: &Rewired<'_>) {
    let start = out.len();
    place(out, rewired.node_a, rewired.node_b, rewired.input);
    out.replace_range(start..=start, "{");
    out.push_str(",\"a\":");
    link(out, rewired.a);
    out.push_str(",\"b\":");
    link(out, rewired.b);
    out.push('}');
}

fn place(out: &mut String, a: Str<'_>, b: Str<'_>, input: Str<'_>) {
    out.push_str(",\"nodeA\":");
    write_str(out, a);
    out.push_str(",\"nodeB\":");
    write_str(out, b);
    out.push_str(",\"input\":");
    write_str(out, input);
}

fn link(out: &mut String, link: Option<Link<'_>>) {
    let Some(link) = link else { return out.push_str("null") };
    out.push_str("{\"node\":");
    write_str(out, link.node);
    out.push_str(",\"output\":");
    value(out, Some(link.output).filter(|output| output.is_integer()));
    out.push('}');
}

fn value(out: &mut String, value: Option<Value<'_>>) {
    Layout::new(0).write(out, value.unwrap_or(Value::NULL), 0);
}
