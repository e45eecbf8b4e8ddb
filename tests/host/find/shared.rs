//! Real files, and made ones, that CI puts beside the project.

use super::source::{Search, search};
use std::fs;
use std::path::Path;

#[test]
fn shared_media_give_what_their_list_says() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/media");
    if !directory.is_dir() {
        eprintln!("../shared/media is not there: real files were not looked at");
        return;
    }
    let list = fs::read_to_string(directory.join("SOURCES.tsv")).unwrap();
    let prompt = made_prompt(&directory);
    let (mut files, mut made) = (0, Vec::new());
    for line in list.lines().skip(1) {
        let mut columns = line.split('\t');
        let (name, what) = (columns.next().unwrap(), columns.nth(1));
        let (Some(what), Ok(bytes)) = (what, fs::read(directory.join(name))) else { continue };
        files += 1;
        let Search { result, reads, bytes: read } = search(bytes.as_slice());
        println!("{name}: {read} of {} bytes in {reads} reads", bytes.len());
        let Some(found) = result.unwrap() else {
            assert_eq!(what, "nothing", "{name}");
            continue;
        };
        assert_ne!(what, "nothing", "{name}");
        let (prompt_text, workflow_text) = (found.prompt.unwrap().json, found.workflow.unwrap().json);
        if let Some((_, lengths)) = what.split_once("\"prompt\": [\"tEXt\", ") {
            // Those of the chunks: the name, a zero, the text.
            let length = |text: &str| text[..text.find(']').unwrap()].parse::<usize>().unwrap();
            assert_eq!("prompt\0".len() + prompt_text.len(), length(lengths), "{name}");
            let lengths = lengths.split_once("\"workflow\": [\"tEXt\", ").unwrap().1;
            assert_eq!("workflow\0".len() + workflow_text.len(), length(lengths), "{name}");
        }
        if name.starts_with("made") {
            let value: serde_json::Value = serde_json::from_str(&prompt_text).unwrap();
            assert_eq!(value, prompt, "{name}");
            made.push([prompt_text, workflow_text]);
        }
    }
    assert!(files >= 20, "{files} files");
    // All were made from the same two texts.
    assert!(made.len() >= 12 && made.iter().all(|texts| *texts == made[0]));
    assert!(made[0][1].contains("[18446744073709551615, "));
}

/// The workflow that the made files hold.
fn made_prompt(directory: &Path) -> serde_json::Value {
    let name = "SaladTechnologies__comfyui-api__example-workflows__sd1.5__txt2img.json";
    let text = fs::read_to_string(directory.join("../workflows").join(name)).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value.get("prompt").cloned().unwrap_or(value)
}
