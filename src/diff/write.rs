//! Writes a diff as JSON, in the shape of `WorkflowDiff` in `pkg/inspect.d.ts`.

use super::{Changed, Diff, Link, Named, Rewired};
use crate::json::value::Kind;
use crate::json::{Str, Value, Writer};
use crate::workflow::input_key;

/// The diff as JSON text, in which `NaN` and infinities stay as they are written.
pub fn to_json(diff: &Diff<'_>) -> String {
    let mut json = String::new();
    Writer::compact(&mut json).object(|out| {
        out.key("same").boolean(diff.is_same());
        out.key("added").list(&diff.added, named);
        out.key("removed").list(&diff.removed, named);
        out.key("renamed").list(&diff.renamed, |out, (a, b)| pair(out, a, b, named));
        out.key("changed").list(&diff.changed, |out, it| out.object(|out| changed(out, it)));
        out.key("rewired").list(&diff.rewired, |out, it| out.object(|out| rewired(out, it)));
        out.key("matched").list(&diff.matched, |out, (a, b)| pair(out, *a, *b, |out, id| out.str(id)));
    });
    json
}

fn pair<T>(out: &mut Writer<'_>, a: T, b: T, write: impl Fn(&mut Writer<'_>, T)) {
    out.object(|out| {
        write(out.key("a"), a);
        write(out.key("b"), b);
    });
}

fn named(out: &mut Writer<'_>, node: &Named<'_>) {
    out.object(|out| {
        out.key("id").str(node.id);
        out.key("classType").or_null(node.class_type, Writer::str);
        let title = out.key("title");
        match node.title.kind() {
            Kind::String => title.value(node.title),
            Kind::Null => title.str(node.id),
            _ => title.text(node.title.raw()),
        }
    });
}

fn changed(out: &mut Writer<'_>, changed: &Changed<'_>) {
    let node = if changed.a.is_some() { changed.node_a } else { changed.node_b };
    out.key("key").text(&input_key(&node.decode(), &changed.input.decode()));
    input(out, changed.node_a, changed.node_b, changed.input);
    out.key("inA").boolean(changed.a.is_some());
    out.key("inB").boolean(changed.b.is_some());
    out.key("a").value(changed.a.unwrap_or(Value::NULL));
    out.key("b").value(changed.b.unwrap_or(Value::NULL));
}

fn rewired(out: &mut Writer<'_>, rewired: &Rewired<'_>) {
    input(out, rewired.node_a, rewired.node_b, rewired.input);
    out.key("a").or_null(rewired.a, link);
    out.key("b").or_null(rewired.b, link);
}

fn input(out: &mut Writer<'_>, a: Str<'_>, b: Str<'_>, input: Str<'_>) {
    out.key("nodeA").str(a);
    out.key("nodeB").str(b);
    out.key("input").str(input);
}

fn link(out: &mut Writer<'_>, link: Link<'_>) {
    out.object(|out| {
        out.key("node").str(link.node);
        out.key("output").or_null(Some(link.output).filter(|output| output.is_integer()), Writer::value);
    });
}
