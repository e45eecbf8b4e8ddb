//! Tests of [`super`]: builds the `params` part and the list of file parts from what was given.

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
    assert_eq!(json, Ok((r#"{"3-inputs-seed":18446744073709551615,"3-inputs-cfg":7.50}"#.into(), vec![])));
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
    assert_eq!(built(&[("3-inputs-sed", "1")]).map_err(|e| e.code().as_str()).err(), Some("unknown_param"));
    for workflow in [Some(WORKFLOW), None] {
        let error = built_for(&[("_3-node-class_type-info", "\"KSampler\"")], workflow).err();
        assert_eq!(error.map(|e| e.code().as_str()), Some("invalid_param"));
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
        assert_eq!(built_for(files, None).map_err(|e| e.code().as_str()).err(), Some("empty_params"));
    }
}

#[test]
fn without_a_seed_the_first_literal_is_sent_as_it_is() {
    let seedless =
        r#"{"1":{"class_type":"A","inputs":{"m":["2",0],"image":"a.png","w":6.0}},"2":{"class_type":"B"}}"#;
    let json = |params| built_for(params, Some(seedless)).map(|b| b.json);
    assert_eq!(json(&[]), Ok(r#"{"1-inputs-image":"a.png"}"#.into()));
    assert_eq!(json(&[("1-inputs-image", "FILE")]), Ok(r#"{"1-inputs-w":6.0}"#.into()));
    assert_eq!(
        built_for(&[], Some(r#"{"2":{"class_type":"B"}}"#)).map_err(|e| e.code().as_str()).err(),
        Some("empty_params")
    );
}
