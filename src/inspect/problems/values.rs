//! Problems of values that are visible without definitions: numbers, paths, files, sizes, titles.

use super::{Report, Subject};
use crate::inspect::kinds;
use crate::inspect::model::{Code, Format, Given, Input, Node, Severity};
use crate::json::number::has_unsafe_integer;
use crate::json::{KeyIndex, Value};

/// Beginnings of paths on somebody's machine.
const ROOTS: [&str; 12] = [
    "/home/",
    "/Users/",
    "/root/",
    "/mnt/",
    "/media/",
    "/tmp/",
    "/var/",
    "/opt/",
    "/data/",
    "/workspace/",
    "/content/",
    "file://",
];

pub(super) fn look<'a>(subject: &Subject<'_, 'a>, report: &mut Report<'_>) {
    for (index, node) in subject.graph.nodes.iter().enumerate().filter(|(_, node)| node.runs()) {
        for input in &node.inputs {
            if let Some(value) = input.value() {
                look_at_value(report, index, node, input, value);
            }
        }
        look_for_file(report, subject.graph.format, index, node);
    }
    look_at_titles(subject, report);
}

fn look_at_value<'a>(
    report: &mut Report<'_>,
    index: usize,
    node: &Node<'a>,
    input: &Input<'a>,
    value: Value<'a>,
) {
    let name = &input.name;
    if has_unsafe_integer(value) {
        let message =
            format!("\"{name}\" has a number that JavaScript would round: {}", super::shortened(value.raw()));
        report.add(Code::UnsafeInteger, Severity::Info, Some(index), Some(name), message);
    }
    if let Some(text) = value.as_str().map(|text| text.decode())
        && is_local_path(&text)
    {
        let message = format!("\"{name}\" is a path on someone's machine: {}", super::shortened(&text));
        report.warning(Code::LocalPath, index, name, message);
    }
    if is_odd_side(node, name, value) {
        let message = format!("\"{name}\" is {}, which is not a multiple of 8", value.raw());
        report.warning(Code::SizeNotMultipleOf8, index, name, message);
    }
}

/// `C:\…`, `\\server\…`, `/home/…`, `~/…`; a text that only mentions one is not a path.
fn is_local_path(text: &str) -> bool {
    let bytes = text.as_bytes();
    let drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    // `x://` is an address.
    let drive = drive && !text[1..].starts_with("://");
    let begins = drive
        || text.starts_with("\\\\")
        || text.starts_with("~/")
        || ROOTS.iter().any(|root| text.starts_with(root));
    begins && !bytes.contains(&b'\n')
}

/// A width or height of a latent, in pixels.
fn is_odd_side(node: &Node<'_>, name: &str, value: Value<'_>) -> bool {
    let is_latent = || {
        node.class_type.as_ref().is_some_and(|class_type| crate::text::find(class_type, "Latent").is_some())
    };
    matches!(name, "width" | "height")
        && value.is_integer()
        && is_latent()
        && value.raw().parse::<i64>().is_ok_and(|side| side % 8 != 0)
}

/// A node that loads a file but has none.
fn look_for_file<'a>(report: &mut Report<'_>, format: Format, index: usize, node: &Node<'a>) {
    let Some(class_type) = &node.class_type else { return };
    for input in &node.inputs {
        let spec = input.expected.as_ref().map(|expected| &*expected.spec);
        let empty = match input.given {
            Given::Value(value) => value.is_falsy(),
            _ => false,
        };
        if empty && kinds::media(class_type, &input.name, spec).is_some() {
            let message = format!("\"{}\" does not name a file", input.name);
            report.warning(Code::MissingFile, index, &input.name, message);
        }
    }
    // The editor leaves out what does not have to be saved.
    if format == Format::Api
        && let Some(name) = kinds::missing_media(class_type, node)
    {
        let message = format!("\"{name}\", which names the file, is missing");
        report.refused(Code::MissingFile, index, name, message);
    }
}

/// Titles of several nodes with inputs that people set.
fn look_at_titles(subject: &Subject<'_, '_>, report: &mut Report<'_>) {
    let mut indices = KeyIndex::default();
    // For each title the nodes that have it.
    let mut titled: Vec<Vec<usize>> = Vec::new();
    let nodes = &subject.graph.nodes;
    for (index, node) in nodes.iter().enumerate() {
        let has_settable = node.inputs.iter().any(|input| input.settable);
        let Some(title) = node.title.as_deref().filter(|_| has_settable && node.runs()) else { continue };
        match indices.claim(title.into(), titled.len()).and_then(|known| titled.get_mut(known)) {
            Some(known) => known.push(index),
            None => titled.push(vec![index]),
        }
    }
    for alike in titled.iter().filter(|alike| alike.len() > 1) {
        let ids: Vec<&str> = alike.iter().map(|index| &*nodes[*index].id).collect();
        let title = super::shortened(nodes[alike[0]].label());
        let all = if let [_, _] = ids[..] { "both" } else { "all" };
        let message = format!("nodes {} are {all} titled \"{title}\"", listed(&ids));
        report.add(Code::DuplicateTitle, Severity::Info, Some(alike[0]), None, message);
    }
}

/// "1, 2 and 3"; if there are many, only the first ones, and how many more there are.
fn listed(ids: &[&str]) -> String {
    const SHOWN: usize = 8;
    match ids {
        [first @ .., last] if ids.len() <= SHOWN => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", ids[..SHOWN].join(", "), ids.len() - SHOWN),
    }
}
