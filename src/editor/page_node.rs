//! Nodes that exist in the editor's page alone: ComfyUI's server never sees them.

use crate::json::Value;

/// What such a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNode {
    /// It says something to people, or helps them while they edit.
    Aside,
    /// It hands on what is linked to it.
    Reroute,
    /// It has one value and writes it into the widgets it is linked to.
    Primitive,
    /// It gives a name to what is linked to it.
    Set(Pair),
    /// It hands on what a [`PageNode::Set`] of the same pair has under its name.
    Get(Pair),
}

/// The packs whose nodes connect by name; each knows its own alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// `ComfyUI-KJNodes`, which also looks in the graphs around a subgraph.
    KjNodes,
    /// `ComfyUI-Easy-Use`.
    EasyUse,
}

/// Longer names connect nothing: nobody types them, and each instance of a subgraph would be read with them.
const MAX_NAME: usize = 1000;

impl Pair {
    /// What both nodes of a pair are found by; none for what is not a name.
    pub fn key(self, name: Value<'_>) -> Option<String> {
        let text = name.as_str().filter(|text| text.raw().len() <= MAX_NAME)?.decode();
        let pack = match self {
            Self::KjNodes => "kj",
            Self::EasyUse => "easy",
        };
        (!text.is_empty()).then(|| [pack, " ", &*text].concat())
    }

    /// Whether a name is also looked for in the graphs around a subgraph.
    pub fn looks_outside(self) -> bool {
        self == Self::KjNodes
    }
}

/// Classes of ComfyUI and of packs that say something to people or help them while they edit. What those that switch other
/// nodes on and off have done is saved in the modes of these nodes.
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
    // It writes its text into what it is linked to; the file has the text only there.
    "PresetText|pysssss",
];

impl PageNode {
    /// What a node of this class is; none for the classes of a server, and for those of subgraphs.
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

    /// The name of its only widget, where it has one.
    pub fn widget(self, class_type: &str) -> Option<&'static str> {
        match self {
            Self::Aside => matches!(class_type, "Note" | "MarkdownNote").then_some("text"),
            Self::Primitive => Some("value"),
            Self::Set(_) | Self::Get(_) => Some("Constant"),
            Self::Reroute => None,
        }
    }
}
