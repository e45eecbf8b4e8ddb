//! The classes of a workflow's nodes, each parsed once.

use super::{Class, KnownClasses};
use crate::json::KeyIndex;
use std::rc::Rc;

/// The classes that have been asked for.
#[derive(Debug)]
pub struct ClassCache<'d> {
    definitions: KnownClasses<'d>,
    known: Vec<Option<Rc<Class<'d>>>>,
    indices: KeyIndex<'static>,
}

impl<'d> ClassCache<'d> {
    /// An empty cache.
    pub fn new(definitions: KnownClasses<'d>) -> Self {
        Self { definitions, known: Vec::new(), indices: KeyIndex::default() }
    }

    /// Whether the definitions are a server's, which has no other classes.
    pub fn is_of_server(&self) -> bool {
        self.definitions.is_of_server()
    }

    /// The class of this name; `None` if the definitions do not have it.
    pub fn get(&mut self, name: &str) -> Option<Rc<Class<'d>>> {
        if let Some(index) = self.indices.get(name) {
            return self.known.get(index)?.clone();
        }
        let class = self.definitions.class(name).map(Rc::new);
        self.indices.claim(name.to_owned().into(), self.known.len());
        self.known.push(class.clone());
        class
    }
}
