//! Builds the `params` part and the list of file parts from the given parameters.

use super::check::{self, Warning};
use super::limits::{Limits, ObjectInfo};
use super::{MASK_SUFFIX, seed};
use crate::json::number::{has_non_finite, without_non_finite};
use crate::json::same::same_value;
use crate::json::{KeyIndex, Value, Writer};
use crate::workflow::{Input, Keys, Node, Workflow, apply, is_label_key};
use crate::{Error, ErrorKind};
use std::borrow::Cow;

/// A parameter as the caller gave it.
#[derive(Debug, Clone)]
pub struct Param {
    /// The parameter key, such as `3-inputs-seed`.
    pub key: String,
    /// Its value or file.
    pub given: Given,
}

/// The value of a parameter, or the file that it is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Given {
    /// A value, as valid JSON text.
    Json(String),
    /// A file, whose content stays with the caller.
    File,
    /// An image and its mask, whose content stays with the caller.
    MaskedImage,
}

/// The parts of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The `params` part: compact JSON, without the files.
    pub json: String,
    /// The values in it, each a key and its JSON text.
    pub values: Vec<(String, String)>,
    /// The file parts, in the order given.
    pub files: Vec<FilePart>,
    /// Notes about values that are sent anyway.
    pub warnings: Vec<Warning>,
    /// Every seed drawn at random, by key.
    pub seeds: Vec<(String, u64)>,
}

/// A file part of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The name of the part.
    pub name: String,
    /// The index of the parameter, among those given, that has the content.
    pub param: usize,
    /// True for the mask of a masked image.
    pub is_mask: bool,
}

/// Checks `params`, against `workflow` if there is one, and builds the parts of the request.
///
/// With an `object_info`, values are checked against the ranges and choices of the workflow's classes, and seeds are
/// drawn from these ranges. `random` returns 64 random bits each time it is called. The service never accepts a run
/// that changes nothing: without a value or a file, the workflow's first seed gets a random value, or, if it has no
/// seed, its first literal is sent unchanged.
///
/// # Errors
/// [`ErrorKind::UnknownParam`] for a key that the workflow does not have, [`ErrorKind::InvalidParam`] for a label and
/// for a number outside its range, [`ErrorKind::EmptyParams`] if there is nothing to send.
///
/// ```
/// use viewcomfy_wasm::params::{Given, Param, build};
/// use viewcomfy_wasm::workflow::Workflow;
///
/// let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"seed": 5, "cfg": 6.0}}}"#)?;
/// let given = |key: &str, json: &str| Param { key: key.into(), given: Given::Json(json.into()) };
/// let params = [given("3-inputs-cfg", "7.5"), given("3-inputs-seed", "\"random\"")];
/// let built = build(&params, Some(&workflow), None, &mut || 42)?;
/// assert_eq!(built.json, r#"{"3-inputs-cfg":7.5,"3-inputs-seed":42}"#);
/// assert_eq!(built.seeds, [("3-inputs-seed".to_owned(), 42)]);
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
pub fn build(
    params: &[Param],
    workflow: Option<&Workflow<'_>>,
    object_info: Option<&ObjectInfo<'_>>,
    random: &mut dyn FnMut() -> u64,
) -> Result<Built, Error> {
    let keys = workflow.map(Keys::new);
    let mut built =
        Built { json: String::new(), values: vec![], files: vec![], warnings: vec![], seeds: vec![] };
    for (index, param) in params.iter().enumerate() {
        let known = known_input(keys.as_ref(), &param.key)?;
        let limits = limits_of(object_info, &param.key, known);
        built.add(index, param, keys.as_ref().zip(known), limits, random)?;
    }
    if built.values.is_empty() && built.files.is_empty() {
        built.add_filler(workflow, object_info, random)?;
    }
    built.json = object(&built.values);
    Ok(built)
}

type Known<'w, 'a> = (&'w Node<'a>, Input<'a>);

/// Looks `key` up: `None` without a workflow, an error for a key that the workflow does not have.
fn known_input<'w, 'a>(keys: Option<&Keys<'w, 'a>>, key: &str) -> Result<Option<Known<'w, 'a>>, Error> {
    let known = keys.and_then(|keys| keys.input(key));
    if known.is_some() {
        return Ok(known);
    }
    if is_label_key(key) {
        let message = format!("\"{key}\" is a label for readers, not a parameter: leave it out");
        return Err(Error::invalid_param(key, message));
    }
    match keys {
        Some(keys) => Err(apply::unknown_param(keys, key)),
        None if key.is_empty() => Err(Error::invalid_param(key, "a parameter has an empty key")),
        None => Ok(None),
    }
}

/// The values that an input accepts: by the definitions, or else by what is known about seeds.
fn limits_of<'d>(
    object_info: Option<&ObjectInfo<'d>>,
    key: &str,
    known: Option<Known<'_, '_>>,
) -> Option<Limits<'d>> {
    let told = object_info.zip(known);
    let told = told.and_then(|(object_info, (node, input))| object_info.limits(node, &input));
    told.or_else(|| seed::limits(key, known))
}

impl Built {
    fn add(
        &mut self,
        index: usize,
        param: &Param,
        known: Option<(&Keys<'_, '_>, Known<'_, '_>)>,
        limits: Option<Limits<'_>>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<(), Error> {
        let key = &param.key;
        let input = known.map(|(_, (_, input))| input);
        let json = match &param.given {
            Given::Json(json) => json,
            Given::File | Given::MaskedImage => {
                self.warnings.extend(known.and_then(|(keys, (_, input))| check::file(keys, key, &input)));
                self.files.push(FilePart { name: key.clone(), param: index, is_mask: false });
                if matches!(param.given, Given::MaskedImage) {
                    let name = [key, MASK_SUFFIX].concat();
                    self.files.push(FilePart { name, param: index, is_mask: true });
                }
                return Ok(());
            }
        };
        let value = Value::parse(json).map_err(|error| {
            Error::invalid_param(key, format!("the value of \"{key}\" is not JSON: {}", error.what))
        })?;
        let limits = limits.as_ref();
        if seed::asks_for_random(key, value, input.as_ref()) && !seed::is_taken(value, limits) {
            self.add_random_seed(key, limits, random);
            return Ok(());
        }
        if has_non_finite(value) {
            return self.add_not_finite(key, value, input);
        }
        if let Some(limits) = limits {
            limits.check(key, value, &mut self.warnings)?;
        }
        self.warnings.extend(known.and_then(|(keys, (_, input))| check::value(keys, key, &input, value)));
        self.values.push((key.clone(), json.clone()));
        Ok(())
    }

    /// Accepts `NaN` or an infinity if the workflow itself has one there. Anywhere else it is a mistake.
    fn add_not_finite(&mut self, key: &str, value: Value<'_>, input: Option<Input<'_>>) -> Result<(), Error> {
        if !input.is_some_and(|input| same_value(input.value, value)) {
            return Err(apply::not_finite(key));
        }
        self.warnings.push(check::not_finite(key));
        self.values.push((key.to_owned(), without_non_finite(value.raw()).into_owned()));
        Ok(())
    }

    fn add_random_seed(&mut self, key: &str, limits: Option<&Limits<'_>>, random: &mut dyn FnMut() -> u64) {
        let drawn = seed::draw(limits, random());
        self.seeds.push((key.to_owned(), drawn));
        self.values.push((key.to_owned(), drawn.to_string()));
    }

    /// Finds something to send if nothing is given.
    fn add_filler(
        &mut self,
        workflow: Option<&Workflow<'_>>,
        object_info: Option<&ObjectInfo<'_>>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<(), Error> {
        let Some(workflow) = workflow else {
            return Err(ErrorKind::EmptyParams {
                message:
                    "no parameters: the service needs at least one value or file, so give one (a seed, for \
                          example), or give the workflow and its first seed is drawn at random"
                        .into(),
            }
            .into());
        };
        let filler = |wanted: &dyn Fn(&Input<'_>) -> bool| {
            let mut inputs = workflow
                .nodes()
                .iter()
                .flat_map(|node| workflow.inputs(node).iter().map(move |i| (node, *i)));
            inputs.find(|(_, input)| wanted(input))
        };
        if let Some((node, input)) = filler(&seed::is_seed) {
            let key = key_of(node, &input);
            self.add_random_seed(&key, limits_of(object_info, &key, Some((node, input))).as_ref(), random);
            return Ok(());
        }
        let is_literal =
            |input: &Input<'_>| !matches!(input.value.raw().as_bytes().first(), Some(b'[' | b'{'));
        let Some((node, input)) = filler(&is_literal) else {
            return Err(ErrorKind::EmptyParams {
                message: "no parameters, and the workflow has no value that could be sent: give one".into(),
            }
            .into());
        };
        let key = key_of(node, &input);
        if has_non_finite(input.value) {
            self.warnings.push(check::not_finite(&key));
        }
        self.values.push((key, without_non_finite(input.value.raw()).into_owned()));
        Ok(())
    }

    /// The text of the workflow that is sent to be run in place of the deployed one: unchanged, but with null for
    /// `NaN` and infinities. An input that has one gets a warning, unless it is given a value.
    pub fn workflow_text<'a>(&mut self, workflow: &Workflow<'a>) -> Cow<'a, str> {
        let text = without_non_finite(workflow.text());
        if matches!(text, Cow::Borrowed(_)) {
            return text;
        }
        let mut given = self.with_file();
        self.values.iter().for_each(|(key, _)| _ = given.claim(Cow::Borrowed(key), 0));
        let mut warnings = Vec::new();
        for node in workflow.nodes() {
            let inputs = workflow.inputs(node).iter().filter(|input| has_non_finite(input.value));
            for key in inputs.map(|input| key_of(node, input)) {
                if given.get(&key).is_none() {
                    warnings.push(check::not_finite(&key));
                }
            }
        }
        self.warnings.extend(warnings);
        text
    }

    /// The keys that have a file.
    fn with_file(&self) -> KeyIndex<'_> {
        let mut keys = KeyIndex::default();
        self.files.iter().for_each(|file| _ = keys.claim(Cow::Borrowed(&file.name), 0));
        keys
    }
}

fn key_of(node: &Node<'_>, input: &Input<'_>) -> String {
    crate::workflow::input_key(&node.id.decode(), &input.name.decode())
}

/// A compact JSON object of keys and JSON texts.
fn object(values: &[(String, String)]) -> String {
    let mut json = String::new();
    Writer::compact(&mut json).object(|out| {
        for (key, value) in values {
            out.key(key).raw(value);
        }
    });
    json
}

#[cfg(test)]
mod tests;
