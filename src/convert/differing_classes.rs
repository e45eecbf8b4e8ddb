//! The warnings about classes whose nodes were saved with another version of them: one for all nodes of a class.

use super::open_graph::{Fit, Node};
use super::warnings::Warning;
use crate::definitions::Origin;
use crate::editor::Pack;
use crate::error::WarningCode;
use crate::json::KeyIndex;

/// The classes of which a file has other versions than the definitions, in the order in which they were found.
#[derive(Debug, Default)]
pub struct DifferingClasses {
    classes: Vec<DifferingClass>,
    indices: KeyIndex<'static>,
}

#[derive(Debug)]
struct DifferingClass {
    class: String,
    pack: Option<String>,
    origin: Origin,
    /// Id of its first node.
    first: String,
    nodes: usize,
    /// How many saved values have no input, and in how many nodes.
    lost: usize,
}

impl DifferingClasses {
    /// Counts a node if it does not fit its class.
    pub fn add(&mut self, id: &str, node: &Node<'_>) {
        let Fit::Differs { lost, origin } = node.fit else { return };
        let known = self.indices.claim(node.class.to_string().into(), self.classes.len());
        let index = known.unwrap_or(self.classes.len());
        if known.is_none() {
            let (class, first) = (node.class.to_string(), id.to_owned());
            self.classes.push(DifferingClass { class, pack: None, origin, first, nodes: 0, lost: 0 });
        }
        let class = &mut self.classes[index];
        class.nodes += 1;
        class.lost += lost;
        class.pack = class.pack.take().or_else(|| node.pack.as_ref().map(Pack::to_string));
    }

    /// One warning for each class.
    pub fn warnings(self) -> impl Iterator<Item = Warning> {
        self.classes.into_iter().map(|class| Warning {
            code: WarningCode::DefinitionsDiffer,
            message: class.message(),
            advice: class.advice().to_owned(),
            node: Some(class.first),
            input: None,
        })
    }
}

impl DifferingClass {
    fn message(&self) -> String {
        let Self { class, first, nodes, lost, .. } = self;
        let who = match nodes {
            1 => format!("node \"{first}\" was"),
            _ => format!("{nodes} nodes were"),
        };
        let pack =
            self.pack.as_ref().map_or(String::new(), |pack| format!("; the file names the pack {pack}"));
        let lost = match lost {
            0 => String::new(),
            1 => "; one saved value could not be placed".to_owned(),
            _ => format!("; {lost} saved values could not be placed"),
        };
        format!("{who} saved with another version of {class} than the definitions have{pack}{lost}")
    }

    fn advice(&self) -> &'static str {
        if self.origin == Origin::Server {
            "check the values of these nodes: the server has another version of the class than the file was saved with"
        } else {
            "give the object_info of a server that has the version of the pack, or check the values of these nodes"
        }
    }
}
