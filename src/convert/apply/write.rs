//! What is written into the file, and where.
//!
//! A part that is added to a list or an object of the file brings its comma, and the white space of its neighbours.

use super::edits::{Change, Edits};
use super::home::{Home, Homes};
use crate::Error;
use crate::convert::open_graph::ValueOf;
use crate::editor::Node;
use crate::json::same::same_value;
use crate::json::string::write_literal;
use crate::json::value::Kind;
use crate::json::{Value, Writer};
use crate::workflow::apply::Splice;
use std::borrow::Cow;
use std::ops::Range;

/// A text that replaces a part of the file.
pub struct Written<'e> {
    range: Range<usize>,
    text: Cow<'e, str>,
}

impl Written<'_> {
    pub fn splice(&self) -> Splice<'_> {
        Splice { range: self.range.clone(), text: &self.text }
    }
}

/// All texts to be written.
pub fn texts<'e>(homes: &Homes<'_, '_>, edits: &Edits<'e, '_>) -> Result<Vec<Written<'e>>, Error> {
    let mut written = Vec::with_capacity(edits.changes.len());
    for changes in edits.changes.chunk_by(|a, b| missing_in(a).is_some() && missing_in(a) == missing_in(b)) {
        match changes[0].home {
            Home::Text(start) => in_place(homes, start, &changes[0], &mut written),
            Home::Missing(_) => Missing { homes, changes }.add(&mut written)?,
        }
    }
    Ok(written)
}

/// The graph and node of a value that the file does not have.
fn missing_in(change: &Change<'_, '_>) -> Option<(usize, usize)> {
    match change.home {
        Home::Missing(ValueOf::Widget { graph, node, .. } | ValueOf::Slot { graph, node, .. }) => {
            Some((graph, node))
        }
        Home::Text(_) => None,
    }
}

/// Replaces a value, and its second copy, which newer files keep by name.
fn in_place<'e>(
    homes: &Homes<'_, '_>,
    start: usize,
    change: &Change<'e, '_>,
    written: &mut Vec<Written<'e>>,
) {
    let source = homes.graph.source(change.spot.of).and_then(|json| Value::parse(json).ok());
    let Some(old) = source else { return };
    let text = in_file(old, change);
    let copy = homes.place(start).and_then(|place| copy_of(place.node, old));
    for value in [Some(old), copy].into_iter().flatten() {
        if let Some(range) = homes.range(value.raw()) {
            written.push(Written { range, text: text.clone() });
        }
    }
}

/// The same value in the other of the two lists of a newer file.
fn copy_of<'a>(node: &Node<'a>, value: Value<'_>) -> Option<Value<'a>> {
    let list = node.widgets.values.filter(|values| values.kind() == Kind::Array)?.items();
    let named: Vec<_> = node.widgets.named?.entries().into_iter().map(|(_, value)| value).collect();
    let at = |values: &[Value<'a>]| values.iter().position(|item| std::ptr::eq(item.raw(), value.raw()));
    let copy = match (at(&list), at(&named)) {
        (Some(index), _) => named.get(index),
        (None, Some(index)) => list.get(index),
        (None, None) => None,
    };
    copy.copied().filter(|copy| list.len() == named.len() && same_value(*copy, value))
}

/// A value as the file writes it: without what is put around it when it is sent.
fn in_file<'e>(old: Value<'_>, change: &Change<'e, '_>) -> Cow<'e, str> {
    let (sent, given) = (change.spot.sent, change.edit.given);
    if old.kind() == Kind::Array
        && let Some(array) = given.get("__value__").filter(|value| value.kind() == Kind::Array)
    {
        return array.raw().into();
    }
    // For an unknown class the page sends the JSON text of anything that is neither a text nor a number.
    if let (Some(sent), Some(text)) = (sent.as_str(), given.as_str())
        && old.kind() != Kind::String
        && sent.decode() == compact(old)
    {
        let text = text.decode();
        if Value::parse(&text).is_ok_and(|value| compact(value) == text) {
            return text.into_owned().into();
        }
    }
    given.raw().into()
}

fn compact(value: Value<'_>) -> String {
    let mut text = String::new();
    Writer::compact(&mut text).value(value);
    text
}

/// Values of one node that the file does not have.
struct Missing<'m, 'o, 'a, 'e, 's> {
    homes: &'m Homes<'o, 'a>,
    changes: &'m [Change<'e, 's>],
}

impl<'a, 'e> Missing<'_, '_, 'a, 'e, '_> {
    fn add(&self, written: &mut Vec<Written<'e>>) -> Result<(), Error> {
        let place = missing_in(&self.changes[0]);
        let Some(node) = place.and_then(|(graph, node)| self.homes.file_node(graph, node)) else {
            return Err(self.refused("its group node has no value for it"));
        };
        match node.widgets.values {
            Some(values) if values.kind() == Kind::Object => self.add_entries(values, written),
            Some(values) => self.extend(values, written),
            None => self.add_list(node, written),
        }
    }

    /// Adds values by name to an object.
    fn add_entries(&self, values: Value<'a>, written: &mut Vec<Written<'e>>) -> Result<(), Error> {
        let mut text = String::new();
        let entries = values.entries();
        let gap = entries.first().map_or("", |(name, _)| gap(values, name.raw(), 1));
        for change in self.changes {
            let ValueOf::Widget { graph, node, widget } = change.spot.of else {
                return Err(self.refused("its node has an object where a list belongs"));
            };
            let name = &self.homes.graph.graphs[graph].nodes[node].widgets[widget].name;
            separate(&mut text, entries.is_empty(), gap);
            write_literal(&mut text, name);
            text.push(':');
            text.push_str(&self.value(change));
        }
        self.insert(values, entries.last().map(|(_, value)| *value), text, written);
        Ok(())
    }

    /// Adds values to a list, with those before them.
    fn extend(&self, values: Value<'a>, written: &mut Vec<Written<'e>>) -> Result<(), Error> {
        let items = values.items();
        let gap = items.first().map_or("", |first| gap(values, first.raw(), 0));
        let mut text = String::new();
        for (index, value) in self.listed(items.len())? {
            match items.get(index).and_then(|item| self.homes.range(item.raw())) {
                Some(range) => written.push(Written { range, text: value.into() }),
                None => {
                    separate(&mut text, items.is_empty(), gap);
                    text.push_str(&value);
                }
            }
        }
        if !text.is_empty() {
            self.insert(values, items.last().copied(), text, written);
        }
        Ok(())
    }

    /// Gives a list to a node that has none.
    fn add_list(&self, node: &Node<'a>, written: &mut Vec<Written<'e>>) -> Result<(), Error> {
        let values = self.listed(0)?;
        let mut list = String::new();
        Writer::compact(&mut list).list(&values, |out, (_, value)| out.raw(value));
        // There is something other than a list, such as null.
        if let Some(range) = node.field("widgets_values").and_then(|value| self.homes.range(value.raw())) {
            written.push(Written { range, text: list.into() });
            return Ok(());
        }
        let entries = node.value.entries();
        let gap = entries.first().map_or("", |(name, _)| gap(node.value, name.raw(), 1));
        let mut text = String::new();
        separate(&mut text, entries.is_empty(), gap);
        text.push_str("\"widgets_values\":");
        text.push_str(&list);
        self.insert(node.value, entries.last().map(|(_, value)| *value), text, written);
        Ok(())
    }

    /// The index and text of each value to add to a list: those that are given, and those between the end of the list
    /// and them, which have their present values.
    fn listed(&self, present: usize) -> Result<Vec<(usize, String)>, Error> {
        let mut values: Vec<(usize, String)> = Vec::new();
        for change in self.changes {
            let index = self.index(change.spot.of);
            let index = index.ok_or_else(|| self.refused("the file has no place for it"))?;
            let behind = values.last().map_or(present, |(last, _)| (last + 1).max(present));
            for between in behind..index {
                let value = self.at(between);
                let value = value.ok_or_else(|| self.refused("not all values in front of it are known"))?;
                values.push((between, value));
            }
            values.push((index, self.value(change)));
        }
        Ok(values)
    }

    /// The index of a value in the list of its node.
    fn index(&self, of: ValueOf) -> Option<usize> {
        match of {
            ValueOf::Widget { graph, node, widget } => {
                let widgets = &self.homes.graph.graphs[graph].nodes[node].widgets;
                let saved = widgets[..widget].iter().filter(|widget| widget.is_saved).count();
                widgets[widget].is_saved.then_some(saved)
            }
            ValueOf::Slot { graph, node, slot } => {
                self.homes.graph.graphs[graph].nodes[node].slots[slot].saved_at
            }
        }
    }

    /// The present value at an index of the list.
    fn at(&self, index: usize) -> Option<String> {
        let (graph, node) = missing_in(&self.changes[0])?;
        let open = &self.homes.graph.graphs[graph].nodes[node];
        let value = match self.changes[0].spot.of {
            ValueOf::Widget { .. } => {
                let mut saved = open.widgets.iter().filter(|widget| widget.is_saved);
                saved.nth(index)?.value.as_deref()
            }
            // An entry that an instance lists and does not show has no value.
            ValueOf::Slot { .. } => match open.slots.iter().rfind(|slot| slot.saved_at == Some(index)) {
                Some(slot) => slot.promoted.as_ref()?.as_deref(),
                None => Some("null"),
            },
        };
        value.map(str::to_owned)
    }

    fn value(&self, change: &Change<'_, '_>) -> String {
        let present = self.homes.graph.value(change.spot.of).and_then(|json| Value::parse(json).ok());
        in_file(present.unwrap_or(Value::NULL), change).into_owned()
    }

    /// Inserts a text after the last part of a list or an object, or into an empty one.
    fn insert(
        &self,
        whole: Value<'a>,
        last: Option<Value<'a>>,
        text: String,
        written: &mut Vec<Written<'e>>,
    ) {
        let end = match last {
            Some(last) => self.homes.range(last.raw()).map(|range| range.end),
            None => self.homes.range(whole.raw()).map(|range| range.start + 1),
        };
        if let Some(end) = end {
            written.push(Written { range: end..end, text: text.into() });
        }
    }

    fn refused(&self, why: &str) -> Error {
        let key = self.changes[0].edit.key;
        let message = format!(
            "the editor's file does not have the value of \"{key}\", and it cannot be added: {why}; save the file from the editor again"
        );
        Error::invalid_param(key, message)
    }
}

/// The text between the bracket of a list or an object and its first part, `inside` being the first part's text, which
/// begins `quote` bytes after its opening quote.
fn gap<'a>(whole: Value<'a>, inside: &str, quote: usize) -> &'a str {
    let length = inside.as_ptr() as usize - whole.raw().as_ptr() as usize;
    whole.raw().get(1..length - quote).unwrap_or_default()
}

/// What comes in front of a part that is added.
fn separate(text: &mut String, is_first: bool, gap: &str) {
    if !(is_first && text.is_empty()) {
        text.push(',');
    }
    text.push_str(gap);
}
