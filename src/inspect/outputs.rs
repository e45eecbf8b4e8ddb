//! Which nodes a run ends in, by their class, if no definitions say so.

use super::preparing::PREPARING;

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
pub(super) fn ends_by_name(class_type: &str) -> bool {
    let says = |word: &str| crate::text::find(class_type, word).is_some();
    ENDS.contains(&class_type) || says("Save") || says("Preview")
}

/// Without definitions, a run ends in nodes whose names say so, and in those from which only muted nodes read, unless
/// they are of ComfyUI's own classes that are known to prepare something. Any other class may do anything, so it gets
/// the benefit of the doubt.
pub(super) fn is_output(class_type: Option<&str>, is_read: bool) -> bool {
    let Some(class_type) = class_type else { return false };
    ends_by_name(class_type) || (!is_read && !PREPARING.contains(&class_type))
}
