//! A workflow in API format: exact JSON in file order, values set by flattened key.

use serde_json::{Map, Value};

/// Node id → node, in file order, number literals as written.
#[derive(Clone, Debug)]
pub struct Workflow(Map<String, Value>);

/// The target of a link: the node and the index of its output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    pub node: &'a str,
    pub slot: usize,
}

const BETWEEN: &str = "-inputs-";

impl Workflow {
    /// Takes a parsed workflow as it is; validation reports what is wrong with it.
    pub fn new(nodes: Map<String, Value>) -> Self {
        Self(nodes)
    }

    /// Node ids in file order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether there is such a node.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// A node's class; empty if it has none.
    pub fn class_type(&self, id: &str) -> &str {
        self.0.get(id).and_then(|node| node.get("class_type")).and_then(Value::as_str).unwrap_or_default()
    }

    /// A node's title, if it has one.
    pub fn title(&self, id: &str) -> Option<&str> {
        self.0.get(id)?.get("_meta")?.get("title")?.as_str()
    }

    /// A node's inputs in file order.
    pub fn inputs(&self, id: &str) -> impl Iterator<Item = (&str, &Value)> {
        let inputs = self.0.get(id).and_then(|node| node.get("inputs")).and_then(Value::as_object);
        inputs.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// One input's value.
    pub fn input(&self, id: &str, name: &str) -> Option<&Value> {
        self.0.get(id)?.get("inputs")?.get(name)
    }

    /// A node's linked inputs in file order.
    pub fn links(&self, id: &str) -> impl Iterator<Item = (&str, Link<'_>)> {
        self.inputs(id).filter_map(|(name, value)| Some((name, link(value)?)))
    }

    /// Sets the value at a flattened key; false if the workflow has no such input.
    pub fn set(&mut self, key: &str, value: Value) -> bool {
        let Some((id, name)) = self.locate(key) else { return false };
        let (id, name) = (id.to_owned(), name.to_owned());
        let inputs =
            self.0.get_mut(&id).and_then(|node| node.get_mut("inputs")).and_then(Value::as_object_mut);
        let Some(place) = inputs.and_then(|inputs| inputs.get_mut(&name)) else { return false };
        *place = value;
        true
    }

    /// The node and input that a flattened key names. Both may contain the separator, so every split is tried.
    pub fn locate<'a>(&self, key: &'a str) -> Option<(&'a str, &'a str)> {
        key.match_indices(BETWEEN)
            .map(|(at, _)| (&key[..at], &key[at + BETWEEN.len()..]))
            .find(|(id, name)| self.input(id, name).is_some())
    }

    /// The whole workflow as a JSON value.
    pub fn nodes(&self) -> &Map<String, Value> {
        &self.0
    }
}

/// A value as a link, if it is one: `["node id", output index]`.
pub fn link(value: &Value) -> Option<Link<'_>> {
    let [Value::String(node), Value::Number(slot)] = value.as_array()?.as_slice() else { return None };
    Some(Link { node, slot: slot.as_u64()? as usize })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workflow(text: &str) -> Workflow {
        Workflow::new(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn sets_values_and_keeps_every_literal() {
        let text = r#"{"10":{"inputs":{"seed":18446744073709551615,"cfg":6.0,"denoise":1e-05},"class_type":"KSampler"},"2":{"inputs":{}}}"#;
        let mut workflow = workflow(text);
        let seed = serde_json::from_str("123456789012345678901234567890").unwrap();
        assert!(workflow.set("10-inputs-seed", seed));
        let expected = text.replace("18446744073709551615", "123456789012345678901234567890");
        assert_eq!(serde_json::to_string(workflow.nodes()).unwrap(), expected);
    }

    #[test]
    fn finds_keys_whatever_dashes_they_hold() {
        let workflow = workflow(r#"{"a-inputs-b":{"inputs":{"c-inputs-d":1}}}"#);
        assert_eq!(workflow.locate("a-inputs-b-inputs-c-inputs-d"), Some(("a-inputs-b", "c-inputs-d")));
        assert_eq!(workflow.locate("a-inputs-b-inputs-x"), None);
        assert_eq!(workflow.locate("nothing"), None);
    }

    #[test]
    fn tells_links_from_lists() {
        let read = |text: &str| link(&serde_json::from_str(text).unwrap()).map(|link| link.slot);
        assert_eq!(read(r#"["4", 1]"#), Some(1));
        assert_eq!(read(r#"["4", "1"]"#), None);
        assert_eq!(read(r#"["4", 1, 2]"#), None);
        assert_eq!(read("4"), None);
    }
}
