//! The names of ComfyUI's types, as `object_info` and the editor's files write them.

/// A whole number.
pub const INT: &str = "INT";
/// A number.
pub const FLOAT: &str = "FLOAT";
/// True or false.
pub const BOOLEAN: &str = "BOOLEAN";
/// A text.
pub const STRING: &str = "STRING";
/// One of a list of choices, in both forms in which the list is written.
pub const COMBO: &str = "COMBO";
/// A number that may be written as either.
pub const FLOAT_OR_INT: &str = "FLOAT,INT";
/// Anything can be linked.
pub const ANY: &str = "*";

/// A choice that has its own inputs.
pub const DYNAMIC_COMBO: &str = "COMFY_DYNAMICCOMBO_V3";
/// A group of sockets that grows with its links.
pub const AUTOGROW: &str = "COMFY_AUTOGROW_V3";
/// A socket that brings inputs once it is linked.
pub const DYNAMIC_SLOT: &str = "COMFY_DYNAMICSLOT_V3";
/// A socket whose type follows from what is linked.
pub const MATCH_TYPE: &str = "COMFY_MATCHTYPE_V3";

/// A text of several lines, formatted.
pub const MARKDOWN: &str = "MARKDOWN";
/// A text of several lines.
pub const TEXTAREA: &str = "TEXTAREA";
/// A colour.
pub const COLOR: &str = "COLOR";
/// Several colours.
pub const COLORS: &str = "COLORS";
/// Points of a curve.
pub const CURVE: &str = "CURVE";
/// A lower and an upper bound.
pub const RANGE: &str = "RANGE";
/// A chart.
pub const CHART: &str = "CHART";
/// Several images.
pub const GALLERIA: &str = "GALLERIA";
/// A rectangle.
pub const BOUNDING_BOX: &str = "BOUNDING_BOX";
/// Several rectangles.
pub const BOUNDING_BOXES: &str = "BOUNDING_BOXES";
/// Two images side by side.
pub const IMAGE_COMPARE: &str = "IMAGECOMPARE";
/// A drawing.
pub const PAINTER: &str = "PAINTER";
/// Images in layers.
pub const COMPOSITOR: &str = "COMPOSITOR";
/// The cuts of a video.
pub const VIDEO_EDIT: &str = "VIDEO_EDIT";
/// The button that uploads an image.
pub const IMAGE_UPLOAD: &str = "IMAGEUPLOAD";
/// The button that uploads a sound.
pub const AUDIO_UPLOAD: &str = "AUDIOUPLOAD";
/// A sound player.
pub const AUDIO_UI: &str = "AUDIO_UI";
/// A recording from the microphone.
pub const AUDIO_RECORD: &str = "AUDIO_RECORD";
/// An image from the camera.
pub const WEBCAM: &str = "WEBCAM";
/// A 3D view.
pub const LOAD_3D: &str = "LOAD_3D";
/// A 3D view with more settings.
pub const LOAD_3D_ADVANCED: &str = "LOAD_3D_ADVANCED";
/// A 3D view of a result.
pub const PREVIEW_3D: &str = "PREVIEW_3D";

/// Types of inputs that the editor shows as a widget; all others are sockets only.
pub const WIDGETS: [&str; 28] = [
    INT,
    FLOAT,
    BOOLEAN,
    STRING,
    COMBO,
    MARKDOWN,
    TEXTAREA,
    COLOR,
    COLORS,
    CURVE,
    RANGE,
    CHART,
    GALLERIA,
    BOUNDING_BOX,
    BOUNDING_BOXES,
    IMAGE_COMPARE,
    PAINTER,
    COMPOSITOR,
    VIDEO_EDIT,
    IMAGE_UPLOAD,
    AUDIO_UPLOAD,
    AUDIO_UI,
    AUDIO_RECORD,
    WEBCAM,
    LOAD_3D,
    LOAD_3D_ADVANCED,
    PREVIEW_3D,
    DYNAMIC_COMBO,
];

/// Types of widgets whose value is made by something that runs in the open editor.
pub const LIVE: [&str; 7] =
    [LOAD_3D, LOAD_3D_ADVANCED, PREVIEW_3D, WEBCAM, AUDIO_RECORD, PAINTER, COMPOSITOR];

/// Whether a type accepts anything: `*`, or a type that is not given.
pub fn is_any(kind: &str) -> bool {
    matches!(kind, "" | ANY)
}

/// Whether an output of one type may be linked to an input of another; of types in a list, any one has to match.
pub fn connects(one: &str, other: &str) -> bool {
    let among = |kind: &str| other.split(',').any(|other| other.trim().eq_ignore_ascii_case(kind.trim()));
    is_any(one) || is_any(other) || one.split(',').any(among)
}

#[cfg(test)]
mod tests {
    use super::connects;

    #[test]
    fn any_type_of_a_list_connects() {
        for (one, other) in [
            ("IMAGE", "IMAGE"),
            ("image", "IMAGE"),
            ("*", "MASK"),
            ("MASK", ""),
            ("FLOAT,INT", "INT"),
            ("MASK", "IMAGE, MASK"),
        ] {
            assert!(connects(one, other) && connects(other, one), "{one} {other}");
        }
        assert!(!connects("IMAGE", "MASK") && !connects("FLOAT,INT", "STRING,BOOLEAN"));
    }
}
