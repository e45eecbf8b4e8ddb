//! Which nodes a run ends in.

use super::model::Node;
use super::preparing::PREPARING;
use crate::definitions::Class;

/// Classes that end a run although their names do not say so.
const ENDS: [&str; 26] = [
    "ImageCompare",
    "ImageCompositor",
    "CreateBoundingBoxes",
    "LossGraphNode",
    "MeshyAnimateModelNode",
    "MeshyImageToModelNode",
    "MeshyMultiImageToModelNode",
    "MeshyRefineNode",
    "MeshyRigModelNode",
    "MeshyTextToModelNode",
    "MeshyTextureNode",
    "TencentImageToModelNode",
    "TencentTextToModelNode",
    "TripoConversionNode",
    "TripoImageToModelNode",
    "TripoMultiviewToModelNode",
    "TripoRefineNode",
    "TripoRetargetNode",
    "TripoRigNode",
    "TripoTextToModelNode",
    "TripoTextureNode",
    "VHS_VideoCombine",
    "Image Comparer (rgthree)",
    "Display Any (rgthree)",
    "easy showAnything",
    "ShowText|pysssss",
];

/// Whether the name of a class says that a run ends in it: it saves or shows something.
fn ends_by_name(class_type: &str) -> bool {
    let says = |word: &str| crate::text::find(class_type, word).is_some();
    ENDS.contains(&class_type) || says("Save") || says("Preview")
}

/// Whether a run ends in a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Yes,
    /// Its class is not known, and may do anything.
    Perhaps,
    No,
}

/// The definition of a class says whether a run ends in it. Without one, the names of ComfyUI's own classes do; any
/// other class gets the benefit of the doubt.
pub(super) fn end(node: &Node<'_>, class: Option<&Class<'_>>) -> End {
    if node.is_subgraph || node.editor_only {
        return End::No;
    }
    match (class, node.class_type.as_deref()) {
        (Some(class), _) if class.output_node => End::Yes,
        (Some(_), _) | (None, None) => End::No,
        (None, Some(class_type)) if ends_by_name(class_type) => End::Yes,
        (None, Some(class_type)) if PREPARING.contains(&class_type) => End::No,
        (None, Some(_)) => End::Perhaps,
    }
}
