//! Reads the parts of which every file of the editor is made: objects, lists, ids.

use super::{MAX_BYTES, MAX_NODES, MAX_SLOTS};
use crate::json::value::Kind;
use crate::json::{Str, Value};
use crate::text::line_and_column;
use crate::{Error, ErrorKind};
use std::borrow::Cow;

/// The object with the nodes, and the text of the file, without anything around the workflow.
pub(super) fn root(bytes: &[u8]) -> Result<(Fields<'_>, &str), Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::invalid_workflow(format!("the workflow is larger than {MAX_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        syntax_error("the text is not UTF-8", &String::from_utf8_lossy(&bytes[..error.valid_up_to()]))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = Value::parse(text).map_err(|error| syntax_error(error.what, &text[..error.offset]))?;
    let fields = Fields::of(value);
    let has_nodes =
        |fields: &Fields<'_>| fields.get("nodes").is_some_and(|nodes| nodes.kind() == Kind::Array);
    if has_nodes(&fields) {
        return Ok((fields, text));
    }
    let within = fields.get("prompt").map(|value| (Fields::of(value), value.raw()));
    within.filter(|(fields, _)| has_nodes(fields)).ok_or_else(|| {
        Error::invalid_workflow(
            "this is not a workflow of ComfyUI's editor, which has a list of nodes: give the file that the editor \
            saves",
        )
    })
}

fn syntax_error(what: &str, before: &str) -> Error {
    let (line, column) = line_and_column(before);
    ErrorKind::InvalidWorkflow {
        message: format!("the workflow is not valid JSON at line {line}, column {column}: {what}"),
        line: Some(line),
        column: Some(column),
    }
    .into()
}

/// How much more of each thing may follow.
pub(super) struct Budget {
    nodes: usize,
    links: usize,
    slots: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { nodes: MAX_NODES, links: MAX_NODES, slots: MAX_SLOTS }
    }
}

impl Budget {
    pub(super) fn nodes(&mut self, count: usize) -> Result<(), Error> {
        take(&mut self.nodes, count, "nodes", MAX_NODES)
    }

    pub(super) fn links(&mut self, count: usize) -> Result<(), Error> {
        take(&mut self.links, count, "links", MAX_NODES)
    }

    pub(super) fn slots(&mut self, count: usize) -> Result<(), Error> {
        take(&mut self.slots, count, "inputs and outputs", MAX_SLOTS)
    }
}

fn take(left: &mut usize, count: usize, what: &str, most: usize) -> Result<(), Error> {
    *left = left.checked_sub(count).ok_or_else(|| {
        Error::invalid_workflow(format!("the workflow has more than {most} {what}: no real workflow does"))
    })?;
    Ok(())
}

/// The entries of an object, looked up by name. Of equal names the last counts.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    entries: Vec<(Str<'a>, Value<'a>)>,
    length: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn of(value: Value<'a>) -> Self {
        Self { entries: value.entries(), length: value.raw().len() }
    }

    /// The length of the object in the file, in bytes.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.entries.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        text(self.get(name)?)
    }

    /// The values of a list; empty if there is no list.
    pub(super) fn list(&self, name: &str) -> Vec<Value<'a>> {
        self.get(name).map(list).unwrap_or_default()
    }

    pub(super) fn id(&self, name: &str) -> Option<Cow<'a, str>> {
        id(self.get(name)?)
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        index(self.get(name)?)
    }
}

/// The items of an array, or the values of an object that replaces one.
pub(super) fn list(value: Value<'_>) -> Vec<Value<'_>> {
    match value.kind() {
        Kind::Array => value.items(),
        _ => value.entries().into_iter().map(|(_, value)| value).collect(),
    }
}

/// A text that is not empty.
pub(super) fn text(value: Value<'_>) -> Option<Cow<'_, str>> {
    value.as_str().map(Str::decode).filter(|text| !text.is_empty())
}

/// An id: `7` and `"7"` are the same.
pub(super) fn id(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value.kind() {
        Kind::Number => Some(value.raw().into()),
        Kind::String => value.as_str().map(Str::decode),
        _ => None,
    }
}

/// An index in a list, from 0.
pub(super) fn index(value: Value<'_>) -> Option<usize> {
    value.raw().parse().ok()
}
