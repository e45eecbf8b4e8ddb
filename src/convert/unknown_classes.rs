//! The warnings about classes that the definitions do not have: one for all nodes of a class.

use super::open_graph::Node;
use super::warnings::Warning;
use crate::Error;
use crate::definitions::KnownClasses;
use crate::editor::{Document, Mode, Pack, PageNode};
use crate::error::WarningCode;
use crate::json::KeyIndex;

/// Whether a file in editor format has an unknown class among the nodes that would go into the prompt. This converts
/// nothing: it only looks names up.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for anything that is not an editor-format
/// workflow.
pub fn has_unknown_class<'d>(bytes: &[u8], known: impl Into<KnownClasses<'d>>) -> Result<bool, Error> {
    let (known, mut scratch) = (known.into(), String::new());
    let document = Document::open(bytes, &mut scratch)?;
    let (mut open, mut seen) = (vec![&document.root], KeyIndex::default());
    let mut is_canvas = true;
    while let Some(graph) = open.pop() {
        for node in &graph.nodes {
            let name = node.class_type.as_deref().unwrap_or_default();
            // Group nodes are opened only on the canvas.
            let definition = document.definition(name).filter(|inside| is_canvas || !inside.is_group_node);
            match definition {
                // Inside a subgraph the editor opens muted and bypassed ones as well.
                Some(inside) if node.mode == Mode::Active || !is_canvas => {
                    if seen.claim(name.into(), 0).is_none() {
                        open.push(&inside.graph);
                    }
                }
                None if node.mode == Mode::Active && PageNode::of(name).is_none() && !known.has(name) => {
                    return Ok(true);
                }
                Some(_) | None => {}
            }
        }
        is_canvas = false;
    }
    Ok(false)
}

/// The unknown classes of a file, in the order in which they were found.
#[derive(Debug, Default)]
pub struct UnknownClasses {
    classes: Vec<UnknownClass>,
    indices: KeyIndex<'static>,
}

#[derive(Debug)]
struct UnknownClass {
    class: String,
    pack: Option<String>,
    /// Id of its first node.
    first: String,
    /// Whether the server has it in a form that cannot be read.
    is_unreadable: bool,
    nodes: usize,
    /// How many of its nodes have values without names.
    unnamed: usize,
}

impl UnknownClasses {
    /// Counts a node of an unknown class.
    pub fn add(&mut self, id: &str, node: &Node<'_>, is_unreadable: bool) {
        let known = self.indices.claim(node.class.to_string().into(), self.classes.len());
        let index = known.unwrap_or(self.classes.len());
        if known.is_none() {
            self.classes.push(UnknownClass::of(id, node, is_unreadable));
        }
        let class = &mut self.classes[index];
        class.nodes += 1;
        class.unnamed += usize::from(!node.has_names);
        class.pack = class.pack.take().or_else(|| node.pack.as_ref().map(Pack::to_string));
    }

    /// One warning for each class.
    pub fn warnings(self) -> impl Iterator<Item = Warning> {
        self.classes.into_iter().map(|class| Warning {
            code: WarningCode::UnknownClass,
            message: class.message(),
            advice: class.advice().to_owned(),
            node: Some(class.first),
            input: None,
        })
    }
}

impl UnknownClass {
    fn of(id: &str, node: &Node<'_>, is_unreadable: bool) -> Self {
        Self {
            class: node.class.to_string(),
            pack: node.pack.as_ref().map(Pack::to_string),
            first: id.to_owned(),
            is_unreadable,
            nodes: 0,
            unnamed: 0,
        }
    }

    fn message(&self) -> String {
        let Self { class, first, nodes, unnamed, .. } = self;
        let who = match nodes {
            1 => format!("node \"{first}\" has"),
            _ => format!("{nodes} nodes have"),
        };
        let pack =
            self.pack.as_ref().map_or(String::new(), |pack| format!("; the file names the pack {pack}"));
        let names = match (unnamed, nodes) {
            (0, _) => String::new(),
            (1, 1) => "; the names of its values cannot be known".to_owned(),
            _ => format!("; the names of the values of {unnamed} of them cannot be known"),
        };
        let unknown = match self.is_unreadable {
            true => "which the definitions have in a form that cannot be read",
            false => "which the definitions do not have",
        };
        format!("{who} the class {class}, {unknown}{pack}{names}")
    }

    fn advice(&self) -> &'static str {
        if self.is_unreadable {
            "check its values in ComfyUI: the pack does not describe the class in the form that ComfyUI expects"
        } else if self.unnamed == 0 {
            "run it on a server on which the pack is installed; with that server's object_info its values are checked"
        } else {
            "give the object_info of a server on which the pack is installed, or open the file in a newer ComfyUI \
            that has the pack and save it again"
        }
    }
}
