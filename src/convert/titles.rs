//! Titles that ComfyUI's English page has and its server does not.
//!
//! A node without a title gets the name of its class from the page's table of translations, which lags behind the
//! names that the server gives. These are the classes for which the two differ (page 1.49.6, server 0.33.0).

const TITLES: [(&str, &str); 6] = [
    ("LTXVConcatAVLatent", "LTXVConcatAVLatent"),
    ("LTXVSeparateAVLatent", "LTXVSeparateAVLatent"),
    ("ByteDanceSeedreamNodeV2", "ByteDance Seedream 4.5 & 5.0"),
    ("ByteDance2ReferenceNode", "ByteDance Seedance 2.5 Reference to Video"),
    ("IdeogramPImage", "Ideogram P-Image"),
    ("TopazImageEnhance", "Topaz Image Enhance"),
];

/// The title of a class, if it is not the server's name for it.
pub fn english(class: &str) -> Option<&'static str> {
    TITLES.iter().find(|(known, _)| *known == class).map(|(_, title)| *title)
}
