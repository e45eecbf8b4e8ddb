//! The classes of a workflow's nodes, each parsed once, and the inputs that they expect.

use super::model::{Node, Output};
use crate::definitions::{self, Class, ClassCache, KnownClasses, NodeInputs, Origin, types};
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// The class of each node, in the version that has its inputs; `None` if the definitions do not have it.
pub(super) fn of<'a>(nodes: &[Node<'a>], known: KnownClasses<'a>) -> Vec<Option<Rc<Class<'a>>>> {
    if known.is_empty() {
        return vec![None; nodes.len()];
    }
    let mut classes = ClassCache::new(known);
    let class = |node: &Node<'a>| {
        let class = classes.get(node.class_type.as_ref()?)?;
        (!is_another(&class, node)).then(|| version_of(class, node))
    };
    nodes.iter().map(class).collect()
}

/// Whether a node was saved with another class that has the name of one of ComfyUI's own, as `LoadVideo` of packs is
/// older than ComfyUI's: the file has outputs that the class does not have. The pack that a file names is no proof, since
/// some files name one for nodes that are ComfyUI's. What a server says of its classes holds in any case.
fn is_another(class: &Class<'_>, node: &Node<'_>) -> bool {
    let differs = |(index, output): (usize, &Output<'_>)| {
        let own = class.outputs.get(index).map(|own| &*own.kind);
        own.is_none_or(|own| {
            own != types::MATCH_TYPE && !types::connects(own, output.kind.as_deref().unwrap_or_default())
        })
    };
    class.origin == Origin::Comfy && node.outputs.iter().enumerate().any(differs)
}

/// The newest version of a class that has all inputs of a node; the newest of all if none has.
fn version_of<'a>(class: Rc<Class<'a>>, node: &Node<'a>) -> Rc<Class<'a>> {
    let has_all = |class: &Class<'a>| {
        let expected = expected(class, node);
        node.inputs.iter().all(|input| expected.iter().any(|known| known.name == input.name))
    };
    if class.older().is_empty() || has_all(&class) {
        return class;
    }
    let older = class.older().iter().find(|older| has_all(older)).cloned();
    older.unwrap_or(class)
}

/// The inputs that a class expects of a node.
pub(super) fn expected<'c, 'a>(class: &'c Class<'a>, node: &Node<'a>) -> Cow<'c, [definitions::Input<'a>]> {
    if class.is_dynamic() {
        class.expected(&Inputs::new(node)).into()
    } else {
        class.inputs.as_slice().into()
    }
}

/// Gives each input of a node its definition in the class, and the node the outputs of its class.
pub(super) fn attach<'a>(node: &mut Node<'a>, class: &Class<'a>) {
    let expected = expected(class, node);
    let mut indices = KeyIndex::default();
    for (index, input) in expected.iter().enumerate() {
        indices.claim(Cow::Borrowed(&*input.name), index);
    }
    for input in &mut node.inputs {
        input.expected = indices.get(&input.name).and_then(|index| expected.get(index)).cloned();
    }
    if node.outputs.is_empty() {
        let of_class = |output: &definitions::Output<'a>| Output {
            name: output.name.clone(),
            kind: Some(output.kind.clone()),
            links: 0,
        };
        node.outputs = class.outputs.iter().map(of_class).collect();
    }
}

/// The inputs of a node, for a class whose inputs depend on them.
pub(super) struct Inputs<'n, 'a> {
    node: &'n Node<'a>,
    indices: KeyIndex<'n>,
}

impl<'n, 'a> Inputs<'n, 'a> {
    pub(super) fn new(node: &'n Node<'a>) -> Self {
        let mut indices = KeyIndex::default();
        for (index, input) in node.inputs.iter().enumerate() {
            indices.claim(Cow::Borrowed(&*input.name), index);
        }
        Self { node, indices }
    }
}

impl NodeInputs for Inputs<'_, '_> {
    fn each_name(&self, take: &mut dyn FnMut(&str)) {
        self.node.inputs.iter().for_each(|input| take(&input.name));
    }

    fn has(&self, name: &str) -> bool {
        self.indices.get(name).is_some()
    }

    fn value(&self, name: &str) -> Option<Value<'_>> {
        self.node.inputs.get(self.indices.get(name)?)?.value()
    }
}
