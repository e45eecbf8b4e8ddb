//! Which nodes a run ends in, told by their class where no definitions say it.

use super::preparing::PREPARING;

/// Classes that end a run and are not named for it.
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

/// Whether a class says by its name that a run ends in it: it saves or shows something.
pub(super) fn ends_by_name(class_type: &str) -> bool {
    let says = |word: &str| crate::text::find(class_type, word).is_some();
    ENDS.contains(&class_type) || says("Save") || says("Preview")
}

/// Without definitions: what is named for it ends a run, and what nothing reads from but muted nodes, unless it is one of
/// ComfyUI's own that are known to prepare something.
/// A class of somebody's own may do anything, so that it gets the benefit of the doubt.
pub(super) fn is_output(class_type: Option<&str>, is_read: bool) -> bool {
    let Some(class_type) = class_type else { return false };
    ends_by_name(class_type) || (!is_read && !PREPARING.contains(&class_type))
}
