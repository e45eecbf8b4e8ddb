//! Builds the `params` part and the list of file parts from what was given. Depends on its siblings and [`crate::workflow`].

use super::check::{self, Warning};
use super::{MASK_SUFFIX, seed};
use crate::json::Value;
use crate::json::string::write_literal;
use crate::workflow::{Input, Keys, Node, Workflow, apply, is_label_key};
use crate::{Error, ErrorKind};

/// A parameter as it was given.
#[derive(Debug, Clone)]
pub struct Param {
    /// The flattened key.
    pub key: String,
    /// What was given for it.
    pub given: Given,
}

/// What can be given for a parameter.
#[derive(Debug, Clone)]
pub enum Given {
    /// A value, as valid JSON text.
    Json(String),
    /// A file, whose content the caller keeps.
    File,
    /// An image and its mask, whose content the caller keeps.
    MaskedImage,
}

/// What will be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Built {
    /// The `params` part: compact JSON, files left out.
    pub json: String,
    /// The values in it: key and JSON text.
    pub values: Vec<(String, String)>,
    /// The file parts, in the order given.
    pub files: Vec<FilePart>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
    /// Every seed drawn at random, by key.
    pub seeds: Vec<(String, u64)>,
}

/// A file part of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The part's name.
    pub name: String,
    /// Which of the given parameters holds the content.
    pub param: usize,
    /// True for the mask of a masked image.
    pub is_mask: bool,
}

/// Checks `params`, against `workflow` when there is one, and builds what is sent.
///
/// `random` gives 64 random bits at each call. The service never takes an empty `params` part: when nothing else
/// is to be changed, the workflow's first seed gets a random value, or, if it has none, its first literal is sent as it is.
///
/// # Errors
/// [`Error::UnknownParam`], [`Error::InvalidParam`] for a label, [`Error::EmptyParams`] when there is nothing to send.
pub fn build(
    params: &[Param],
    workflow: Option<&Workflow<'_>>,
    random: &mut dyn FnMut() -> u64,
) -> Result<Built, Error> {
    let keys = workflow.map(Keys::new);
    let mut built =
        Built { json: String::new(), values: vec![], files: vec![], warnings: vec![], seeds: vec![] };
    for (index, param) in params.iter().enumerate() {
        let known = known_input(keys.as_ref(), &param.key)?;
        built.add(index, param, keys.as_ref().zip(known), random)?;
    }
    if built.values.is_empty() {
        built.add_filler(workflow, random)?;
    }
    built.json = object(&built.values);
    Ok(built)
}

type Known<'w, 'a> = (&'w Node<'a>, Input<'a>);

/// Looks `key` up: none without a workflow, an error for what a workflow does not have.
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

impl Built {
    fn add(
        &mut self,
        index: usize,
        param: &Param,
        known: Option<(&Keys<'_, '_>, Known<'_, '_>)>,
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
        if seed::asks_for_random(key, value, input.as_ref()) {
            self.add_random_seed(key, known.map(|(_, (node, _))| node), random);
            return Ok(());
        }
        self.warnings.extend(known.and_then(|(keys, (_, input))| check::value(keys, key, &input, value)));
        self.values.push((key.clone(), json.clone()));
        Ok(())
    }

    fn add_random_seed(&mut self, key: &str, node: Option<&Node<'_>>, random: &mut dyn FnMut() -> u64) {
        let drawn = seed::draw(&seed::range(node), random());
        self.seeds.push((key.to_owned(), drawn));
        self.values.push((key.to_owned(), drawn.to_string()));
    }

    /// Finds something to send when nothing else is.
    fn add_filler(
        &mut self,
        workflow: Option<&Workflow<'_>>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<(), Error> {
        let Some(workflow) = workflow else {
            return Err(ErrorKind::EmptyParams {
                message: "no parameters: the service needs at least one value besides files, so give one (a seed, for \
                          example), or give the workflow and its first seed is drawn at random"
                    .into(),
            }.into());
        };
        let filler = |wanted: &dyn Fn(&Input<'_>) -> bool| {
            let inputs = workflow
                .nodes()
                .iter()
                .flat_map(|node| workflow.inputs(node).iter().map(move |i| (node, *i)));
            inputs.into_iter().find(|(node, input)| wanted(input) && !self.has_file(&key_of(node, input)))
        };
        if let Some((node, input)) = filler(&seed::is_seed) {
            self.add_random_seed(&key_of(node, &input), Some(node), random);
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
        self.values.push((key_of(node, &input), input.value.raw().to_owned()));
        Ok(())
    }

    fn has_file(&self, key: &str) -> bool {
        self.files.iter().any(|file| file.name == key)
    }
}

fn key_of(node: &Node<'_>, input: &Input<'_>) -> String {
    crate::workflow::input_key(&node.id.decode(), &input.name.decode())
}

/// A compact JSON object of keys and JSON texts.
fn object(values: &[(String, String)]) -> String {
    let mut out = String::from("{");
    for (index, (key, json)) in values.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_literal(&mut out, key);
        out.push(':');
        out.push_str(json);
    }
    out.push('}');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::WarningCode;

    const WORKFLOW: &str = r#"{
        "3": {"class_type": "KSampler", "inputs": {"seed": 5, "cfg": 6.0, "model": ["4", 0], "mode": "random"}},
        "4": {"class_type": "Rodin3D_Gen2", "inputs": {"Seed": 7, "image": "a.png", "on": true, "none": null}}}"#;

    fn built(params: &[(&str, &str)]) -> Result<Built, Error> {
        built_for(params, Some(WORKFLOW))
    }

    fn built_for(params: &[(&str, &str)], workflow: Option<&str>) -> Result<Built, Error> {
        let params: Vec<_> = params
            .iter()
            .map(|(key, given)| Param {
                key: (*key).into(),
                given: match *given {
                    "FILE" => Given::File,
                    "MASKED" => Given::MaskedImage,
                    json => Given::Json(json.into()),
                },
            })
            .collect();
        let workflow = workflow.map(|text| Workflow::parse(text.as_bytes())).transpose()?;
        build(&params, workflow.as_ref(), &mut || u64::MAX - 1)
    }

    #[test]
    fn literals_go_out_exactly() {
        let built = built(&[("3-inputs-seed", "18446744073709551615"), ("3-inputs-cfg", "7.50")]);
        let json = built.map(|built| (built.json, built.warnings));
        assert_eq!(
            json,
            Ok((r#"{"3-inputs-seed":18446744073709551615,"3-inputs-cfg":7.50}"#.into(), vec![]))
        );
    }

    #[test]
    fn random_seeds_stay_in_the_range_of_their_class() {
        for asked in ["-1", "\"random\""] {
            let built = built(&[("3-inputs-seed", asked), ("4-inputs-Seed", asked)]);
            let narrow = (u64::MAX - 1) % 65_536;
            assert_eq!(
                built.map(|built| built.seeds),
                Ok(vec![("3-inputs-seed".into(), u64::MAX - 1), ("4-inputs-Seed".into(), narrow)])
            );
        }
    }

    #[test]
    fn only_seeds_can_be_random() {
        let built = built(&[("3-inputs-cfg", "-1"), ("3-inputs-mode", "\"random\"")]);
        assert_eq!(built.map(|b| b.json), Ok(r#"{"3-inputs-cfg":-1,"3-inputs-mode":"random"}"#.into()));
        let unchecked = built_for(&[("9-inputs-noise_seed", "-1"), ("9-inputs-shift", "-1")], None);
        assert_eq!(unchecked.map(|b| b.seeds.len()), Ok(1));
    }

    #[test]
    fn unknown_keys_and_labels_are_errors() {
        assert_eq!(built(&[("3-inputs-sed", "1")]).map_err(|e| e.code()).err(), Some("unknown_param"));
        for workflow in [Some(WORKFLOW), None] {
            let error = built_for(&[("_3-node-class_type-info", "\"KSampler\"")], workflow).err();
            assert_eq!(error.map(|e| e.code()), Some("invalid_param"));
        }
        assert!(built_for(&[("anything", "1")], None).is_ok());
        assert!(built_for(&[("", "1")], None).is_err());
    }

    #[test]
    fn overridden_links_and_other_types_are_warnings() {
        for (key, given, code) in [
            ("3-inputs-model", "1", Some(WarningCode::OverridesLink)),
            ("3-inputs-model", "FILE", Some(WarningCode::OverridesLink)),
            ("3-inputs-model", "[\"3\",1]", None),
            ("3-inputs-cfg", "\"6\"", Some(WarningCode::TypeMismatch)),
            ("3-inputs-cfg", "[\"4\",0]", None),
            ("3-inputs-cfg", "FILE", Some(WarningCode::TypeMismatch)),
            ("4-inputs-on", "1", Some(WarningCode::TypeMismatch)),
            ("4-inputs-image", "FILE", None),
            ("4-inputs-none", "\"x\"", None),
            ("4-inputs-image", "null", None),
        ] {
            let codes = built(&[(key, given)]).map(|b| b.warnings.iter().map(|w| w.code).collect::<Vec<_>>());
            assert_eq!(codes, Ok(code.into_iter().collect()), "{key} {given}");
        }
    }

    #[test]
    fn nothing_given_draws_the_first_seed() {
        assert_eq!(built(&[]).map(|b| b.seeds), Ok(vec![("3-inputs-seed".into(), u64::MAX - 1)]));
        let files_only = built(&[("4-inputs-image", "MASKED")]).map(|b| (b.seeds.len(), b.files));
        let part = |name: &str, is_mask| FilePart { name: name.into(), param: 0, is_mask };
        assert_eq!(
            files_only,
            Ok((1, vec![part("4-inputs-image", false), part("4-inputs-image-viewcomfymask", true)]))
        );
        for files in [&[][..], &[("a", "FILE")]] {
            assert_eq!(built_for(files, None).map_err(|e| e.code()).err(), Some("empty_params"));
        }
    }

    #[test]
    fn without_a_seed_the_first_literal_is_sent_as_it_is() {
        let seedless = r#"{"1":{"class_type":"A","inputs":{"m":["2",0],"image":"a.png","w":6.0}},"2":{"class_type":"B"}}"#;
        let json = |params| built_for(params, Some(seedless)).map(|b| b.json);
        assert_eq!(json(&[]), Ok(r#"{"1-inputs-image":"a.png"}"#.into()));
        assert_eq!(json(&[("1-inputs-image", "FILE")]), Ok(r#"{"1-inputs-w":6.0}"#.into()));
        assert_eq!(
            built_for(&[], Some(r#"{"2":{"class_type":"B"}}"#)).map_err(|e| e.code()).err(),
            Some("empty_params")
        );
    }
}
