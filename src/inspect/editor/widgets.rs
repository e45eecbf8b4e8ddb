//! The values of a node's widgets under their names. Depends on [`crate::editor`] and [`crate::definitions`].
//!
//! A file has the values in the order of the widgets, mostly without their names. They are told, the surest first, by
//! the file where it has names, by the definitions, by the sockets where each widget has one, and else they are numbered.

use super::opened::{Inside, Opened, Room};
use crate::Error;
use crate::definitions::{Class, Definitions, Input, Spec};
use crate::editor;
use crate::json::Value;
use crate::json::same::same_value;
use crate::json::value::Kind;
use std::borrow::Cow;

/// A value under its name.
pub(super) struct Named<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) value: Value<'a>,
    /// Whether the node has a socket of that name.
    pub(super) has_socket: bool,
}

/// Names the values of all nodes.
pub(super) struct Widgets<'w, 'd, 'a> {
    pub(super) opened: &'w Opened<'d, 'a>,
    pub(super) definitions: Option<&'a Definitions>,
}

type Pairs<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// Widgets of nodes that only the editor knows.
const KNOWN: [(&str, &str); 3] = [("PrimitiveNode", "value"), ("Note", "text"), ("MarkdownNote", "text")];

/// Types of inputs that are widgets.
const WIDGETS: [&str; 22] = [
    "INT",
    "FLOAT",
    "BOOLEAN",
    "STRING",
    "COMBO",
    "MARKDOWN",
    "TEXTAREA",
    "COLOR",
    "COLORS",
    "CURVE",
    "RANGE",
    "CHART",
    "GALLERIA",
    "BOUNDING_BOX",
    "BOUNDING_BOXES",
    "PAINTER",
    "COMPOSITOR",
    "VIDEO_EDIT",
    "IMAGEUPLOAD",
    "WEBCAM",
    "LOAD_3D",
    "COMFY_DYNAMICCOMBO_V3",
];

/// What the widget that draws a seed anew may say.
const CONTROLS: [&str; 4] = ["fixed", "increment", "decrement", "randomize"];

impl<'a> Widgets<'_, '_, 'a> {
    pub(super) fn all(&self, room: &mut Room) -> Result<Vec<Vec<Named<'a>>>, Error> {
        let mut all = Vec::with_capacity(self.opened.nodes.len());
        let mut class: Option<(&str, Option<Class<'a>>)> = None;
        for inside in &self.opened.nodes {
            let name = inside.node.class_type.as_deref().unwrap_or_default();
            // Nodes of one class often stand together, and taking a class apart costs.
            if class.as_ref().is_none_or(|(known, _)| *known != name) {
                class = Some((name, self.definitions.and_then(|definitions| definitions.class(name))));
            }
            let class = class.as_ref().and_then(|(_, class)| class.as_ref());
            let pairs = self.pairs(inside, class, room)?;
            room.parts(pairs.len())?;
            room.steps(pairs.len() * inside.node.inputs.len())?;
            let has_socket = |name: &str| {
                let mut inputs = inside.node.inputs.iter();
                inputs.any(|input| input.widget.as_ref().unwrap_or(&input.name) == name)
            };
            let named =
                pairs.into_iter().map(|(name, value)| Named { has_socket: has_socket(&name), name, value });
            all.push(named.collect());
        }
        Ok(all)
    }

    fn pairs(
        &self,
        inside: &Inside<'_, 'a>,
        class: Option<&Class<'a>>,
        room: &mut Room,
    ) -> Result<Pairs<'a>, Error> {
        let outer = inside.parent.and_then(|place| self.opened.nodes.get(place));
        let mut pairs = own(inside, class, items(inside, outer, room)?);
        if let Some(outer) = outer {
            for proxied in
                proxied(outer.node, room)?.into_iter().filter(|proxied| proxied.id == inside.node.id)
            {
                if let Some((_, own)) = pairs.iter_mut().find(|(name, _)| *name == proxied.name) {
                    *own = proxied.value;
                }
            }
        }
        Ok(pairs)
    }
}

/// The values of a node in the order of its widgets. In a group node they are a part of those of the node outside,
/// where the two have equally many.
fn items<'a>(
    inside: &Inside<'_, 'a>,
    outer: Option<&Inside<'_, 'a>>,
    room: &mut Room,
) -> Result<Vec<Value<'a>>, Error> {
    let items = |node: &editor::Node<'a>| node.widgets.values.map(Value::items).unwrap_or_default();
    let own = items(inside.node);
    let group = outer.and_then(|outer| Some((outer, outer.definition.filter(|group| group.is_group_node)?)));
    let (Some((outer, group)), Ok(place)) = (group, inside.node.id.parse::<usize>()) else { return Ok(own) };
    let outer_length = outer.node.widgets.values.map_or(0, |values| values.raw().len());
    room.steps((group.graph.value.raw().len() + outer_length) / 8)?;
    let all = items(outer.node);
    let counts: Vec<usize> = group.graph.nodes.iter().map(|node| items(node).len()).collect();
    let start: usize = counts.iter().take(place).sum();
    let part = all.get(start..start + own.len()).filter(|_| counts.iter().sum::<usize>() == all.len());
    Ok(part.map_or(own, <[_]>::to_vec))
}

/// The values that a node has itself, under their names.
fn own<'a>(inside: &Inside<'_, 'a>, class: Option<&Class<'a>>, items: Vec<Value<'a>>) -> Pairs<'a> {
    let node = inside.node;
    let by_name = node.widgets.values.filter(|values| values.kind() == Kind::Object);
    if let Some(named) = node.widgets.named.or(by_name) {
        return named.entries().into_iter().map(|(name, value)| (name.decode(), value)).collect();
    }
    if let Some((_, name)) = KNOWN.iter().find(|(class, _)| node.class_type.as_deref() == Some(*class)) {
        return items.first().map(|value| (Cow::Borrowed(*name), *value)).into_iter().collect();
    }
    if let Some(subgraph) = inside.definition {
        return if subgraph.is_group_node { Vec::new() } else { promoted(node, &items) };
    }
    if let Some(class) = class {
        let mut walk = Walk { items: items.into_iter(), pairs: Vec::new() };
        walk.inputs(&class.inputs, None);
        return walk.pairs;
    }
    by_sockets(node, &items).unwrap_or_else(|| numbered(items))
}

/// An entry of an older subgraph's `proxyWidgets`: a widget inside that the node outside sets.
struct Proxied<'a> {
    id: String,
    name: String,
    value: Value<'a>,
}

/// What the node that stands for a subgraph sets inside, where it is done in the older way.
fn proxied<'a>(host: &editor::Node<'a>, room: &mut Room) -> Result<Vec<Proxied<'a>>, Error> {
    let Some(list) = host.property("proxyWidgets") else { return Ok(Vec::new()) };
    // Some files have the list as a text.
    let text = list.as_str().map(|text| text.decode());
    let list = text.as_ref().and_then(|text| Value::parse(text).ok()).unwrap_or(list);
    let values = host.widgets.values.map(Value::items).unwrap_or_default();
    room.steps(1 + list.raw().len() / 8 + values.len())?;
    let entries = list.items().into_iter().zip(values).filter(|(_, value)| value.kind() != Kind::Null);
    let proxied = entries.filter_map(|(entry, value)| {
        let [id, name, ..] = entry.items()[..] else { return None };
        let id = id.as_str().map_or_else(|| id.raw().to_owned(), |id| id.decode().into_owned());
        Some(Proxied { id, name: name.as_str()?.decode().into_owned(), value })
    });
    Ok(proxied.collect())
}

/// The values of a subgraph's inputs, in the order of those that are widgets.
fn promoted<'a>(host: &editor::Node<'a>, items: &[Value<'a>]) -> Pairs<'a> {
    if host.property("proxyWidgets").is_some_and(|list| !list.is_falsy()) {
        return Vec::new();
    }
    let sockets = host.inputs.iter().filter_map(|input| input.widget.clone());
    sockets
        .zip(items)
        .filter(|(_, value)| value.kind() != Kind::Null)
        .map(|(name, value)| (name, *value))
        .collect()
}

/// Gives each socket that is a widget's the next value; none when the values are not those of the sockets.
fn by_sockets<'a>(node: &editor::Node<'a>, items: &[Value<'a>]) -> Option<Pairs<'a>> {
    let sockets: Vec<_> = node.inputs.iter().filter_map(|input| input.widget.as_ref()).collect();
    let (mut pairs, mut rest) = (Vec::with_capacity(sockets.len()), items);
    for (place, name) in sockets.iter().enumerate() {
        let (value, behind) = rest.split_first()?;
        pairs.push(((*name).clone(), *value));
        let left = sockets.len() - place - 1;
        rest = match behind.split_first() {
            Some((next, behind)) if behind.len() >= left && is_control(*next) => behind,
            _ => behind,
        };
    }
    // The buttons by which files are uploaded have a value without a widget of their own.
    let is_button = |value: &Value<'a>| value.as_str().is_some_and(|text| text.is("image"));
    (!pairs.is_empty() && rest.iter().all(is_button)).then_some(pairs)
}

fn is_control(value: Value<'_>) -> bool {
    value.as_str().is_some_and(|text| CONTROLS.iter().any(|control| text.is(control)))
}

fn numbered(items: Vec<Value<'_>>) -> Pairs<'_> {
    items.into_iter().enumerate().map(|(place, value)| (format!("widget_{place}").into(), value)).collect()
}

/// Gives values to the widgets that a class has. A value may bring further widgets, which take the next ones.
struct Walk<'a> {
    items: std::vec::IntoIter<Value<'a>>,
    pairs: Pairs<'a>,
}

impl<'a> Walk<'a> {
    /// Definitions nest no deeper than JSON, and so does this.
    fn inputs(&mut self, inputs: &[Input<'a>], within: Option<&str>) {
        for input in inputs.iter().filter(|input| is_widget(input)) {
            let name = match within {
                Some(within) => Cow::Owned([within, ".", &input.name].concat()),
                None => input.name.clone(),
            };
            let choices = input.dynamic_choices();
            let first = choices.as_ref().and_then(|choices| choices.first()).map(|(key, _)| *key);
            let value = self.value(&input.spec, first);
            if let Some(value) = value {
                self.pairs.push((name.clone(), value));
            }
            for _ in 0..extra_places(&name, &input.spec) {
                self.items.next();
            }
            let chosen = choices.zip(value).and_then(|(choices, value)| {
                choices.into_iter().find(|(key, _)| same_value(*key, value)).map(|(_, inputs)| inputs)
            });
            self.inputs(&chosen.unwrap_or_default(), Some(&name));
        }
    }

    /// The next value; where the file has no more, what a new node begins with.
    fn value(&mut self, spec: &Spec<'a>, first: Option<Value<'a>>) -> Option<Value<'a>> {
        let first = || first.or_else(|| spec.choices()?.items().first().copied());
        match self.items.next() {
            Some(value) if value.kind() == Kind::Null => first().or(Some(value)),
            Some(value) => Some(value),
            None => spec
                .option("default")
                .filter(|value| !value.is_falsy())
                .or_else(first)
                .or_else(|| empty(spec)),
        }
    }
}

/// What a widget begins with when its class does not say.
fn empty<'a>(spec: &Spec<'_>) -> Option<Value<'a>> {
    let text = match &*spec.kind {
        "INT" | "FLOAT" => "0",
        "BOOLEAN" => "false",
        "STRING" => "\"\"",
        _ => return None,
    };
    Value::parse(text).ok()
}

fn is_widget(input: &Input<'_>) -> bool {
    let spec = &input.spec;
    let is_socket = spec.flag("forceInput") || (!input.required && spec.flag("defaultInput"));
    let named = spec.text("widgetType");
    let has_type = |kind: &&str| named.map_or(spec.kind == **kind, |named| named.is(kind));
    !is_socket && WIDGETS.iter().any(has_type)
}

/// How many places of `widgets_values` follow that of a widget: those of widgets that the editor puts beside it.
fn extra_places(name: &str, spec: &Spec<'_>) -> usize {
    let control = match spec.option("control_after_generate") {
        Some(value) => !value.is_falsy(),
        None => spec.kind == "INT" && matches!(name, "seed" | "noise_seed"),
    };
    match &*spec.kind {
        "BOUNDING_BOX" => 4,
        "COMBO" if spec.flag("remote") => {
            1 + usize::from(spec.option("remote").and_then(|remote| remote.get("refresh_button")).is_some())
        }
        // Beside the control of a list of choices stands its filter.
        "COMBO" => 2 * usize::from(control),
        _ => usize::from(control),
    }
}
