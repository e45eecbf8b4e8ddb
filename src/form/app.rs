//! The form that was designed in ComfyUI's App mode, which the editor's file contains.

use super::field::NodeSource;
use super::{Group, Schema, Source, label};
use crate::Error;
use crate::definitions::KnownClasses;
use crate::editor::Document;
use crate::inspect::editor_graph;
use crate::json::Value;
use crate::text::find;
use crate::workflow::{Carried, input_key};
use std::borrow::Cow;

/// What App mode shows of a workflow, by the ids and names of the converted workflow.
#[derive(Debug)]
pub struct App {
    /// Parameter keys, in the order of the app.
    keys: Vec<String>,
    /// Ids of the nodes whose results are shown.
    outputs: Vec<String>,
}

impl App {
    /// The app in an editor's file; `None` if none was designed.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for anything that is not a file of the
    /// editor.
    pub fn parse(file: &[u8]) -> Result<Option<Self>, Error> {
        let mut scratch = String::new();
        let document = Document::open(file, &mut scratch)?;
        let graph = editor_graph(&document, KnownClasses::default())?;
        let Some(app) = graph.app else { return Ok(None) };
        let id = |index: usize| &*graph.nodes[index].id;
        Ok(Some(Self {
            keys: app.inputs.iter().map(|(node, input)| input_key(id(*node), input)).collect(),
            outputs: app.outputs.iter().map(|index| id(*index).to_owned()).collect(),
        }))
    }

    /// The app in the editor-format part of a file that has both formats; `None` if there is none.
    pub fn beside(file: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(file).ok()?;
        // Most files are only a workflow.
        find(text, "linearData")?;
        let carried = Carried::of(text.strip_prefix('\u{feff}').unwrap_or(text));
        let editor: Cow<'_, str> = carried.api.and(carried.editor)?;
        Self::parse(editor.as_bytes()).ok()?
    }
}

/// A field for each input of the app that the workflow has; consecutive fields of one node are one group.
pub(super) fn schema<'a>(source: &Source<'_, 'a>, app: &App) -> Schema<'a> {
    let mut schema = Schema { outputs: Some(app.outputs.clone()), ..Schema::default() };
    for key in &app.keys {
        let Some((node, input)) = source.keys.input(key) else { continue };
        let field = NodeSource::new(source, node).field(&input);
        match schema.basic.last_mut().filter(|group: &&mut Group<'_>| group.node.same_as(node.id)) {
            Some(group) => group.fields.push(field),
            None => schema.basic.push(Group {
                node: node.id,
                class_type: node.class_type.and_then(Value::as_str),
                title: label(node),
                visible: true,
                fields: vec![field],
            }),
        }
    }
    schema
}
