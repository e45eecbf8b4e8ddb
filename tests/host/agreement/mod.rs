//! Inspection and conversion say the same of every value of an editor file, but for the causes listed in [`causes`].

mod causes;
mod files;

use crate::convert::BUNDLED;
use crate::convert::versions::CUSTOM;
use crate::definitions::shared;
use causes::{Cause, Spot, is_renumbered};
use files::File;
use std::collections::BTreeMap;
use viewcomfy_wasm::convert::{DynamicPrompts, Options, WarningCode, has_unknown_class, to_api_format};
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::editor_graph;
use viewcomfy_wasm::inspect::model::{Given, Node};
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::same::same_value;

/// What the comparison found.
#[derive(Default)]
struct Comparison {
    files: usize,
    same: usize,
    explained: BTreeMap<Cause, usize>,
    unexplained: Vec<String>,
}

impl Comparison {
    fn of(files: &[File], known: KnownClasses<'_>) -> Self {
        let mut comparison = Self::default();
        files.iter().for_each(|file| comparison.add(file, known));
        let Self { files, same, explained, unexplained } = &comparison;
        println!("{files} files, {same} values the same; differences: {explained:?}");
        assert!(
            unexplained.is_empty(),
            "{} differences without a cause: {unexplained:#?}",
            unexplained.len()
        );
        comparison
    }

    fn add(&mut self, file: &File, known: KnownClasses<'_>) {
        let options = Options { dynamic_prompts: DynamicPrompts::Keep, ..Options::default() };
        // What the page refuses has no values.
        let Ok(converted) = to_api_format(&file.bytes, known, &options) else { return };
        let document = Document::parse(&file.bytes).unwrap();
        let graph = editor_graph(&document, known).unwrap();
        self.files += 1;
        for (id, entry) in Value::parse(&converted.json).unwrap().entries() {
            let id = id.decode();
            // Of equal ids the first keeps it, as in what the page exports.
            match graph.nodes.iter().find(|node| node.id == id) {
                Some(node) => {
                    let inputs = entry.get("inputs").unwrap();
                    self.node(file, inputs, node, &|spot| spot.cause(&graph, known));
                }
                None if is_renumbered(&document) => self.explain(Cause::Renumbered),
                None => self.unexplained.push(format!("{}: no node {id}", file.name)),
            }
        }
    }

    fn node(
        &mut self,
        file: &File,
        inputs: Value<'_>,
        node: &Node<'_>,
        cause: &dyn Fn(&Spot<'_, '_>) -> Option<Cause>,
    ) {
        let sent: Vec<_> =
            inputs.entries().into_iter().map(|(name, sent)| (name.decode().into_owned(), sent)).collect();
        let given =
            |name: &str| node.inputs.iter().find(|input| input.name == name).map(|input| &input.given);
        // Links are not compared, unless the other side has a value.
        let is_value = |(name, sent): &&(String, Value<'_>)| {
            !is_link(*sent) || matches!(given(name), Some(Given::Value(_)))
        };
        let spots = sent.iter().filter(is_value).map(|(name, sent)| (name.as_str(), Some(*sent)));
        let unsent = node.inputs.iter().filter(|input| sent.iter().all(|(name, _)| *name != input.name));
        let unsent = unsent.filter(|input| input.value().is_some()).map(|input| (&*input.name, None));
        for (input, sent) in spots.chain(unsent) {
            let given = given(input);
            let spot = Spot { file: &file.name, input, node, sent, given };
            match (sent, given) {
                (Some(sent), Some(Given::Value(own))) if same_value(*own, sent) => self.same += 1,
                _ => match cause(&spot) {
                    Some(cause) => self.explain(cause),
                    None => self.unexplained.push(told(&spot)),
                },
            }
        }
    }

    fn explain(&mut self, cause: Cause) {
        *self.explained.entry(cause).or_default() += 1;
    }
}

fn is_link(value: Value<'_>) -> bool {
    matches!(value.items()[..], [id, _] if id.as_str().is_some())
}

fn told(spot: &Spot<'_, '_>) -> String {
    let Spot { file, input, node, sent, given } = spot;
    let class = node.class_type.as_deref().unwrap_or_default();
    let sent = sent.map_or("nothing", Value::raw);
    format!("{file}: {} {class}.{input}: conversion sends {sent}, inspection says {given:?}", node.id)
}

#[test]
fn both_say_the_same_of_the_fixtures() {
    let found = Comparison::of(&files::under("tests/fixtures"), KnownClasses::from(&*BUNDLED));
    let expected = [
        (Cause::Renumbered, 29),
        (Cause::UnknownClass, 40),
        (Cause::Primitive, 17),
        (Cause::PageWidget, 50),
        (Cause::Wrapped, 7),
        (Cause::MadeOnSending, 10),
    ];
    assert_eq!(found.explained.into_iter().collect::<Vec<_>>(), expected);
    assert!(found.files >= 100 && found.same >= 1000, "{} files, {} values", found.files, found.same);
}

#[test]
fn both_say_the_same_of_real_files() {
    let Some(object_info) = shared() else {
        return println!("skipped: ../shared/comfyui is not here");
    };
    let found = Comparison::of(
        &files::under("../shared"),
        KnownClasses::from(&Definitions::parse(object_info).unwrap()),
    );
    assert!(found.files >= 390 && found.same >= 7000, "{} files, {} values", found.files, found.same);
}

#[test]
fn both_say_the_same_of_custom_nodes_that_the_package_knows() {
    let known = KnownClasses::from(&*BUNDLED).or(Some(&CUSTOM));
    let mut files = files::under("tests/fixtures");
    files.extend(files::under("../shared"));
    let found = Comparison::of(&files, known);
    assert!(found.files >= 100 && found.same >= 1000, "{} files, {} values", found.files, found.same);
}

/// `has_unknown_class` looks names up; the conversion warns of each class that it does not know.
#[test]
fn names_looked_up_tell_the_same_as_a_conversion() {
    let (mut yes, mut no) = (0, 0);
    for file in ["tests/fixtures", "../shared"].iter().flat_map(|directory| files::under(directory)) {
        for known in [KnownClasses::from(&*BUNDLED), KnownClasses::from(&*BUNDLED).or(Some(&CUSTOM))] {
            let Ok(converted) = to_api_format(&file.bytes, known, &Options::default()) else { continue };
            let warns = converted.warnings.iter().any(|warning| warning.code == WarningCode::UnknownClass);
            assert_eq!(has_unknown_class(&file.bytes, known), Ok(warns), "{}", file.name);
            *(if warns { &mut yes } else { &mut no }) += 1;
        }
    }
    assert!(yes >= 20 && no >= 100, "{yes} files with unknown classes, {no} without");
}
