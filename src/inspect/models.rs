//! The model files that a workflow uses.

use super::folders;
use super::model::{InputKind, Model, Node};
use crate::json::python;

/// The model files, in file order; those of nodes that do not run among them. Without all choices nobody can say whether
/// the server has them.
pub(super) fn of<'a>(nodes: &[Node<'a>]) -> Vec<Model<'a>> {
    let mut models = Vec::new();
    for (node_index, node) in nodes.iter().enumerate() {
        let class_type = node.class_type.as_deref().unwrap_or_default();
        let models_of = node.inputs.iter().enumerate().filter(|(_, input)| input.kind == InputKind::Model);
        for (input_index, input) in models_of {
            let Some(value) = input.value() else { continue };
            let Some(name) = value.as_str().map(|text| text.decode()) else { continue };
            if name.is_empty() || name.eq_ignore_ascii_case("none") {
                continue;
            }
            let choices = input.expected.as_ref().and_then(|expected| expected.spec.choices());
            models.push(Model {
                name,
                node: node_index,
                input: input_index,
                folder: folders::folder(class_type, &input.name),
                available: choices.map(|choices| python::contains(choices, value)),
            });
        }
    }
    models
}
