//! Custom nodes that the package knows: which version of a class a node was saved with.

use super::{BUNDLED, file, inputs, node};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use viewcomfy_wasm::ErrorKind;
use viewcomfy_wasm::convert::{Converted, Options, Warning, WarningCode, apply_params, to_api_format};
use viewcomfy_wasm::definitions::{Definitions, KnownClasses};
use viewcomfy_wasm::inspect::file_to_json;
use viewcomfy_wasm::json::Value;

/// The definitions of custom nodes that come with the package.
pub static CUSTOM: LazyLock<Definitions> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("pkg/definitions-custom.json");
    Definitions::parse_custom(&fs::read(file).unwrap()).unwrap()
});

/// Classes of our own, each with the versions that a rule needs.
static PACKS: LazyLock<Definitions> = LazyLock::new(|| {
    let text = include_bytes!("../../fixtures/convert/packs.json");
    Definitions::parse_custom(text).unwrap()
});

fn convert(workflow: &str) -> Converted {
    let known = KnownClasses::from(&*BUNDLED).or(Some(&PACKS));
    to_api_format(workflow.as_bytes(), known, &Options::default()).unwrap()
}

/// What the one node of a file sends, and whether it is said to be of another version.
fn sent(class: &str, sockets: &str, values: &str) -> (String, bool) {
    let node = format!(
        r#"{{"id": 4, "type": "{class}", "mode": 0, "inputs": [{sockets}], "widgets_values": {values}}}"#
    );
    let Converted { json, warnings, .. } = convert(&file(&node, "", ""));
    let differs = match &warnings[..] {
        [] => false,
        [Warning { code: WarningCode::DefinitionsDiffer, .. }] => true,
        other => panic!("{class} {values}: {other:?}"),
    };
    (inputs(&json, "4"), differs)
}

fn socket(name: &str, kind: &str) -> String {
    format!(r#"{{"name": "{name}", "type": "{kind}", "link": null}}"#)
}

fn widgets(names: &[&str]) -> String {
    let slot = |name: &&str| {
        format!(r#"{{"name": "{name}", "type": "*", "link": null, "widget": {{"name": "{name}"}}}}"#)
    };
    names.iter().map(slot).collect::<Vec<_>>().join(",")
}

#[test]
fn the_version_that_the_values_fit_is_taken() {
    for (class, values, expected) in [
        // The newest version: seed, control, steps, mode.
        ("Sampler", r#"[7, "fixed", 20, "fast"]"#, r#"{"seed":7,"steps":20,"mode":"fast"}"#),
        // What draws a seed anew counts, also where the pack takes it away.
        ("Sampler", r#"[7, 20, "fast"]"#, r#"{"seed":7,"steps":20,"mode":"fast"}"#),
        // A pack that hides it leaves null.
        ("Sampler", r#"[7, null, 30, "slow"]"#, r#"{"seed":7,"steps":30,"mode":"slow"}"#),
        // The one before: steps and mode only, in the other order.
        ("Sampler", r#"["slow", 20]"#, r#"{"mode":"slow","steps":20,"seed":0}"#),
        // The oldest: a switch in front.
        ("Sampler", r#"[true, 20]"#, r#"{"on":true,"steps":20,"seed":0,"mode":"fast"}"#),
        // Fewer values than widgets, as before an input was added.
        ("Sampler", r#"[7, "randomize", 20]"#, r#"{"seed":7,"steps":20,"mode":"fast"}"#),
        // Several fit as far as the kinds go: a choice that is among those that are known decides.
        ("Choice", r#"["b"]"#, r#"{"which":"b","text":"t"}"#),
        ("Choice", r#"["other"]"#, r#"{"text":"other","which":"a"}"#),
        // Several fit alike: the newest.
        ("Alike", "[5]", r#"{"new_name":5}"#),
        // Buttons and empty places behind are nobody's.
        ("Alike", r#"[5, null, "", "image"]"#, r#"{"new_name":5}"#),
        // What only shows something may have saved anything.
        ("Shown", r#"["a", {"b": 1}, [2]]"#, "{}"),
    ] {
        assert_eq!(sent(class, "", values), (expected.to_owned(), false), "{class} {values}");
    }
}

/// As Impact Pack's PreviewBridge has saved what somebody drew a mask on.
#[test]
fn a_text_may_be_a_picture_of_the_editors_clipboard() {
    let picture = r#"{"filename":"mask.png","subfolder":"clipspace","type":"input","image_hash":32}"#;
    let values = format!("[{picture}, true]");
    assert_eq!(sent("Drawn", "", &values), (format!(r#"{{"image":{picture},"block":true}}"#), false));
    for other in [r#"{"filename":"mask.png"}"#, "[1]", "5"] {
        assert!(sent("Drawn", "", &format!("[{other}, true]")).1, "{other} is of another version");
    }
}

#[test]
fn sockets_tell_the_version_too() {
    let newest = [socket("image", "IMAGE"), socket("mask", "MASK")].join(",");
    let (found, _) = sent("Sockets", &newest, "[5]");
    assert_eq!(found, r#"{"amount":5}"#);
    let (found, differs) = sent("Sockets", &socket("latent", "LATENT"), "[5]");
    assert_eq!((found.as_str(), differs), (r#"{"strength":5,"amount":5}"#, false));
    let (found, differs) = sent("Sockets", &socket("image", "AUDIO"), "[5]");
    assert_eq!((found.as_str(), differs), (r#"{"amount":5}"#, false), "a type alone contradicts nothing");
    // One more of those that the page adds, and one that no version has.
    let grown = [socket("image_1", "IMAGE"), socket("image_7", "IMAGE")].join(",");
    assert_eq!(sent("Growing", &grown, "[7]"), (r#"{"count":7}"#.to_owned(), false));
    let (_, differs) = sent("Growing", &widgets(&["other"]), "[7, 8]");
    assert!(differs);
}

#[test]
fn names_in_the_file_are_surer_than_an_order() {
    let names = widgets(&["mode", "steps", "seed"]);
    let (found, differs) = sent("Sampler", &names, r#"["slow", 30, 5, "fixed"]"#);
    assert_eq!((found.as_str(), differs), (r#"{"seed":5,"steps":30,"mode":"slow"}"#, false));
    // A version in between that nobody knows: the names are the file's.
    let names = widgets(&["seed", "strength", "mode"]);
    let (found, differs) = sent("Sampler", &names, r#"[5, "fixed", 0.5, "slow"]"#);
    assert_eq!((found.as_str(), differs), (r#"{"seed":5,"steps":20,"mode":"slow","strength":0.5}"#, true));
    // Null is what a hidden setting leaves.
    let names = widgets(&["seed", "steps", "mode"]);
    let (found, differs) = sent("Sampler", &names, r#"[5, null, 30, "slow"]"#);
    assert_eq!((found.as_str(), differs), (r#"{"seed":5,"steps":30,"mode":"slow"}"#, false));
    // In older files only those widgets have sockets that were made ones.
    let (found, differs) = sent("Joined", &widgets(&["first", "second"]), r#"["", "", ""]"#);
    assert_eq!((found.as_str(), differs), (r#"{"delimiter":""}"#, false));
    // A number where a text is wanted is made one.
    assert!(!sent("Text", &widgets(&["text"]), "[5]").1);
    assert!(sent("Text", "", "[5]").1);
}

/// Today's pack refuses a prompt without its required inputs; an older one passes over what it does not know.
#[test]
fn an_earlier_version_gets_the_newer_inputs_as_well() {
    for (values, expected) in [
        // One added, one renamed between the same neighbours, one with another kind, one whose choices nobody knows.
        (
            r#"[0.5, true, "x", "old"]"#,
            r#"{"rate":0.5,"save_image":true,"name":"x","mode":"old","save_output":true,"loops":1,"keep":false}"#,
        ),
        (
            r#"[0.5, false, "x", "old"]"#,
            r#"{"rate":0.5,"save_image":false,"name":"x","mode":"old","save_output":false,"loops":1,"keep":false}"#,
        ),
        // The newest has them itself.
        (
            r#"[0.5, false, "x", 3, true, "f"]"#,
            r#"{"rate":0.5,"save_output":false,"name":"x","loops":3,"keep":true,"file":"f"}"#,
        ),
    ] {
        assert_eq!(sent("Video", "", values), (expected.to_owned(), false), "{values}");
    }
    let named = r#"{"rate": 0.5, "save_image": false, "name": "x", "mode": "old"}"#;
    // A newer one that the file has by name keeps its value.
    let both = named.replace("}", r#", "loops": 5}"#);
    assert!(sent("Video", "", &both).0.contains(r#""loops":5"#));
    let (found, differs) = sent("Video", "", named);
    let expected = r#"{"rate":0.5,"save_image":false,"name":"x","mode":"old","save_output":false,"loops":1,"keep":false}"#;
    assert_eq!((found.as_str(), differs), (expected, false));
}

/// The file has no place for a newer input, and the place of a renamed one is that of the earlier.
#[test]
fn parameters_reach_what_the_file_has_of_an_earlier_version() {
    let applied = |values: &str, key: &str, value: &str| {
        let workflow = file(&node(4, "Video", values), "", "");
        let known = KnownClasses::from(&*BUNDLED).or(Some(&PACKS));
        let params = [(key, Value::parse(value).unwrap())];
        apply_params(workflow.as_bytes(), known, &Options::default(), &params)
    };
    let list = r#"[0.5, true, "x", "old"]"#;
    for key in ["4-inputs-save_output", "4-inputs-save_image"] {
        let changed = applied(list, key, "false").unwrap();
        assert!(changed.contains(r#"[0.5, false, "x", "old"]"#), "{changed}");
    }
    for values in [list, r#"{"rate": 0.5, "save_image": true, "name": "x", "mode": "old"}"#] {
        let refused = applied(values, "4-inputs-loops", "3").unwrap_err();
        assert!(
            matches!(refused.kind(), ErrorKind::InvalidParam { key, .. } if key == "4-inputs-loops"),
            "{refused}"
        );
    }
}

/// The inspection tells what the file has, under the names that it had then.
#[test]
fn the_values_of_an_earlier_version_are_told_without_newer_inputs() {
    let workflow = file(&node(4, "Video", r#"[0.5, true, "x", "old"]"#), "", "");
    let known = KnownClasses::from(&*BUNDLED).or(Some(&PACKS));
    let seen = file_to_json(workflow.as_bytes(), known).unwrap();
    for (name, is_there) in [("save_image", true), ("mode", true), ("save_output", false), ("loops", false)] {
        assert_eq!(seen.contains(name), is_there, "{name} in {seen}");
    }
}

#[test]
fn values_of_an_unknown_version_are_placed_where_their_kinds_leave_no_doubt() {
    for (values, expected) in [
        // The text fits one place only, the numbers several.
        (r#"[1, 2, 3, "a"]"#, r#"{"width":512,"height":512,"text":"a","on":false}"#),
        (r#"["a", 1, 2, true, 5]"#, r#"{"width":1,"height":2,"text":"","on":true}"#),
        (r#"[1, 2, [3], "a", true]"#, r#"{"width":1,"height":2,"text":"a","on":true}"#),
        (r#"[{}, {}, {}, {}, {}]"#, r#"{"width":512,"height":512,"text":"","on":false}"#),
    ] {
        assert_eq!(sent("Places", "", values), (expected.to_owned(), true), "{values}");
    }
}

/// As VideoHelperSuite saves the button by which a video is chosen.
#[test]
fn buttons_are_not_sent() {
    let named = r#"{"text": "a", "choose video to upload": "image", "choose": "b", "videopreview": {}}"#;
    assert_eq!(sent("Text", "", named), (r#"{"text":"a","choose":"b"}"#.to_owned(), false));
}

#[test]
fn a_value_that_the_file_names_is_sent_also_where_the_class_has_a_socket_alone() {
    let sockets = format!("{},{}", socket("image", "IMAGE"), widgets(&["factor"]));
    assert_eq!(sent("Forced", &sockets, "[1.5]"), (r#"{"factor":1.5}"#.to_owned(), false));
    // Without its name it is nobody's.
    assert_eq!(sent("Forced", &socket("image", "IMAGE"), "[1.5]").0, "{}");
    // The link comes first.
    let linked =
        sockets.replace(r#""factor", "type": "*", "link": null"#, r#""factor", "type": "*", "link": 1"#);
    let target = format!(r#"{{"id": 4, "type": "Forced", "inputs": [{linked}], "widgets_values": [1.5]}}"#);
    let source = node(1, "Text", r#"["t"]"#)
        .replace(r#""outputs": []"#, r#""outputs": [{"name": "s", "type": "STRING", "links": [1]}]"#);
    let json = convert(&file(&format!("{source},{target}"), "[1, 1, 0, 4, 1, \"STRING\"]", "")).json;
    assert_eq!(inputs(&json, "4"), r#"{"factor":["1",0]}"#);
}

#[test]
fn a_text_of_several_lines_is_no_choice_among_words() {
    let lines = r#""one\ntwo""#;
    let expected = format!(r#"{{"which":"t","text":{lines}}}"#);
    assert_eq!(sent("Choice", "", &format!(r#"["t",{lines}]"#)), (expected, false));
    let (found, differs) = sent("Sampler", "", &format!(r#"[7, "fixed", 20, {lines}]"#));
    assert_eq!((found.as_str(), differs), (r#"{"seed":7,"steps":20,"mode":"fast"}"#, true));
}

#[test]
fn each_class_of_another_version_is_told_once() {
    let nodes = [3, 5].map(|id| node(id, "Places", r#"[{}, {}, "a", true, "b"]"#)).join(",");
    let converted = convert(&file(&format!("{nodes},{}", node(7, "Text", "[[1]]")), "", ""));
    let [places, text] = &converted.warnings[..] else { panic!("{:?}", converted.warnings) };
    assert_eq!((places.code, places.node.as_deref()), (WarningCode::DefinitionsDiffer, Some("3")));
    assert!(places.message.starts_with("2 nodes were saved with another version of Places"));
    assert!(places.message.ends_with("6 saved values could not be placed"), "{}", places.message);
    assert!(places.advice.contains("object_info"), "{}", places.advice);
    assert!(text.message.starts_with("node \"7\" was saved"), "{}", text.message);
    assert!(text.message.ends_with("one saved value could not be placed"), "{}", text.message);
}

#[test]
fn a_server_that_has_another_version_is_told_and_nothing_is_guessed() {
    let text = r#"{"Sampler": {"python_module": "custom_nodes.pack", "output": [], "input": {"required": {"seed": ["INT", {}],
        "steps": ["INT", {"default": 20}], "mode": [["fast", "slow"]]}}}}"#;
    let server = Definitions::parse(text.into()).unwrap();
    let sent = |known: KnownClasses<'_>, values: &str| {
        let workflow = file(&node(4, "Sampler", values), "", "");
        let converted = to_api_format(workflow.as_bytes(), known, &Options::default()).unwrap();
        (inputs(&converted.json, "4"), converted.warnings)
    };
    let known = KnownClasses::from(&server).or(Some(&PACKS));
    let (found, warnings) = sent(known, r#"["slow", 20]"#);
    assert_eq!(
        found, r#"{"seed":0,"steps":20,"mode":"fast"}"#,
        "the file's other version is not the server's"
    );
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert_eq!(warning.code, WarningCode::DefinitionsDiffer);
    assert!(warning.advice.contains("the server has another version"), "{}", warning.advice);
    let (found, warnings) = sent(known, r#"[7, "fixed", 20, "fast"]"#);
    assert_eq!((found.as_str(), warnings.len()), (r#"{"seed":7,"steps":20,"mode":"fast"}"#, 0));
    // A class of the package alone is not on that server.
    let workflow = file(&node(4, "Alike", "[5]"), "", "");
    let converted = to_api_format(workflow.as_bytes(), known, &Options::default()).unwrap();
    assert_eq!(inputs(&converted.json, "4"), r#"{"new_name":5}"#);
    assert_eq!(converted.warnings[0].code, WarningCode::UnknownClass);
    let options = Options { strict: true, ..Options::default() };
    assert!(to_api_format(workflow.as_bytes(), known, &options).is_err());
}

#[test]
fn the_package_s_own_file_has_versions() {
    let known = KnownClasses::from(&*BUNDLED).or(Some(&CUSTOM));
    let sent = |class: &str, values: &str| {
        let workflow = file(&node(4, class, values), "", "");
        let converted = to_api_format(workflow.as_bytes(), known, &Options::default()).unwrap();
        assert_eq!(converted.warnings, [], "{class} {values}");
        inputs(&converted.json, "4")
    };
    let efficient =
        sent("KSampler (Efficient)", r#"[5, "randomize", 20, 7, "euler", "normal", 1, "auto", "true"]"#);
    assert!(efficient.starts_with(r#"{"seed":5,"steps":20,"cfg":7,"sampler_name":"euler""#), "{efficient}");
    let older = sent(
        "KSampler (Efficient)",
        r#"["Sample", 5, "randomize", 20, 7, "euler", "normal", 1, "auto", "true"]"#,
    );
    assert!(older.starts_with(r#"{"sampler_state":"Sample","seed":5,"steps":20"#), "{older}");
}

#[test]
fn the_server_s_classes_come_first_and_the_file_is_of_one_kind() {
    let known = KnownClasses::from(&*BUNDLED).or(Some(&CUSTOM));
    assert!(CUSTOM.len() > 2000 && !CUSTOM.is_complete() && CUSTOM.bundled_from().is_none());
    assert!(known.class("KSampler").is_some() && known.class("KSampler (Efficient)").is_some());
    assert!(!CUSTOM.has("KSampler") && known.class("Foreign").is_none());
    for wrong in ["", "[]", "{}", r#"{"comfyui": "1", "classes": {"A": {"output": []}}}"#] {
        assert!(Definitions::parse_custom(wrong.as_bytes()).is_err(), "{wrong}");
    }
}
