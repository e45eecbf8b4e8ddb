//! Prompts with options and comments, and file names with placeholders.

use super::{OURS, file, inputs, node, refusal};
use viewcomfy_wasm::convert::{Converted, DynamicPrompts, Moment, Options, to_api_format};

fn with(workflow: &str, options: Options) -> Converted {
    to_api_format(workflow.as_bytes(), &*OURS, &options).unwrap()
}

/// What becomes of a prompt; it is given and told as a JSON string.
fn prompt(text: &str, dynamic_prompts: DynamicPrompts) -> String {
    let workflow = file(&node(1, "Prompt", &format!("[{text}, {text}]")), "", "");
    let json = with(&workflow, Options { dynamic_prompts, ..Options::default() }).json;
    let inputs = inputs(&json, "1");
    assert!(inputs.ends_with(&format!(r#","plain":{text}}}"#)), "an ordinary text was changed: {inputs}");
    inputs[r#"{"text":"#.len()..inputs.len() - format!(r#","plain":{text}}}"#).len()].to_owned()
}

#[test]
fn the_first_option_stays() {
    let first = |text| prompt(text, DynamicPrompts::First);
    assert_eq!(first(r#""a {red|green} {one} {|x}cat""#), r#""a red one cat""#);
    assert_eq!(first(r#""{a {b|c} d|{e|f}} g""#), r#""a b d g""#);
    assert_eq!(first(r#""\\{a\\|b\\} {c\\|d|e} \\n""#), r#""{a|b} c|d \\n""#);
    assert_eq!(first(r#""\\\\{a|b}""#), r#""\\\\a""#);
    assert_eq!(first(r#""open {a|b""#), r#""open a""#);
    assert_eq!(first(r#""shut a|b}""#), r#""shut a|b}""#);
    assert_eq!(first(r#""ä {ö|ü} 猫""#), r#""ä ö 猫""#);
}

#[test]
fn comments_go_also_the_rest_of_an_address() {
    let first = |text| prompt(text, DynamicPrompts::First);
    assert_eq!(first(r#""a // b\nc /* d\n e */ f / g""#), r#""a \nc  f / g""#);
    assert_eq!(first(r#""see https://x.y""#), r#""see https:""#);
    assert_eq!(first(r#""never /* shut""#), r#""never /* shut""#);
    assert_eq!(first(r#""{a /* | */ b|c}""#), r#""a  b""#);
}

#[test]
fn a_seed_draws_the_same_option_each_time() {
    let text = r#""{a|b|c|d|{e|f|g}}{0|1|2|3|4|5|6|7|8|9}""#;
    let drawn: Vec<_> = (0..40).map(|seed| prompt(text, DynamicPrompts::Seed(seed))).collect();
    let again: Vec<_> = (0..40).map(|seed| prompt(text, DynamicPrompts::Seed(seed))).collect();
    assert_eq!(drawn, again);
    for option in ["a", "b", "c", "d", "e", "f", "g"] {
        assert!(drawn.iter().any(|text| text[1..].starts_with(option)), "never {option}: {drawn:?}");
    }
    assert!(drawn.iter().all(|text| text.len() == 4), "{drawn:?}");
}

#[test]
fn a_prompt_may_be_kept() {
    let text = r#""{a|b} // c\n\\{""#;
    assert_eq!(prompt(text, DynamicPrompts::Keep), text);
}

#[test]
fn file_names_have_dates_and_values() {
    let nodes = |prefix: &str| {
        let source = r#"{"id": 1, "type": "Picture", "title": "Source", "properties": {"Node name for S&R": "Pic"}, "widgets_values": [512]},
            {"id": 2, "type": "Prompt", "title": "Words", "widgets_values": ["a", "x/y:z*?\"<>|\\"]},"#;
        let more = r#","inputs": [{"name": "images", "type": "IMAGE", "link": null}]"#;
        let save = format!(r#"{{"id": 3, "type": "SaveImage", "widgets_values": ["{prefix}"]{more}}}"#);
        file(&format!("{source}{save}"), "", "")
    };
    let now = Some(Moment { year: 2026, month: 3, day: 4, hour: 5, minute: 16, second: 7 });
    let name =
        |prefix: &str, now| inputs(&with(&nodes(prefix), Options { now, ..Options::default() }).json, "3");
    let is = |name: &str| format!(r#"{{"filename_prefix":"{name}"}}"#);
    assert_eq!(
        name("%date:yyyy-MM-dd hh.mm.ss% %date:yy M d h m s%", now),
        is("2026-03-04 05.16.07 26 3 4 5 16 7")
    );
    assert_eq!(name("%date:yyyy%", None), is("%date:yyyy%"));
    assert_eq!(name("%Pic.width%-%Source.width%-%Words.plain%", now), is("512-512-x_y_z_______"));
    assert_eq!(name("100% %Pic.none% %None.width% %Pic% %", now), is("100% %Pic.none% %None.width% %Pic% %"));
}

#[test]
fn a_file_name_that_is_no_text_is_refused_by_its_full_id() {
    let save = r#"{"id": 3, "type": "SaveImage", "inputs": [], "widgets_values": [5]}"#;
    let at = |id: &str| ("filename_prefix", Some(id.to_owned()), Some("filename_prefix".to_owned()));
    let root = to_api_format(file(save, "", "").as_bytes(), &*OURS, &Options::default());
    assert_eq!(refusal(root), at("3"));
    let inside =
        format!(r#", "definitions": {{"subgraphs": [{{"id": "s", "nodes": [{save}], "links": []}}]}}"#);
    let host = r#"{"id": 7, "type": "s", "inputs": [], "outputs": []}"#;
    let inside = to_api_format(file(host, "", &inside).as_bytes(), &*OURS, &Options::default());
    assert_eq!(refusal(inside), at("7:3"));
}
