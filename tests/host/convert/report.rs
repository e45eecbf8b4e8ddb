//! Whether what was converted runs: as it is, with packs, or not to be known, and the error for those who want to be sure.

use super::{OURS, convert, file, node, refusal};
use viewcomfy_wasm::ErrorKind;
use viewcomfy_wasm::convert::{Options, Report, Verdict, WarningCode, to_api_format};

fn report(nodes: &str, links: &str) -> Report {
    convert(&file(nodes, links, ""), &OURS).unwrap().report.unwrap()
}

fn foreign(id: u32, class: &str, values: &str, properties: &str) -> String {
    format!(r#"{{"id": {id}, "type": "{class}", "properties": {properties}, "widgets_values": {values}}}"#)
}

#[test]
fn what_the_definitions_know_runs_as_it_is() {
    let report = report(&node(1, "Picture", "[8]"), "");
    assert_eq!((report.verdict, report.packs.len(), report.doubts.len()), (Verdict::Runs, 0, 0));
    assert_eq!(report.summary, "It runs as it is.");
    // What is only worth knowing speaks against nothing.
    let cut = self::report(&node(1, "Prompt", r#"["a // b", "x"]"#), "");
    assert_eq!(cut.verdict, Verdict::Runs);
}

#[test]
fn packs_are_listed_once_with_their_versions_and_classes() {
    let kj = r#"{"cnr_id": "comfyui-kjnodes", "ver": "1.1.9"}"#;
    let older = r#"{"cnr_id": "comfyui-kjnodes", "ver": "1.0.0"}"#;
    let nodes = [
        foreign(4, "A", "{}", kj),
        foreign(5, "B", r#"{"x": 1}"#, older),
        foreign(6, "A", "{}", kj),
        foreign(7, "C", "{}", r#"{"aux_id": "someone/pack"}"#),
        foreign(8, "D", "[]", "{}"),
        foreign(9, "E", "[]", r#"{"cnr_id": "comfy-core", "ver": "0.99.0"}"#),
    ];
    let report = report(&nodes.join(","), "");
    assert_eq!(report.verdict, Verdict::NeedsPacks);
    assert_eq!(report.doubts, []);
    let [kj, other, unnamed, core] = &report.packs[..] else { panic!("{:?}", report.packs) };
    assert_eq!((kj.id.as_deref(), kj.repository.as_deref()), (Some("comfyui-kjnodes"), None));
    assert_eq!(
        (&kj.versions[..], &kj.classes[..]),
        (&["1.1.9".into(), "1.0.0".into()][..], &["A".into(), "B".into()][..])
    );
    assert_eq!(kj.nodes, ["4", "5", "6"]);
    assert_eq!((other.id.as_deref(), other.repository.as_deref()), (None, Some("someone/pack")));
    assert_eq!(
        (unnamed.id.as_deref(), unnamed.repository.as_deref(), &unnamed.classes[..]),
        (None, None, &["D".to_owned()][..])
    );
    assert_eq!(core.id.as_deref(), Some("comfy-core"));
    for part in ["comfyui-kjnodes 1.0.0", "someone/pack", "with D", "ComfyUI itself 0.99.0"] {
        assert!(report.summary.contains(part), "{}", report.summary);
    }
}

#[test]
fn what_casts_doubt_is_listed_by_class() {
    let nodes = [
        foreign(4, "Foreign", "[1, 2]", "{}"),
        node(5, "Numbers", r#"["x", 1.0, "n", true]"#),
        node(6, "Numbers", r#"["x", 1.0, "n", true]"#),
        r#"{"id": 7, "type": "Through", "inputs": [{"name": "image", "type": "IMAGE", "link": 99}]}"#
            .to_owned(),
    ];
    let report = report(&nodes.join(","), "");
    assert_eq!(report.verdict, Verdict::Unknown);
    let told: Vec<_> = report
        .doubts
        .iter()
        .map(|doubt| (doubt.code, doubt.class.as_deref().unwrap(), doubt.nodes.join(" ")))
        .collect();
    let expected = [
        (WarningCode::UnknownClass, "Foreign", "4".to_owned()),
        (WarningCode::WrongType, "Numbers", "5 6".to_owned()),
        (WarningCode::LostLink, "Through", "7".to_owned()),
    ];
    assert_eq!(told, expected);
    assert_eq!(report.packs.len(), 1);
    assert!(report.summary.starts_with("Whether it runs cannot be known: "), "{}", report.summary);
}

#[test]
fn strict_refuses_what_may_not_run_with_all_reasons() {
    let strict = Options { strict: true, ..Options::default() };
    let converted = |nodes: &str| to_api_format(file(nodes, "", "").as_bytes(), &*OURS, &strict);
    assert!(converted(&node(1, "Picture", "[8]")).is_ok());
    assert!(converted(&node(1, "Prompt", r#"["a // b", "x"]"#)).is_ok());
    let packs = converted(&foreign(4, "Foreign", "{}", "{}"));
    assert_eq!(refusal(packs), ("may_not_run", Some("4".to_owned()), None));
    let both = [foreign(4, "Foreign", "[1]", "{}"), node(5, "Numbers", r#"["x", 1.0, "n", true]"#)].join(",");
    let error = converted(&both).unwrap_err();
    let ErrorKind::CannotConvert { reasons, message, .. } = error.kind() else { panic!("{error}") };
    let told: Vec<_> = reasons
        .iter()
        .map(|reason| (reason.code, reason.node_id.as_deref(), reason.input.as_deref()))
        .collect();
    assert_eq!(
        told,
        [(WarningCode::UnknownClass, Some("4"), None), (WarningCode::WrongType, Some("5"), Some("count"))]
    );
    assert!(reasons.iter().all(|reason| message.contains(&reason.message) && !reason.advice.is_empty()));
}

#[test]
fn many_of_anything_are_named_in_part() {
    let nodes: Vec<_> = (1..=9)
        .map(|id| foreign(id, &format!("C{id}"), "{}", &format!(r#"{{"cnr_id": "pack-{id}"}}"#)))
        .collect();
    let report = report(&nodes.join(","), "");
    assert_eq!(report.packs.len(), 9);
    assert!(report.summary.contains("pack-5, and 4 more"), "{}", report.summary);
}
