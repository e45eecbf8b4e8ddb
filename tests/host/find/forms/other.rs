//! JSON, and a file that is not what it said.

use super::{PROMPT, only_prompt, utf16};
use crate::files::fixtures;
use crate::find::fixtures::read;
use crate::find::texts;
use std::fs;

#[test]
fn a_file_that_turns_out_shorter_than_it_said_is_damage() {
    use viewcomfy_wasm::find::{Finder, Step};
    let bytes = read("film.mp4");
    let mut finder = Finder::new(bytes.len() as u64 + 1000);
    let error = loop {
        match finder.step() {
            Ok(Step::Read { at, length }) => {
                let at = usize::try_from(at).unwrap().min(100);
                finder.give(bytes[at..(at + length).min(100)].to_vec());
            }
            Ok(step) => unreachable!("{step:?}"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.code().as_str(), "damaged_file");
}

#[test]
fn json_says_what_it_is_by_its_content() {
    let request = format!("{{\"client_id\": \"c\", \"prompt\": {PROMPT}}}");
    assert_eq!(texts(request.as_bytes()), only_prompt());
    assert_eq!(texts(format!("\u{feff} {PROMPT}\n").as_bytes()), only_prompt());
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(texts(&utf16(&format!("\u{feff} {PROMPT}\n"), unit)), only_prompt());
    }
    let lines = PROMPT.replacen('{', "{\n  ", 1);
    let encoded = serde_json::to_string(&lines).unwrap();
    for text in [encoded.clone(), format!("[{encoded}]"), serde_json::to_string(&encoded).unwrap()] {
        assert_eq!(texts(text.as_bytes()), Ok(Some([Some(lines.clone()), None])), "{text}");
    }
    let words = "{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": NaN, \"y\": [-Infinity]}}}";
    assert_eq!(texts(words.as_bytes()), Ok(Some([Some(words.to_owned()), None])));
    for other in [
        "",
        " ",
        "{}",
        "[]",
        "\"{red}\" fox",
        "\"{",
        "[\"a fox\"]",
        "{\"a\": 1}",
        "{\"nodes\": []}",
        "# {\"1\": {}}",
        "{red|blue}",
        "{\\rtf1 }",
    ] {
        assert_eq!(texts(other.as_bytes()), Ok(None), "{other}");
    }
    for damaged in
        ["{\"1\": {\"class_type\": \"A\"}", "{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": nan}}}"]
    {
        assert!(texts(damaged.as_bytes()).is_err(), "{damaged}");
    }
}

#[test]
fn pictures_and_films_may_hold_what_python_writes() {
    for file in ["01-nan-list.png", "02-comment-object.mp4"] {
        let bytes = fs::read(fixtures("cases").join(file)).unwrap();
        let Ok(Some([Some(prompt), Some(workflow)])) = texts(&bytes) else { panic!("{file}") };
        assert!(prompt.contains("\"is_changed\":[NaN]"), "{file}: {prompt}");
        assert!(workflow.contains("\"nodes\""), "{file}: {workflow}");
    }
}
