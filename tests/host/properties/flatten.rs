//! Flattening any workflow gives the entries of its definition, and putting them back changes nothing.

use super::cases;
use crate::given::Style;
use crate::given::json::Json;
use crate::given::style::style;
use crate::given::text::text;
use crate::given::tree::Tree;
use crate::given::workflow::{Workflow as Given, workflow};
use proptest::prelude::*;
use proptest::sample::Index;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::workflow::{Workflow, apply, flatten};

fn parsed(given: &Given) -> Result<Workflow<'_>, TestCaseError> {
    Workflow::parse(&given.text.0).map_err(|error| TestCaseError::fail(error.to_string()))
}

/// Keys and values as they are read, in order.
fn trees(entries: &[flatten::Entry<'_>]) -> Vec<(String, Tree)> {
    entries.iter().map(|entry| (entry.key(), Tree::from(entry.value))).collect()
}

fn expected(given: &Given) -> Vec<(String, Tree)> {
    given.flat.iter().map(|(key, json)| (key.clone(), Tree::from(json))).collect()
}

fn applied(workflow: &Workflow<'_>, entries: &[(String, Value<'_>)]) -> Result<String, TestCaseError> {
    let params: Vec<_> = entries.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    apply::apply(workflow, &params).map_err(|error| TestCaseError::fail(error.to_string()))
}

fn text_of(json: &Json, mut style: Style) -> String {
    let mut text = String::new();
    json.write(&mut text, &mut style);
    text
}

/// A value to put in. A number that is equal to the old one would leave it as it was written, so it is an odd one.
fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        3 => text().prop_map(Json::Text),
        1 => any::<bool>().prop_map(Json::Boolean),
        1 => Just(Json::Number("18446744073709551557.250".to_owned())),
    ]
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn entries_are_those_of_the_definition(given in workflow()) {
        prop_assert_eq!(trees(&flatten::entries(&parsed(&given)?)), expected(&given));
    }

    #[test]
    fn the_text_holds_the_same_entries(given in workflow(), indent in 0_usize..5) {
        let text = flatten::to_json(&parsed(&given)?, indent);
        let value = Value::parse(&text).map_err(|error| TestCaseError::fail(format!("{error:?} in {text}")))?;
        let entries = given.flat.iter().map(|(key, json)| (key.as_str().into(), json.clone())).collect();
        let expected = Tree::from(&Json::Object(entries).without_duplicates());
        prop_assert_eq!(Tree::from(value), expected.clone());
        if let Ok(strict) = serde_json::from_str(&text) {
            prop_assert!(expected.is(&strict), "{} is not {:?}", strict, expected);
        }
    }

    #[test]
    fn entries_put_back_change_nothing(given in workflow()) {
        let workflow = parsed(&given)?;
        let entries = flatten::entries(&workflow);
        let same: Vec<_> = entries.iter().map(|entry| (entry.key(), entry.value)).collect();
        prop_assert_eq!(applied(&workflow, &same)?, workflow.text());
    }

    #[test]
    fn one_value_put_in_is_the_one_that_changes(
        given in workflow(),
        chosen in any::<Index>(),
        value in value(),
        style in style(),
    ) {
        let mut expected = expected(&given);
        let inputs: Vec<_> =
            (0..expected.len()).filter(|at| !expected[*at].0.ends_with("-node-class_type-info")).collect();
        if inputs.is_empty() {
            return Ok(());
        }
        let at = *chosen.get(&inputs);
        let text = text_of(&value, style);
        let changed = applied(&parsed(&given)?, &[(expected[at].0.clone(), Value::parse(&text).unwrap())])?;
        let again = Workflow::parse(changed.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let read = trees(&flatten::entries(&again));
        expected[at].1 = Tree::from(&value);
        prop_assert_eq!(read, expected);
    }
}
