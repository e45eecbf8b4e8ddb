//! The notes in a workflow.

use super::model::{Node, Note};

/// Classes of notes, and whether they contain Markdown.
const NOTES: [(&str, bool); 3] = [("Note", false), ("MarkdownNote", true), ("Note Plus (mtb)", true)];

/// The notes that are not empty.
pub(super) fn of<'a>(nodes: &[Node<'a>]) -> Vec<Note<'a>> {
    let notes = nodes.iter().enumerate().filter_map(|(index, node)| {
        let class = node.class_type.as_deref()?;
        let (_, is_markdown) = NOTES.iter().find(|(note, _)| *note == class)?;
        let texts = node.inputs.iter().filter_map(|input| input.value()?.as_str());
        let text = texts.map(|text| text.decode()).find(|text| !text.trim().is_empty())?;
        Some(Note { node: index, text, is_markdown: *is_markdown })
    });
    notes.collect()
}
