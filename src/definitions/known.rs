//! Everything known about classes: the definitions of a server or of the package, then those of custom nodes.

use super::{Class, Definitions};

/// Definitions, and a second set that is asked for classes the first does not have.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownClasses<'d> {
    first: Option<&'d Definitions>,
    custom: Option<&'d Definitions>,
}

impl<'d> KnownClasses<'d> {
    /// The same definitions, with those of custom nodes as the second set.
    #[must_use]
    pub fn or(self, custom: Option<&'d Definitions>) -> Self {
        Self { custom, ..self }
    }

    /// Whether there are no definitions.
    pub fn is_empty(&self) -> bool {
        self.first.is_none() && self.custom.is_none()
    }

    /// Whether they are a server's, which refuses any other class.
    pub fn is_of_server(&self) -> bool {
        self.first.is_some_and(Definitions::is_complete)
    }

    /// The version of ComfyUI from which the first set was made, if it comes with the package.
    pub fn bundled_from(&self) -> Option<&'d str> {
        self.first.and_then(Definitions::bundled_from)
    }

    /// Whether the first set has this class in a form that cannot be read.
    pub fn is_unreadable(&self, class_type: &str) -> bool {
        self.first.is_some_and(|first| first.is_unreadable(class_type))
    }

    /// Whether a class is known.
    pub fn has(&self, class_type: &str) -> bool {
        [self.first, self.custom].into_iter().flatten().any(|known| known.has(class_type))
    }

    /// Parses a class; `None` if neither set has it.
    pub fn class(&self, class_type: &str) -> Option<Class<'d>> {
        let of_first = self.first.and_then(|first| first.class(class_type));
        of_first.or_else(|| self.custom?.class(class_type))
    }
}

impl<'d> From<&'d Definitions> for KnownClasses<'d> {
    fn from(first: &'d Definitions) -> Self {
        Self { first: Some(first), custom: None }
    }
}

impl<'d> From<Option<&'d Definitions>> for KnownClasses<'d> {
    fn from(first: Option<&'d Definitions>) -> Self {
        Self { first, custom: None }
    }
}
