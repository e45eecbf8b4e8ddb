//! `toApiFormat`: reads what is given, lets the core convert.

use super::inspection::ServerDefinitions;
use crate::convert::{self, Converted, DynamicPrompts, Moment, Options, Warning, WarningCode};
use crate::definitions::Definitions;
use crate::wasm::error::{Failure, to_object};
use crate::workflow::Workflow;
use crate::{Error, ErrorKind};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What `pkg/src/inspect/convert.js` makes of the options.
#[wasm_bindgen]
pub struct ConvertOptions(Options);

#[wasm_bindgen]
impl ConvertOptions {
    /// `now` is year, month, day, hour, minute and second of local time; a `seed` draws the options of prompts.
    #[wasm_bindgen(constructor)]
    pub fn new(
        keeps_prompts: bool,
        seed: Option<u64>,
        now: &[u32],
        refuses_unknown_classes: bool,
    ) -> ConvertOptions {
        let dynamic_prompts = match (keeps_prompts, seed) {
            (true, _) => DynamicPrompts::Keep,
            (false, Some(seed)) => DynamicPrompts::Seed(seed),
            (false, None) => DynamicPrompts::First,
        };
        let now = match *now {
            [year, month, day, hour, minute, second] => {
                Some(Moment { year, month, day, hour, minute, second })
            }
            _ => None,
        };
        Self(Options { dynamic_prompts, now, refuses_unknown_classes })
    }
}

#[wasm_bindgen]
impl ServerDefinitions {
    /// The definitions that come with the package.
    pub fn bundled(json: &[u8]) -> Result<ServerDefinitions, Failure> {
        Ok(Self::of(Definitions::parse_bundled(json)?))
    }

    /// The version of ComfyUI whose classes these are, when they came with the package.
    #[wasm_bindgen(js_name = bundledFrom)]
    pub fn bundled_from(&self) -> Option<String> {
        self.get()?.bundled_from().map(str::to_owned)
    }
}

/// A workflow that was given to be converted: taken over once, and told apart here alone.
#[wasm_bindgen]
pub struct Convertible(Given);

enum Given {
    /// A workflow that is in API format already.
    Api(Converted),
    /// A file of the editor.
    Editor(Vec<u8>),
}

#[wasm_bindgen]
impl Convertible {
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Convertible, Failure> {
        let kept = match Workflow::open(&bytes, &mut String::new()) {
            Ok(workflow) => Some(convert::keep(&workflow)),
            Err(error) if matches!(error.kind(), ErrorKind::EditorWorkflow {}) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(Self(kept.map_or(Given::Editor(bytes), Given::Api)))
    }

    /// Whether it takes definitions to convert it.
    #[wasm_bindgen(getter, js_name = needsDefinitions)]
    pub fn needs_definitions(&self) -> bool {
        matches!(self.0, Given::Editor(_))
    }

    /// The workflow in API format, and warnings; what is in that format already is kept.
    pub fn convert(
        &self,
        definitions: &ServerDefinitions,
        options: &ConvertOptions,
    ) -> Result<JsValue, Failure> {
        let bytes = match &self.0 {
            Given::Api(kept) => return Ok(to_object(&Outcome::of(kept))),
            Given::Editor(bytes) => bytes,
        };
        let missing = || Error::invalid_definitions("no definitions were given");
        let definitions = definitions.get().ok_or_else(missing)?;
        let converted = convert::to_api_format(bytes, definitions, &options.0)?;
        Ok(to_object(&Outcome::of(&converted)))
    }
}

/// A `Converted`.
#[derive(Serialize)]
struct Outcome<'c> {
    json: &'c str,
    warnings: Vec<WarningFields<'c>>,
}

impl<'c> Outcome<'c> {
    fn of(converted: &'c Converted) -> Self {
        Self { json: &converted.json, warnings: converted.warnings.iter().map(WarningFields::of).collect() }
    }
}

#[derive(Serialize)]
struct WarningFields<'c> {
    code: &'static str,
    node: Option<&'c str>,
    input: Option<&'c str>,
    message: &'c str,
    advice: &'c str,
}

impl<'c> WarningFields<'c> {
    fn of(warning: &'c Warning) -> Self {
        Self {
            code: warning.code.as_str(),
            node: warning.node.as_deref(),
            input: warning.input.as_deref(),
            message: &warning.message,
            advice: match warning.code {
                // The core does not know what the option is called here.
                WarningCode::CommentCut => {
                    "convert with dynamicPrompts \"keep\" to send the text as it stands"
                }
                _ => &warning.advice,
            },
        }
    }
}
