//! JSON, and a file that is not what it said.

use super::{PROMPT, only_prompt};
use crate::find::fixtures::read;
use crate::find::texts;

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
    for other in
        ["", " ", "{}", "[]", "{\"a\": 1}", "{\"nodes\": []}", "# {\"1\": {}}", "{red|blue}", "{\\rtf1 }"]
    {
        assert_eq!(texts(other.as_bytes()), Ok(None), "{other}");
    }
    for damaged in
        ["{\"1\": {\"class_type\": \"A\"}", "{\"1\": {\"class_type\": \"A\", \"inputs\": {\"x\": NaN}}}"]
    {
        assert!(texts(damaged.as_bytes()).is_err(), "{damaged}");
    }
}
