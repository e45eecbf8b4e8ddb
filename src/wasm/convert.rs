//! The exports behind `toApiFormat` and `applyParams` of `viewcomfy-wasm/inspect`: they read the input and let the
//! core convert it, or put values into it.

use crate::convert::{self, Converted, DynamicPrompts, Moment, Options, Report, Warning, WarningCode};
use crate::definitions::KnownClasses;
use crate::wasm::definitions::ServerDefinitions;
use crate::wasm::error::Failure;
use crate::wasm::record::to_object;
use crate::wasm::values;
use crate::workflow::{Workflow, apply};
use crate::{Error, ErrorKind};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What `pkg/src/inspect/convert.js` makes from the options.
#[wasm_bindgen]
pub struct ConvertOptions(Options);

#[wasm_bindgen]
impl ConvertOptions {
    /// `now` is year, month, day, hour, minute and second of local time; a `seed` draws the options of prompts.
    #[wasm_bindgen(constructor)]
    pub fn new(keeps_prompts: bool, seed: Option<u64>, now: &[u32], strict: bool) -> ConvertOptions {
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
        Self(Options { dynamic_prompts, now, strict })
    }
}

/// A workflow to be converted: taken over once, and its format recognised only here.
#[wasm_bindgen]
pub struct Convertible {
    bytes: Vec<u8>,
    is_editor: bool,
}

#[wasm_bindgen]
impl Convertible {
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Convertible, Failure> {
        let is_editor = match Workflow::open(&bytes, &mut String::new()) {
            Ok(_) => false,
            Err(error) if matches!(error.kind(), ErrorKind::EditorWorkflow {}) => true,
            Err(error) => return Err(error.into()),
        };
        Ok(Self { bytes, is_editor })
    }

    /// Whether definitions are needed to convert it.
    #[wasm_bindgen(getter, js_name = needsDefinitions)]
    pub fn needs_definitions(&self) -> bool {
        self.is_editor
    }

    /// The workflow in API format, and warnings; a workflow in that format is kept. Undefined if none of the
    /// definitions has one of its classes and the caller could load more of them, `may_ask`.
    pub fn convert(
        &self,
        definitions: &ServerDefinitions,
        custom: &ServerDefinitions,
        options: &ConvertOptions,
        may_ask: bool,
    ) -> Result<JsValue, Failure> {
        let converted = match self.is_editor {
            true => {
                // A caller that may load more is not refused yet.
                let options = Options { strict: options.0.strict && !may_ask, ..options.0 };
                convert::to_api_format(&self.bytes, known(definitions, custom)?, &options)?
            }
            false => convert::keep(&Workflow::open(&self.bytes, &mut String::new())?),
        };
        if may_ask && converted.warnings.iter().any(|warning| warning.code == WarningCode::UnknownClass) {
            return Ok(JsValue::UNDEFINED);
        }
        Ok(to_object(&Outcome::of(&converted)))
    }

    /// The text of the workflow with values put in, in its own format. `params` is one JSON object of keys and values.
    /// `None` if `convert` returns undefined.
    #[wasm_bindgen(js_name = applyParams)]
    pub fn apply_params(
        &self,
        params: &str,
        definitions: &ServerDefinitions,
        custom: &ServerDefinitions,
        options: &ConvertOptions,
        may_ask: bool,
    ) -> Result<Option<String>, Failure> {
        if may_ask && self.is_editor && convert::has_unknown_class(&self.bytes, known(definitions, custom)?)?
        {
            return Ok(None);
        }
        let entries = values::entries(params)?;
        let pairs: Vec<_> = entries.iter().map(|(key, value)| (key.as_ref(), *value)).collect();
        Ok(Some(match self.is_editor {
            true => convert::apply_params(&self.bytes, known(definitions, custom)?, &options.0, &pairs)?,
            false => apply::apply(&Workflow::open(&self.bytes, &mut String::new())?, &pairs)?,
        }))
    }
}

/// The definitions that were passed.
fn known<'d>(
    definitions: &'d ServerDefinitions,
    custom: &'d ServerDefinitions,
) -> Result<KnownClasses<'d>, Error> {
    definitions.get().ok_or_else(|| Error::invalid_definitions("no definitions were given"))?;
    Ok(definitions.known(custom))
}

/// A `Converted`.
#[derive(Serialize)]
struct Outcome<'c> {
    json: &'c str,
    warnings: Vec<WarningFields<'c>>,
    report: Option<&'c Report>,
}

impl<'c> Outcome<'c> {
    fn of(converted: &'c Converted) -> Self {
        let warnings = converted.warnings.iter().map(WarningFields::of).collect();
        Self { json: &converted.json, warnings, report: converted.report.as_ref() }
    }
}

#[derive(Serialize)]
struct WarningFields<'c> {
    code: WarningCode,
    node: Option<&'c str>,
    input: Option<&'c str>,
    message: &'c str,
    advice: &'c str,
}

impl<'c> WarningFields<'c> {
    fn of(warning: &'c Warning) -> Self {
        Self {
            code: warning.code,
            node: warning.node.as_deref(),
            input: warning.input.as_deref(),
            message: &warning.message,
            advice: match warning.code {
                // The core does not know the name of the option here.
                WarningCode::CommentCut => "convert with dynamicPrompts \"keep\" to send the text unchanged",
                _ => &warning.advice,
            },
        }
    }
}
