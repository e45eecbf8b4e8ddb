//! The node classes that come with ComfyUI, and which of them are output nodes.
//!
//! `classes.txt` holds one name per line, with a tab and a star after those that are output nodes.

use std::collections::HashMap;
use std::sync::LazyLock;

static OWN: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    include_str!("classes.txt")
        .lines()
        .map(|line| match line.strip_suffix("\t*") {
            Some(name) => (name, true),
            None => (line, false),
        })
        .collect()
});

/// True when the class comes with ComfyUI rather than with a custom node.
pub fn is_own(class_type: &str) -> bool {
    OWN.contains_key(class_type)
}

/// Whether a class is an output node; `None` for a class that does not come with ComfyUI.
pub fn is_output(class_type: &str) -> Option<bool> {
    OWN.get(class_type).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_comfyuis_own_classes_and_their_ends() {
        assert_eq!(is_output("SaveImage"), Some(true));
        assert_eq!(is_output("KSampler"), Some(false));
        assert_eq!(is_output("VHS_VideoCombine"), None);
        assert!(is_own("SaveImageWebsocket") && !is_own("ImageResize+"));
    }
}
