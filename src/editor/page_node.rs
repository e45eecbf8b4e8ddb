//! Nodes that exist only in the editor's page: ComfyUI's server never sees them.

use crate::json::Value;

/// What such a node does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageNode {
    /// It tells people something, or helps them edit.
    Aside,
    /// It passes on what is linked to it.
    Reroute,
    /// It has one value and writes it into the widgets it is linked to.
    Primitive,
    /// It gives a name to whatever is linked to it.
    Set(Pair),
    /// It passes on what a [`PageNode::Set`] of the same pair has named.
    Get(Pair),
}

/// The packs whose nodes connect by name; each knows only its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pair {
    /// `ComfyUI-KJNodes`, which also looks in the graphs around a subgraph.
    KjNodes,
    /// `ComfyUI-Easy-Use`.
    EasyUse,
}

/// Longer names connect nothing: nobody types them, and they would be read again for each instance of a subgraph.
const MAX_NAME: usize = 1000;

impl Pair {
    /// The key by which the two nodes of a pair find each other; `None` for a value that is not a name.
    pub fn key(self, name: Value<'_>) -> Option<String> {
        let text = name.as_str().filter(|text| text.raw().len() <= MAX_NAME)?.decode();
        let pack = match self {
            Self::KjNodes => "kj",
            Self::EasyUse => "easy",
        };
        (!text.is_empty()).then(|| [pack, " ", &*text].concat())
    }

    /// Whether a name is also searched for in the graphs around a subgraph.
    pub fn looks_outside(self) -> bool {
        self == Self::KjNodes
    }
}

/// Classes of ComfyUI and of packs that tell people something or help them edit. Those that switch other nodes on and
/// off leave their effect in the modes of these nodes.
const ASIDES: [&str; 20] = [
    "Note",
    "MarkdownNote",
    "Node Collector (rgthree)",
    "Node Combiner (rgthree)",
    "Fast Muter (rgthree)",
    "Fast Bypasser (rgthree)",
    "Mute / Bypass Repeater (rgthree)",
    "Mute / Bypass Relay (rgthree)",
    "Fast Groups Muter (rgthree)",
    "Fast Groups Bypasser (rgthree)",
    "Fast Actions Button (rgthree)",
    "Random Unmuter (rgthree)",
    "Label (rgthree)",
    "Bookmark (rgthree)",
    "Power Conductor (rgthree)",
    "Note Plus (mtb)",
    "easy bookmark",
    "Show Metadata [Crystools]",
    "ComfyDeploy",
    // It writes its text into the node it is linked to; the file has the text only there.
    "PresetText|pysssss",
];

impl PageNode {
    /// What a node of this class does; `None` for the classes of a server, and for subgraphs.
    pub fn of(class_type: &str) -> Option<Self> {
        match class_type {
            "Reroute" | "Reroute (rgthree)" | "mxReroute" => Some(Self::Reroute),
            "PrimitiveNode" => Some(Self::Primitive),
            "SetNode" => Some(Self::Set(Pair::KjNodes)),
            "GetNode" => Some(Self::Get(Pair::KjNodes)),
            "easy setNode" => Some(Self::Set(Pair::EasyUse)),
            "easy getNode" => Some(Self::Get(Pair::EasyUse)),
            _ => ASIDES.contains(&class_type).then_some(Self::Aside),
        }
    }

    /// The name of its only widget; `None` if it has none.
    pub fn widget(self, class_type: &str) -> Option<&'static str> {
        match self {
            Self::Aside => matches!(class_type, "Note" | "MarkdownNote").then_some("text"),
            Self::Primitive => Some("value"),
            Self::Set(_) | Self::Get(_) => Some("Constant"),
            Self::Reroute => None,
        }
    }
}
