//! Reads the text of a workflow and recognises text that is not in API format.

use super::{Input, MAX_BYTES, Node, Workflow};
use crate::json::key_index::{self, KeyIndex};
use crate::json::value::Kind;
use crate::json::{Scanner, SyntaxError, Value};
use crate::text::line_and_column;
use crate::{Error, ErrorKind};
use std::ops::Range;

/// The text of a workflow's bytes, without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::invalid_workflow(format!("the workflow is larger than {MAX_BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let (line, column) = line_and_column(&String::from_utf8_lossy(&bytes[..error.valid_up_to()]));
        syntax_error("the text is not UTF-8", line, column)
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads a whole workflow, unwrapping anything around it.
pub(super) fn workflow(text: &str) -> Result<Workflow<'_>, Error> {
    let mut text = text;
    loop {
        let root = root(text)?;
        if root.is_editor() {
            return Err(ErrorKind::EditorWorkflow {}.into());
        }
        // Whatever is around it is dropped before the next one is read: JSON may nest 200 of them.
        match root.wrapped() {
            Some(inner) => text = inner.raw(),
            None => return root.into_workflow(text),
        }
    }
}

/// Reads the outermost object of a text.
fn root(text: &str) -> Result<Root<'_>, Error> {
    let mut scanner = Scanner::new(text);
    if scanner.peek().is_none() {
        return Err(Error::invalid_workflow(format!("the file is empty: {EXPORT_ADVICE}")));
    }
    if scanner.peek() == Some(b'{') {
        return scan_root(&mut scanner).map_err(|error| located(text, error));
    }
    let value = Value::parse(text).map_err(|error| located(text, error))?;
    let what = match value.kind() {
        Kind::Array => "an array",
        Kind::String => "a string",
        _ => "a single value",
    };
    Err(Error::invalid_workflow(format!(
        "the file holds {what}, but a workflow is an object of nodes: {EXPORT_ADVICE}"
    )))
}

const EXPORT_ADVICE: &str = "in ComfyUI choose Workflow → Export (API) and use that file";

/// The outermost object, with its nodes already parsed.
struct Root<'a> {
    entries: Vec<Entry<'a>>,
    inputs: Inputs<'a>,
}

/// The inputs of all nodes, and the position of each name among those of the current node.
struct Inputs<'a> {
    all: Vec<Input<'a>>,
    seen: KeyIndex<'a>,
}

struct Entry<'a> {
    node: Node<'a>,
    value: Value<'a>,
    /// `inputs` is there and is not an object.
    odd_inputs: bool,
}

fn scan_root<'a>(scanner: &mut Scanner<'a>) -> Result<Root<'a>, SyntaxError> {
    // An input has about 60 bytes in a file as ComfyUI writes it, a node four times as many.
    let size = scanner.remaining();
    let inputs = Inputs { all: Vec::with_capacity(size / 64), seen: KeyIndex::default() };
    let mut root = Root { entries: Vec::with_capacity(size / 256), inputs };
    scanner.object(|scanner, id| {
        let node = Node { id, class_type: None, title: None, inputs: 0..0 };
        let start = scanner.position();
        let mut entry = Entry { node, value: Value::NULL, odd_inputs: false };
        if scanner.peek() == Some(b'{') {
            scan_node(scanner, &mut entry, &mut root.inputs)?;
        } else {
            scanner.value()?;
        }
        entry.value = scanner.value_since(start);
        root.entries.push(entry);
        Ok(())
    })?;
    scanner.end()?;
    Ok(root)
}

fn scan_node<'a>(
    scanner: &mut Scanner<'a>,
    entry: &mut Entry<'a>,
    inputs: &mut Inputs<'a>,
) -> Result<(), SyntaxError> {
    scanner.object(|scanner, key| {
        if key.is("inputs") {
            entry.odd_inputs = scanner.peek() != Some(b'{');
            if entry.odd_inputs {
                return scanner.value().map(drop);
            }
            entry.node.inputs = scan_inputs(scanner, inputs)?;
            return Ok(());
        }
        if key.is("_meta") {
            entry.node.title = scan_title(scanner)?;
        } else if key.is("class_type") {
            entry.node.class_type = Some(scanner.value()?);
        } else {
            scanner.value()?;
        }
        Ok(())
    })
}

/// The `title` of `_meta`, which should be an object.
fn scan_title<'a>(scanner: &mut Scanner<'a>) -> Result<Option<Value<'a>>, SyntaxError> {
    let mut title = None;
    if scanner.peek() != Some(b'{') {
        return scanner.value().map(|_| None);
    }
    scanner.object(|scanner, key| {
        let value = scanner.value()?;
        if key.is("title") {
            title = Some(value);
        }
        Ok(())
    })?;
    Ok(title)
}

/// Appends the inputs of one node; the last of equal names takes the place of the first.
fn scan_inputs<'a>(scanner: &mut Scanner<'a>, inputs: &mut Inputs<'a>) -> Result<Range<usize>, SyntaxError> {
    let Inputs { all, seen } = inputs;
    let start = all.len();
    seen.clear();
    scanner.object(|scanner, name| {
        let value = scanner.value()?;
        key_index::put(all, seen, name.canonical(), Input { name, value });
        Ok(())
    })?;
    Ok(start..all.len())
}

impl<'a> Root<'a> {
    /// The workflow, if the object is one.
    fn into_workflow(self, text: &'a str) -> Result<Workflow<'a>, Error> {
        if self.is_view_comfy() {
            return Err(Error::invalid_workflow(
                "this view_comfy.json holds no workflow (workflows[0].workflowApiJSON): open it in the service's \
                 web app, save it again, or use the workflow_api.json it was made from",
            ));
        }
        self.check_nodes()?;
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(self.entries.len());
        let mut seen = KeyIndex::default();
        for Entry { node, .. } in self.entries {
            key_index::put(&mut nodes, &mut seen, node.id.canonical(), node);
        }
        Ok(Workflow { text: text.trim_matches(JSON_SPACE), nodes, inputs: self.inputs.all })
    }

    fn check_nodes(&self) -> Result<(), Error> {
        if self.entries.is_empty() {
            return Err(Error::invalid_workflow(format!("the workflow is an empty object: {EXPORT_ADVICE}")));
        }
        for Entry { node, value, odd_inputs } in &self.entries {
            let id = node.id.decode();
            if value.kind() != Kind::Object {
                return Err(Error::invalid_workflow(format!(
                    "\"{id}\" is not a node: each entry of a workflow must be an object with class_type and \
                     inputs; {EXPORT_ADVICE}"
                )));
            }
            if *odd_inputs {
                return Err(Error::invalid_workflow(format!(
                    "the inputs of node \"{id}\" are not an object: {EXPORT_ADVICE}"
                )));
            }
        }
        let is_node =
            |entry: &Entry<'_>| entry.node.class_type.is_some() || entry.value.get("inputs").is_some();
        if !self.entries.iter().any(is_node) {
            return Err(Error::invalid_workflow(format!(
                "nothing in this object has a class_type or inputs, so it is not a workflow: {EXPORT_ADVICE}"
            )));
        }
        Ok(())
    }

    fn is_editor(&self) -> bool {
        self.kind_of("nodes") == Some(Kind::Array) && self.kind_of("links").is_some()
    }

    /// The workflow inside a request (`prompt`) or a `view_comfy.json`.
    fn wrapped(&self) -> Option<Value<'a>> {
        if let Some(prompt) = self.entry("prompt") {
            let is_node = prompt.node.class_type.is_some() || prompt.value.get("inputs").is_some();
            if prompt.value.kind() == Kind::Object && !is_node {
                return Some(prompt.value);
            }
        }
        if !self.is_view_comfy() {
            return None;
        }
        let first = self.entry("workflows")?.value.items().first()?.get("workflowApiJSON")?;
        (first.kind() == Kind::Object).then_some(first)
    }

    fn is_view_comfy(&self) -> bool {
        let named = |entry: &Entry<'_>| entry.value.as_str().is_some_and(|kind| kind.is("view_comfy"));
        self.entry("file_type").is_some_and(named) && self.kind_of("workflows") == Some(Kind::Array)
    }

    fn kind_of(&self, key: &str) -> Option<Kind> {
        self.entry(key).map(|entry| entry.value.kind())
    }

    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().rev().find(|entry| entry.node.id.is(key))
    }
}

const JSON_SPACE: [char; 4] = [' ', '\n', '\t', '\r'];

fn located(text: &str, error: SyntaxError) -> Error {
    let (line, column) = line_and_column(&text[..error.offset]);
    syntax_error(error.what, line, column)
}

fn syntax_error(what: &str, line: usize, column: usize) -> Error {
    ErrorKind::InvalidWorkflow {
        message: format!("the workflow is not valid JSON at line {line}, column {column}: {what}"),
        line: Some(line),
        column: Some(column),
    }
    .into()
}

#[cfg(test)]
mod tests;
