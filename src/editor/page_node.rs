//! Nodes that exist in the editor's page alone: ComfyUI's server never sees them.

/// What such a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNode {
    /// It says something to people.
    Note,
    /// It hands on what is linked to it.
    Reroute,
    /// It has one value and writes it into the widgets it is linked to.
    Primitive,
}

impl PageNode {
    /// What a node of this class is; none for the classes of a server, and for those of subgraphs.
    pub fn of(class_type: &str) -> Option<Self> {
        match class_type {
            "Note" | "MarkdownNote" => Some(Self::Note),
            "Reroute" => Some(Self::Reroute),
            "PrimitiveNode" => Some(Self::Primitive),
            _ => None,
        }
    }

    /// The name of its widget.
    pub fn widget(self) -> Option<&'static str> {
        match self {
            Self::Note => Some("text"),
            Self::Primitive => Some("value"),
            Self::Reroute => None,
        }
    }
}
