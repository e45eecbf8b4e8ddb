//! All that is known of classes: a server's definitions or the package's, and behind them those of custom nodes.

use super::{Class, Definitions};

/// Definitions, and those that are asked for a class that the first do not have.
#[derive(Debug, Clone, Copy, Default)]
pub struct KnownClasses<'d> {
    first: Option<&'d Definitions>,
    custom: Option<&'d Definitions>,
}

impl<'d> KnownClasses<'d> {
    /// The same with those of custom nodes behind.
    #[must_use]
    pub fn or(self, custom: Option<&'d Definitions>) -> Self {
        Self { custom, ..self }
    }

    /// Whether anything is known.
    pub fn is_empty(&self) -> bool {
        self.first.is_none() && self.custom.is_none()
    }

    /// Whether a server told which classes it has: it refuses those that are not among them.
    pub fn is_of_server(&self) -> bool {
        self.first.is_some_and(Definitions::is_complete)
    }

    /// Whether the first have a class of which nothing can be read.
    pub fn is_unreadable(&self, class_type: &str) -> bool {
        self.first.is_some_and(|first| first.is_unreadable(class_type))
    }

    /// Whether a class is known.
    pub fn has(&self, class_type: &str) -> bool {
        [self.first, self.custom].into_iter().flatten().any(|known| known.has(class_type))
    }

    /// Takes a class apart.
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
