//! Definitions of classes in wasm memory, for the inspection and for the conversion, each in its own.

use crate::definitions::{Definitions, KnownClasses};
use crate::wasm::error::Failure;
use wasm_bindgen::prelude::*;

/// Definitions, in wasm memory until JavaScript lets go of them; or none, where JavaScript has none to give.
#[wasm_bindgen]
pub struct ServerDefinitions {
    definitions: Option<Definitions>,
}

#[wasm_bindgen]
impl ServerDefinitions {
    /// Those of a server.
    pub fn server(object_info: Vec<u8>) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse(object_info)?))
    }

    /// Those that come with the package.
    pub fn bundled(json: &[u8]) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse_bundled(json)?))
    }

    /// Those of custom nodes that come with the package.
    pub fn custom(json: &[u8]) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse_custom(json)?))
    }

    pub fn none() -> ServerDefinitions {
        Self { definitions: None }
    }
}

impl ServerDefinitions {
    fn of(definitions: Definitions) -> Self {
        Self { definitions: Some(definitions) }
    }

    /// What the core works with, with `custom` behind it.
    pub fn known<'d>(&'d self, custom: &'d Self) -> KnownClasses<'d> {
        KnownClasses::from(self.get()).or(custom.get())
    }

    /// The definitions that were given.
    pub fn get(&self) -> Option<&Definitions> {
        self.definitions.as_ref()
    }
}
