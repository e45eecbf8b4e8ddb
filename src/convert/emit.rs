//! Reads the prompt from the open graph: what runs, with its values and resolved links.

use super::decimal::Decimal;
use super::differing_classes::DifferingClasses;
use super::filenames::{self, Names};
use super::missing_inputs::missing_inputs;
use super::open_graph::{Fit, Kind, Mode, Node, OpenGraph, Val, ValueOf, Widget, WidgetKind};
use super::order::run_order;
use super::resolve::{Origin, Origins};
use super::scopes::Scopes;
use super::unknown_classes::UnknownClasses;
use super::warnings::{self, Warning};
use super::{Options, prompts};
use crate::definitions::KnownClasses;
use crate::editor::Pack;
use crate::json::key_index::{self, KeyIndex};
use crate::json::string::write_literal;
use crate::json::value::Kind as JsonKind;
use crate::json::{Value, Writer, number};
use crate::{CannotConvertReason, Error};
use std::borrow::Cow;

/// An entry of the prompt.
#[derive(Debug)]
pub struct Entry<'a> {
    pub id: String,
    pub class: Cow<'a, str>,
    pub title: Option<Cow<'a, str>>,
    pub pack: Option<Pack<'a>>,
    /// Whether a pack has to be installed for it, according to the definitions.
    pub is_foreign: bool,
    /// Whether all its values have their names.
    pub has_names: bool,
    pub inputs: Vec<(Cow<'a, str>, Sent<'a>)>,
    /// The inputs that need a link.
    pub needed: Vec<Cow<'a, str>>,
    /// Whether a run may end in it.
    pub is_end: bool,
}

/// What an input gets in the prompt.
#[derive(Debug)]
pub enum Sent<'a> {
    Value { json: Cow<'a, str>, of: ValueOf },
    Link { node: String, slot: usize },
}

/// The prompt in the order of its keys: numbers ascending, then the others in their original order.
pub fn prompt<'a>(
    open: &OpenGraph<'a>,
    names: &Names<'a>,
    options: &Options,
    known: KnownClasses<'_>,
) -> Result<(Vec<Entry<'a>>, Vec<Warning>), Error> {
    let (entries, indices, unknown, differing, warnings) = Default::default();
    let mut prompt = Prompt {
        open,
        options,
        known,
        origins: Origins::new(open),
        names,
        entries,
        indices,
        unknown,
        differing,
        warnings,
        nodes: 0,
        bytes: 0,
    };
    prompt.graph(Scopes::CANVAS)?;
    let Prompt { mut entries, indices, unknown, differing, mut warnings, .. } = prompt;
    warnings.splice(0..0, unknown.warnings().chain(differing.warnings()));
    for entry in &mut entries {
        entry.inputs.retain(|(_, sent)| match sent {
            Sent::Link { node, .. } => indices.get(node).is_some(),
            Sent::Value { json, .. } => !names_nothing(json, &indices),
        });
    }
    missing_inputs(&entries, &indices, &mut warnings);
    entries.sort_by_key(|entry| array_index(&entry.id).unwrap_or(u64::MAX));
    Ok((entries, warnings))
}

/// True for `["…", x]` with a text that is not a key of the prompt: the editor takes it for a link to nothing.
fn names_nothing(json: &str, indices: &KeyIndex<'_>) -> bool {
    if !json.starts_with('[') {
        return false;
    }
    let items = Value::parse(json).map(Value::items).unwrap_or_default();
    items.len() == 2 && indices.get(&items[0].text()).is_none()
}

/// Keys of JavaScript objects that come first, in ascending order.
fn array_index(id: &str) -> Option<u64> {
    let index: u64 = id.parse().ok()?;
    (index < u64::from(u32::MAX) && index.to_string() == id).then_some(index)
}

struct Prompt<'l, 'a> {
    open: &'l OpenGraph<'a>,
    options: &'l Options,
    known: KnownClasses<'l>,
    origins: Origins<'l, 'a>,
    names: &'l Names<'a>,
    entries: Vec<Entry<'a>>,
    indices: KeyIndex<'static>,
    unknown: UnknownClasses,
    differing: DifferingClasses,
    warnings: Vec<Warning>,
    /// How many nodes inside subgraphs were visited, and how many of their bytes go into the prompt.
    nodes: usize,
    bytes: usize,
}

impl<'a> Prompt<'_, 'a> {
    fn graph(&mut self, scope: usize) -> Result<(), Error> {
        let graph = &self.open.graphs[self.origins.scopes.graph(scope)];
        self.count(scope, graph.nodes.len(), 0)?;
        self.count(scope, 0, WARNING * graph.unclear.len())?;
        for (id, what) in &graph.unclear {
            let id = self.full_id(scope, id);
            self.warnings.push(warnings::unknown_links(&id, what));
        }
        let order = if scope == Scopes::CANVAS { run_order(graph) } else { (0..graph.nodes.len()).collect() };
        for at in order {
            let node = &graph.nodes[at];
            if node.mode == Mode::Active && !node.lost.is_empty() {
                let id = self.full_id(scope, &node.id);
                self.count(scope, 0, WARNING * node.lost.len())?;
                self.warnings.extend(node.lost.iter().map(|input| warnings::lost_link(&id, input)));
            }
            match node.kind {
                // Inside a subgraph the editor opens muted and bypassed ones as well.
                Kind::Instance(definition) if node.mode == Mode::Active || scope != Scopes::CANVAS => {
                    self.instance(scope, at, definition)?;
                }
                Kind::Known | Kind::Unknown if node.mode == Mode::Active => self.node(scope, at)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn instance(&mut self, scope: usize, at: usize, definition: usize) -> Result<(), Error> {
        let scopes = &mut self.origins.scopes;
        let is_circle = scopes.is_within(scope, definition);
        let Some(inside) = scopes.inside(scope, at, definition).filter(|_| !is_circle) else {
            let node = &self.open.graphs[self.origins.scopes.graph(scope)].nodes[at];
            let id = self.full_id(scope, &node.id);
            let message = format!("node \"{id}\" is a subgraph that contains itself: take it out in ComfyUI");
            return Err(Error::cannot_convert(
                CannotConvertReason::RecursiveSubgraph,
                Some(id),
                None,
                message,
            ));
        };
        self.graph(inside)?;
        self.origins.scopes.leave(inside);
        Ok(())
    }

    fn full_id(&self, scope: usize, id: &str) -> String {
        self.origins.scopes.full_id(self.open, scope, id)
    }

    fn node(&mut self, scope: usize, at: usize) -> Result<(), Error> {
        let open = self.open;
        let graph = self.origins.scopes.graph(scope);
        let node = &open.graphs[graph].nodes[at];
        let id = self.full_id(scope, &node.id);
        if node.kind == Kind::Unknown || node.is_missing {
            let is_unreadable = self.known.is_unreadable(&node.class);
            self.unknown.add(&id, node, is_unreadable);
        }
        self.differing.add(&id, node);
        warnings::about_node(&id, node, self.options, &mut self.warnings);
        // A link replaces the widget's value.
        let (mut inputs, mut names) = (Vec::new(), KeyIndex::default());
        let mut put = |name: &Cow<'a, str>, sent| {
            key_index::put(&mut inputs, &mut names, name.clone(), (name.clone(), sent));
        };
        for (index, widget) in node.widgets.iter().enumerate().filter(|(_, widget)| widget.is_sent) {
            if let Some(value) = self.value(&id, node, widget)? {
                let of = ValueOf::Widget { graph, node: at, widget: index };
                put(&widget.name, Sent::Value { json: wrapped(value, widget.kind), of });
            }
        }
        for slot in 0..node.slots.len() {
            let sent = match self.origins.of(scope, at, slot)? {
                Origin::Link { node, slot } => Sent::Link { node, slot },
                Origin::Value(of) => match self.open.value(of) {
                    Some(json) => Sent::Value { json: wrapped(json.clone(), WidgetKind::Other), of },
                    None => continue,
                },
                Origin::Nothing => continue,
            };
            put(&node.slots[slot].name, sent);
        }
        self.replace_non_finite(&id, &mut inputs);
        self.count(scope, 0, id.len() + inputs.iter().map(size).sum::<usize>())?;
        let entry = Entry {
            class: node.class.clone(),
            title: node.title.clone(),
            pack: node.pack.clone(),
            is_foreign: node.is_foreign() && !self.known.is_unreadable(&node.class),
            has_names: node.has_names,
            needed: needed(node),
            is_end: node.is_end,
            inputs,
            id,
        };
        match self.indices.claim(entry.id.clone().into(), self.entries.len()) {
            Some(earlier) => self.entries[earlier] = entry,
            None => self.entries.push(entry),
        }
        Ok(())
    }

    /// Sends null for `NaN` and infinities.
    fn replace_non_finite(&mut self, id: &str, inputs: &mut [(Cow<'a, str>, Sent<'a>)]) {
        for (name, sent) in inputs {
            let Sent::Value { json, .. } = sent else { continue };
            let finite = match number::without_non_finite(json) {
                Cow::Owned(finite) => finite,
                Cow::Borrowed(_) => continue,
            };
            *json = finite.into();
            self.warnings.push(warnings::not_finite(id, name));
        }
    }

    /// Refuses a small file that opens to more than any server could run.
    fn count(&mut self, scope: usize, nodes: usize, bytes: usize) -> Result<(), Error> {
        if scope == Scopes::CANVAS {
            return Ok(());
        }
        self.nodes += nodes;
        self.bytes += bytes;
        let message = match (self.nodes > MAX_NODES, self.bytes > MAX_BYTES) {
            (true, _) => format!("its subgraphs expand to more than {MAX_NODES} nodes"),
            (_, true) => format!("its subgraphs expand to more than {} MB", MAX_BYTES >> 20),
            _ => return Ok(()),
        };
        let message = format!("{message}: nest fewer instances");
        Err(Error::cannot_convert(CannotConvertReason::TooManyNodes, None, None, message))
    }

    /// The value that a widget sends, after what the editor does to texts.
    fn value(&self, id: &str, node: &Node<'a>, widget: &Widget<'a>) -> Result<Val<'a>, Error> {
        let Some(value) = &widget.value else { return Ok(None) };
        if widget.name == "filename_prefix" && filenames::is_replaced_in(&node.class) {
            return filenames::replaced(self.open, self.names, id, value, self.options.now).map(Some);
        }
        if let Some(name) = sampler_name(node, widget) {
            return Ok(Some(name));
        }
        if let Some(text) = as_text(widget) {
            return Ok(Some(text));
        }
        let is_prompt = widget.spec.as_ref().is_some_and(|spec| spec.flag("dynamicPrompts"));
        match Value::parse(value).ok().and_then(Value::as_str) {
            Some(text) if is_prompt => {
                let text = prompts::processed(&text.decode(), self.options.dynamic_prompts);
                let mut literal = String::new();
                write_literal(&mut literal, &text);
                Ok(Some(literal.into()))
            }
            _ => Ok(Some(value.clone())),
        }
    }
}

/// The inputs that need a link, unless the file is of another version of the class.
fn needed<'a>(node: &Node<'a>) -> Vec<Cow<'a, str>> {
    let slots = node.slots.iter().filter(|slot| slot.needs_link && node.fit == Fit::Fits);
    slots.map(|slot| slot.name.clone()).collect()
}

/// The oldest files say `sample_euler` for `euler`.
fn sampler_name<'a>(node: &Node<'a>, widget: &Widget<'a>) -> Val<'a> {
    let is_sampler = widget.name == "sampler_name" && matches!(&*node.class, "KSampler" | "KSamplerAdvanced");
    let old = widget.value.as_deref().filter(|_| is_sampler)?.strip_prefix("\"sample_")?;
    Some(format!("\"{old}").into())
}

/// What a text field for several lines makes of a number or a boolean. All digits are kept.
fn as_text<'a>(widget: &Widget<'a>) -> Val<'a> {
    let value = match widget.kind {
        WidgetKind::Text { is_long: true } => Value::parse(widget.value.as_deref()?).ok()?,
        _ => return None,
    };
    let text = match value.kind() {
        JsonKind::Number if value.is_finite() => {
            Decimal::parse(value.raw()).map_or_else(|| value.raw().to_owned(), |number| number.to_string())
        }
        JsonKind::Boolean => value.raw().to_owned(),
        _ => return None,
    };
    let mut literal = String::new();
    write_literal(&mut literal, &text);
    Some(literal.into())
}

/// How much subgraphs may open to.
const MAX_NODES: usize = 100_000;
const MAX_BYTES: usize = 64 << 20;

/// How many of these bytes a warning counts for.
const WARNING: usize = 1000;

/// The size of an input in the prompt, without white space.
fn size((name, sent): &(Cow<'_, str>, Sent<'_>)) -> usize {
    name.len()
        + match sent {
            Sent::Value { json, .. } => json.len(),
            Sent::Link { node, .. } => node.len(),
        }
}

/// The server takes an array for a link unless it is wrapped.
fn wrapped(value: Cow<'_, str>, kind: WidgetKind) -> Cow<'_, str> {
    let is_array = Value::parse(&value).is_ok_and(|value| value.kind() == JsonKind::Array);
    if !is_array {
        return value;
    }
    let mut json = String::new();
    Writer::compact(&mut json).object(|out| {
        if kind == WidgetKind::Curve {
            out.key("__type__").text("CURVE");
        }
        out.key("__value__").raw(&value);
    });
    json.into()
}
