//! Placeholders in the file names of the save nodes: `%date:yyyy-MM-dd%`, `%Node.widget%`.

use super::Moment;
use super::open_graph::{Node, OpenGraph};
use crate::json::string::write_literal;
use crate::json::{KeyIndex, Value, value::Kind};
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
    names: &Names<'a>,
    id: &str,
    value: &Cow<'a, str>,
    now: Option<Moment>,
) -> Result<Cow<'a, str>, Error> {
    in_literal(open, names, value, now).ok_or_else(|| {
        let message = format!("the filename_prefix of node \"{id}\" is not a text: give it one in ComfyUI");
        let (reason, input) = (CannotConvertReason::FilenamePrefix, "filename_prefix".to_owned());
        Error::cannot_convert(reason, Some(id.to_owned()), Some(input), message)
    })
}

/// A JSON string with its placeholders replaced; `None` for other values.
pub fn in_literal<'a>(
    open: &OpenGraph<'a>,
    names: &Names<'a>,
    value: &Cow<'a, str>,
    now: Option<Moment>,
) -> Option<Cow<'a, str>> {
    let text = Value::parse(value).ok()?.as_str()?.decode().into_owned();
    if !text.contains('%') {
        return Some(value.clone());
    }
    let mut literal = String::new();
    write_literal(&mut literal, &in_text(open, names, &text, now));
    Some(literal.into())
}

/// Longer than any file name; placeholders after so much text are not replaced.
const MAX_LENGTH: usize = 64 * 1024;

/// A text with its placeholders replaced.
fn in_text<'a>(open: &OpenGraph<'a>, names: &Names<'a>, text: &str, now: Option<Moment>) -> String {
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
        match replacement(open, names, inside, now) {
            Some(text) => out.push_str(&text),
            None => out.extend(["%", inside, "%"]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn replacement<'a>(
    open: &OpenGraph<'a>,
    names: &Names<'a>,
    inside: &str,
    now: Option<Moment>,
) -> Option<String> {
    if let Some(format) = inside.strip_prefix("date:") {
        return now.map(|now| now.formatted(format));
    }
    let (name, widget) = inside.split_once('.')?;
    value_of(names.node(open, name)?, widget).map(|text| sanitised(&text))
}

/// The nodes by the names that placeholders use: first their search names, then their titles.
#[derive(Debug)]
pub struct Names<'a> {
    /// The graph and the index of each.
    places: Vec<(usize, usize)>,
    searched: KeyIndex<'a>,
    titles: KeyIndex<'a>,
}

impl<'a> Names<'a> {
    pub fn of(open: &OpenGraph<'a>) -> Self {
        let mut names =
            Self { places: Vec::new(), searched: KeyIndex::default(), titles: KeyIndex::default() };
        for (graph, inside) in open.graphs.iter().enumerate() {
            for (at, node) in inside.nodes.iter().enumerate() {
                let index = names.places.len();
                names.places.push((graph, at));
                node.search_name.iter().for_each(|name| _ = names.searched.claim(name.clone(), index));
                node.title.iter().for_each(|title| _ = names.titles.claim(title.clone(), index));
            }
        }
        names
    }

    fn node<'l>(&self, open: &'l OpenGraph<'a>, name: &str) -> Option<&'l Node<'a>> {
        let (graph, at) = self.places[self.searched.get(name).or_else(|| self.titles.get(name))?];
        open.graphs[graph].nodes.get(at)
    }
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
