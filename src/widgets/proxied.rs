//! `proxyWidgets`: the widgets inside a subgraph that an instance shows and sets, as older files list them.

use crate::editor::Node;
use crate::json::Value;
use crate::json::value::Kind;
use crate::text::find_last;

/// A widget that an instance shows.
#[derive(Debug)]
pub struct Proxied<'a> {
    /// The id of the node inside; [`Proxied::HOST`] for an input of the instance itself.
    pub id: String,
    /// The name of the widget, after the ids of further nodes if it is deeper inside: `12: 7: seed`.
    pub name: String,
    /// The value that the instance has for it; `None` if it has none.
    pub value: Option<Value<'a>>,
    /// The index of the entry, which is also that of its value.
    pub index: usize,
}

impl Proxied<'_> {
    /// The id that means the instance itself.
    pub const HOST: &'static str = "-1";

    /// Whether it is only a preview, which has no value.
    pub fn is_preview(&self) -> bool {
        self.name.starts_with("$$")
    }

    /// What `by_name` finds for the whole name, or for the part after the ids.
    pub fn find<T>(&self, by_name: impl Fn(&str) -> Option<T>) -> Option<T> {
        let name: &str = &self.name;
        by_name(name).or_else(|| by_name(find_last(name, ": ").map_or(name, |at| &name[at + 2..])))
    }
}

/// The list of an instance, `[[innerId, widgetName, disambiguator?], …]` or the JSON text of that, each entry with the
/// value at its index; null is not a value.
pub fn proxied<'a>(host: &Node<'a>) -> Vec<Proxied<'a>> {
    let Some(list) = host.property("proxyWidgets") else { return Vec::new() };
    let text = list.as_str().map(|text| text.decode());
    let list = text.as_ref().and_then(|text| Value::parse(text).ok()).unwrap_or(list);
    let values = host.widgets.values.map(Value::items).unwrap_or_default();
    let entry = |(index, entry): (usize, Value<'_>)| {
        let value = values.get(index).copied().filter(|value| value.kind() != Kind::Null);
        let [id, name, ..] = entry.items()[..] else { return None };
        Some(Proxied { id: id.text().into_owned(), name: name.text().into_owned(), value, index })
    };
    list.items().into_iter().enumerate().filter_map(entry).collect()
}
