//! Tests of [`super`]: builds the `params` part and the list of file parts from the given parameters.

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
    build(&params, workflow.as_ref(), None, &mut || u64::MAX - 1)
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
    assert_eq!(built_for(&[], None).map_err(|e| e.code().as_str()).err(), Some("empty_params"));
}

#[test]
fn a_file_alone_is_enough() {
    let files_only = built(&[("4-inputs-image", "MASKED")]).map(|b| (b.json, b.values, b.seeds, b.files));
    let part = |name: &str, is_mask| FilePart { name: name.into(), param: 0, is_mask };
    assert_eq!(
        files_only,
        Ok((
            "{}".into(),
            vec![],
            vec![],
            vec![part("4-inputs-image", false), part("4-inputs-image-viewcomfymask", true)]
        ))
    );
    assert_eq!(built_for(&[("a", "FILE")], None).map(|b| (b.json, b.files.len())), Ok(("{}".into(), 1)));
}

/// What is sent for a seed, or the code of the error.
fn seed_sent(class: &str, has: &str, given: &str, object_info: Option<&str>) -> Result<String, &'static str> {
    let text = format!(r#"{{"1": {{"class_type": "{class}", "inputs": {{"seed": {has}}}}}}}"#);
    let workflow = Workflow::parse(text.as_bytes()).map_err(|e| e.code().as_str())?;
    let object_info = object_info.map(|text| ObjectInfo::parse(text.as_bytes()));
    let object_info = object_info.transpose().map_err(|e| e.code().as_str())?;
    let param = Param { key: "1-inputs-seed".into(), given: Given::Json(given.into()) };
    let built = build(&[param], Some(&workflow), object_info.as_ref(), &mut || u64::MAX - 1);
    built.map(|built| built.values[0].1.clone()).map_err(|e| e.code().as_str())
}

#[test]
fn seeds_of_a_pack_s_class_stay_small() {
    const DRAWN: u64 = (u64::MAX - 1) % ((1 << 50) + 1);
    assert_eq!(seed_sent("Seed (rgthree)", "-1", "\"random\"", None), Ok(DRAWN.to_string()));
    assert_eq!(seed_sent("Theirs", "7", "-1", None), Ok(DRAWN.to_string()));
    assert_eq!(seed_sent("Theirs", "-1", "-1", None), Ok("-1".into()), "the node draws by itself");
    assert_eq!(seed_sent("KSampler", "7", "\"random\"", None), Ok((u64::MAX - 1).to_string()));
    let unknown = built_for(&[("3-inputs-seed", "-1")], None).map(|built| built.seeds[0].1);
    assert_eq!(unknown, Ok(DRAWN), "without a workflow the class is not known");
}

#[test]
fn seeds_outside_their_range_are_refused() {
    for (class, has, given, sent) in [
        ("KSampler", "7", "-5", false),
        ("KSampler", "7", "18446744073709551615", true),
        ("KSampler", "7", "18446744073709551616", false),
        ("KSampler", "7", "12345678901234567890123", false),
        ("Rodin3D_Gen2", "7", "65535", true),
        ("Rodin3D_Gen2", "7", "65536", false),
        ("Theirs", "7", "-5", false),
        ("Theirs", "-1", "-2", true),
        ("Theirs", "7", "18446744073709551615", true),
        ("Theirs", "-1", "99999999999999999999999", false),
        ("Theirs", "\"a text\"", "-5", true),
    ] {
        let expected = if sent { Ok(given.to_owned()) } else { Err("invalid_param") };
        assert_eq!(seed_sent(class, has, given, None), expected, "{class} {given}");
    }
    let unchecked = |key: &str, given: &str| built_for(&[(key, given)], None).map_err(|e| e.code().as_str());
    assert_eq!(unchecked("3-inputs-seed", "-5").err(), Some("invalid_param"));
    assert_eq!(
        unchecked("3-inputs-seed_offset", "-5").map(|built| built.json),
        Ok(r#"{"3-inputs-seed_offset":-5}"#.into())
    );
}

#[test]
fn definitions_say_which_seeds_there_are() {
    let info = |options: &str| {
        format!(r#"{{"KSampler": {{"input": {{"required": {{"seed": ["INT", {options}]}}}}}}}}"#)
    };
    let sent = |options: &str, given: &str| seed_sent("KSampler", "7", given, Some(&info(options)));
    assert_eq!(sent(r#"{"min": 5, "max": 6}"#, "\"random\""), Ok("5".into()));
    assert_eq!(sent(r#"{"min": 5, "max": 6}"#, "7"), Err("invalid_param"));
    assert_eq!(sent(r#"{"min": -1, "max": 6}"#, "-1"), Ok("-1".into()), "the node draws by itself");
    assert_eq!(sent(r#"{"min": -1, "max": 6}"#, "-2"), Err("invalid_param"));
    assert_eq!(sent(r#"{"min": -1, "max": 6}"#, "\"random\""), Ok(((u64::MAX - 1) % 7).to_string()));
    assert_eq!(sent("{}", "-1"), Ok("-1".into()), "there is no smallest");
    assert_eq!(sent(r#"{"min": -Infinity, "max": 1e30}"#, "-3"), Ok("-3".into()));
    assert_eq!(seed_sent("Theirs", "7", "-5", Some(&info("{}"))), Err("invalid_param"));
    let no_json = seed_sent("KSampler", "7", "5", Some("{"));
    assert_eq!(no_json, Err("invalid_definitions"));
}

#[test]
fn numbers_and_choices_are_held_against_definitions() {
    let info = r#"{"KSampler": {"input": {"required": {"cfg": ["FLOAT", {"min": 0.0, "max": 100.0}]},
        "optional": {"mode": [["fast", "random"]], "other": ["COMBO", {"options": ["a", 2]}], "image": [[]]}}}}"#;
    let text = r#"{"3": {"class_type": "KSampler", "inputs": {"cfg": 6.0, "mode": "fast", "other": "a", "image": "x"}}}"#;
    let told = |key: &str, given: &str| {
        let workflow = Workflow::parse(text.as_bytes()).map_err(|e| e.code().as_str())?;
        let object_info = ObjectInfo::parse(info.as_bytes()).map_err(|e| e.code().as_str())?;
        let param = Param { key: key.into(), given: Given::Json(given.into()) };
        let built = build(&[param], Some(&workflow), Some(&object_info), &mut || 0);
        let codes = |built: Built| built.warnings.iter().map(|it| it.code).collect::<Vec<_>>();
        built.map(codes).map_err(|e| e.code().as_str())
    };
    assert_eq!(told("3-inputs-cfg", "100"), Ok(vec![]));
    assert_eq!(told("3-inputs-cfg", "100.5"), Err("invalid_param"));
    assert_eq!(told("3-inputs-cfg", "-0.5"), Err("invalid_param"));
    assert_eq!(told("3-inputs-mode", "\"random\""), Ok(vec![]));
    assert_eq!(told("3-inputs-mode", "\"slow\""), Ok(vec![WarningCode::NotAChoice]));
    assert_eq!(told("3-inputs-other", "\"b\""), Ok(vec![WarningCode::NotAChoice]));
    assert_eq!(told("3-inputs-other", "[\"4\", 0]"), Ok(vec![WarningCode::TypeMismatch]), "a list");
    assert_eq!(told("3-inputs-image", "\"b\""), Ok(vec![]), "nothing is listed");
}

#[test]
fn without_a_seed_the_first_literal_is_sent_as_it_is() {
    let seedless =
        r#"{"1":{"class_type":"A","inputs":{"m":["2",0],"image":"a.png","w":6.0}},"2":{"class_type":"B"}}"#;
    let json = |params| built_for(params, Some(seedless)).map(|b| b.json);
    assert_eq!(json(&[]), Ok(r#"{"1-inputs-image":"a.png"}"#.into()));
    assert_eq!(json(&[("1-inputs-image", "FILE")]), Ok("{}".into()));
    assert_eq!(
        built_for(&[], Some(r#"{"2":{"class_type":"B"}}"#)).map_err(|e| e.code().as_str()).err(),
        Some("empty_params")
    );
}
