//! Definitions of classes in wasm memory, for the inspection and for the conversion, each in its own.

use crate::definitions::{Definitions, KnownClasses};
use crate::wasm::error::Failure;
use wasm_bindgen::prelude::*;

/// Definitions, in wasm memory until JavaScript frees them; or none, if JavaScript has none to pass.
#[wasm_bindgen]
pub struct ServerDefinitions {
    definitions: Option<Definitions>,
}

#[wasm_bindgen]
impl ServerDefinitions {
    /// The definitions of a server.
    pub fn server(object_info: Vec<u8>) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse(object_info)?))
    }

    /// The definitions that come with the package.
    pub fn bundled(json: &[u8]) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse_bundled(json)?))
    }

    /// The definitions of custom nodes that come with the package.
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

    /// The definitions that the core uses, with `custom` as the second set.
    pub fn known<'d>(&'d self, custom: &'d Self) -> KnownClasses<'d> {
        KnownClasses::from(self.get()).or(custom.get())
    }

    /// The definitions that were passed.
    pub fn get(&self) -> Option<&Definitions> {
        self.definitions.as_ref()
    }
}
