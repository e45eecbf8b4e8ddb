//! The model files that a workflow uses.

use super::folders;
use super::model::{InputKind, Model, ModelFile, Node};
use crate::json::KeyIndex;
use crate::json::python;
use std::borrow::Cow;

/// The most entries of a list that are searched for one model: a node lists those that it loads.
const MAX_LISTED: usize = 1000;

/// The model files, in file order, including those of nodes that do not run. Without all choices it is not known
/// whether the server has them.
pub(super) fn of<'a>(nodes: &[Node<'a>], listed: &[ModelFile<'a>]) -> Vec<Model<'a>> {
    let (mut models, elsewhere) = (Vec::new(), Listed::of(nodes, listed));
    for (node_index, node) in nodes.iter().enumerate() {
        let class_type = node.class_type.as_deref().unwrap_or_default();
        let models_of = node.inputs.iter().enumerate().filter(|(_, input)| input.kind == InputKind::Model);
        for (input_index, input) in models_of {
            let Some(value) = input.value() else { continue };
            let Some(name) = value.as_str().map(|text| text.decode()) else { continue };
            if name.is_empty() || name.eq_ignore_ascii_case("none") {
                continue;
            }
            let spec = input.expected.as_ref().map(|expected| &expected.spec);
            let choices = spec.filter(|spec| spec.is_of_server()).and_then(|spec| spec.choices());
            let own = node.model_files.iter().take(MAX_LISTED).find(|file| is_file(&name, &file.name));
            // A widget of a subgraph's node sets a model that the file lists at a node inside.
            let file = own.or_else(|| elsewhere.get(&name));
            let told = file.and_then(|file| file.folder.clone());
            models.push(Model {
                name,
                node: node_index,
                input: input_index,
                folder: folders::folder(class_type, &input.name).map(Cow::Borrowed).or(told),
                url: file.and_then(|file| file.url.clone()),
                available: choices.map(|choices| python::contains(choices, value)),
            });
        }
    }
    models
}

/// The model files that the nodes and the whole file list, by their names.
struct Listed<'n, 'a> {
    files: Vec<&'n ModelFile<'a>>,
    indices: KeyIndex<'n>,
}

impl<'n, 'a> Listed<'n, 'a> {
    fn of(nodes: &'n [Node<'a>], listed: &'n [ModelFile<'a>]) -> Self {
        let files: Vec<_> = nodes.iter().flat_map(|node| &node.model_files).chain(listed).collect();
        let mut indices = KeyIndex::default();
        for (index, file) in files.iter().enumerate() {
            indices.claim(Cow::Borrowed(&*file.name), index);
        }
        Self { files, indices }
    }

    fn get(&self, name: &str) -> Option<&'n ModelFile<'a>> {
        let bare = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let index = self.indices.get(name).or_else(|| self.indices.get(bare))?;
        self.files.get(index).copied()
    }
}

/// Whether a value names a listed file, with or without the folders that it is in.
fn is_file(value: &str, file: &str) -> bool {
    value.strip_suffix(file).is_some_and(|rest| rest.is_empty() || rest.ends_with(['/', '\\']))
}
