//! Placeholders in the file names of the save nodes: `%date:yyyy-MM-dd%`, `%Node.widget%`.

use super::Moment;
use super::open_graph::{Node, OpenGraph};
use crate::json::string::write_literal;
use crate::json::{Value, value::Kind};
use crate::{CannotConvertReason, Error};
use std::borrow::Cow;

const SAVERS: [&str; 20] = [
    "SaveImage",
    "SaveImageAdvanced",
    "SaveSVGNode",
    "SaveVideo",
    "SaveAnimatedWEBP",
    "SaveAnimatedPNG",
    "SaveWEBM",
    "SaveAudio",
    "SaveAudioMP3",
    "SaveAudioOpus",
    "SaveAudioAdvanced",
    "SaveGLB",
    "Save3DAdvanced",
    "SaveGaussianSplat",
    "SavePointCloud",
    "CLIPSave",
    "VAESave",
    "ModelSave",
    "LoraSave",
    "SaveLatent",
];

/// Whether a class's `filename_prefix` has its placeholders replaced.
pub fn is_replaced_in(class: &str) -> bool {
    SAVERS.contains(&class)
}

/// The `filename_prefix` of a node with its placeholders replaced; unknown ones stay.
pub fn replaced<'a>(
    open: &OpenGraph<'a>,
    id: &str,
    value: &Cow<'a, str>,
    now: Option<Moment>,
) -> Result<Cow<'a, str>, Error> {
    in_literal(open, value, now).ok_or_else(|| {
        let message = format!("the filename_prefix of node \"{id}\" is not a text: give it one in ComfyUI");
        let (reason, input) = (CannotConvertReason::FilenamePrefix, "filename_prefix".to_owned());
        Error::cannot_convert(reason, Some(id.to_owned()), Some(input), message)
    })
}

/// A JSON string with its placeholders replaced; none for other values.
pub fn in_literal<'a>(
    open: &OpenGraph<'a>,
    value: &Cow<'a, str>,
    now: Option<Moment>,
) -> Option<Cow<'a, str>> {
    let text = Value::parse(value).ok()?.as_str()?.decode().into_owned();
    if !text.contains('%') {
        return Some(value.clone());
    }
    let mut literal = String::new();
    write_literal(&mut literal, &in_text(open, &text, now));
    Some(literal.into())
}

/// Longer than any name of a file; placeholders behind so much text stay.
const MAX_LENGTH: usize = 64 * 1024;

/// A text with its placeholders replaced.
fn in_text(open: &OpenGraph<'_>, text: &str, now: Option<Moment>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while out.len() < MAX_LENGTH
        && let Some((before, behind)) = rest.split_once('%')
    {
        out.push_str(before);
        let Some((inside, after)) = behind.split_once('%') else {
            out.push('%');
            rest = behind;
            continue;
        };
        match replacement(open, inside, now) {
            Some(text) => out.push_str(&text),
            None => out.extend(["%", inside, "%"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn replacement(open: &OpenGraph<'_>, inside: &str, now: Option<Moment>) -> Option<String> {
    if let Some(format) = inside.strip_prefix("date:") {
        return now.map(|now| now.formatted(format));
    }
    let (name, widget) = inside.split_once('.')?;
    let nodes = open.graphs.iter().flat_map(|graph| &graph.nodes);
    let node = nodes.clone().find(|node| node.search_name.as_deref() == Some(name)).or_else(|| {
        let mut nodes = nodes;
        nodes.find(|node| node.title.as_deref() == Some(name))
    })?;
    value_of(node, widget).map(|text| sanitised(&text))
}

fn value_of(node: &Node<'_>, widget: &str) -> Option<String> {
    let value = node.widgets[node.widget(widget)?].value.as_deref()?;
    let value = Value::parse(value).ok()?;
    match value.kind() {
        Kind::String => value.as_str().map(|text| text.decode().into_owned()),
        _ => Some(value.raw().to_owned()),
    }
}

fn sanitised(text: &str) -> String {
    let is_bad = |c: char| {
        matches!(c, '/' | '?' | '<' | '>' | '\\' | ':' | '*' | '|' | '"') || c < ' ' || c == '\u{7f}'
    };
    text.chars().map(|c| if is_bad(c) { '_' } else { c }).collect()
}
