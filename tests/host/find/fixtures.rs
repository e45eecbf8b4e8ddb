//! One file of each kind, and those without a workflow.

use super::source::search;
use super::texts;
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::find::Format;

/// Each file that holds both texts: its name, its kind, where the prompt and the workflow are.
pub const FILES: [(&str, Format, &str, &str); 23] = [
    ("text.png", Format::Png, "tEXt chunk \"prompt\"", "iTXt chunk \"workflow\""),
    ("compressed.png", Format::Png, "zTXt chunk \"prompt\"", "compressed iTXt chunk \"workflow\""),
    ("animated.png", Format::Png, "comf chunk \"prompt\"", "comf chunk \"workflow\""),
    ("picture.webp", Format::Webp, "EXIF tag 0x0110 (Model)", "EXIF tag 0x010F (Make)"),
    ("animated.webp", Format::Webp, "EXIF tag 0x0110 (Model)", "EXIF tag 0x010F (Make)"),
    ("picture.avif", Format::Avif, "EXIF tag 0x0110 (Model)", "EXIF tag 0x010F (Make)"),
    ("picture.jpg", Format::Jpeg, "EXIF tag 0x0110 (Model)", "EXIF tag 0x010F (Make)"),
    ("film.mp4", Format::Mp4, "moov/udta/meta, prompt", "moov/udta/meta, workflow"),
    ("film.mov", Format::Mp4, "moov/udta/meta, prompt", "moov/udta/meta, workflow"),
    ("comment.mp4", Format::Mp4, "moov/udta/meta, comment", "moov/udta/meta, comment"),
    ("film.webm", Format::Matroska, "tag \"PROMPT\"", "tag \"WORKFLOW\""),
    ("film.mkv", Format::Matroska, "tag \"PROMPT\"", "tag \"WORKFLOW\""),
    ("comment.webm", Format::Matroska, "tag \"COMMENT\"", "tag \"COMMENT\""),
    ("sound.flac", Format::Flac, "Vorbis comment \"prompt\"", "Vorbis comment \"workflow\""),
    ("sound.opus", Format::Ogg, "Vorbis comment \"prompt\"", "Vorbis comment \"workflow\""),
    ("sound.mp3", Format::Mp3, "ID3 text \"prompt\"", "ID3 text \"workflow\""),
    ("latent.safetensors", Format::Safetensors, "__metadata__ of the header", "__metadata__ of the header"),
    ("shape.glb", Format::Glb, "asset.extras", "asset.extras"),
    ("drawing.svg", Format::Svg, "metadata element", "metadata element"),
    ("escaped.svg", Format::Svg, "metadata element", "metadata element"),
    ("request.json", Format::Json, "inside of the file", "inside of the file, beside the prompt"),
    ("prompt.json", Format::Json, "the file itself", ""),
    ("workflow.json", Format::Json, "", "the file itself"),
];

/// The bytes of a fixture.
pub fn read(name: &str) -> Vec<u8> {
    fs::read(fixtures("found").join(name)).unwrap()
}

/// One of the two texts that all files hold.
pub fn source_text(name: &str) -> String {
    String::from_utf8(read(name)).unwrap()
}

#[test]
fn every_kind_of_file_gives_both_texts_to_the_byte() {
    let expected = [source_text("prompt.json"), source_text("workflow.json")];
    for (name, format, prompt_place, workflow_place) in FILES {
        let found = search(read(name).as_slice()).result.unwrap().unwrap();
        assert_eq!(found.format, format, "{name}");
        let both = [(found.prompt, prompt_place), (found.workflow, workflow_place)];
        for ((text, place), expected) in both.into_iter().zip(&expected) {
            let Some(text) = text else {
                assert_eq!(place, "", "{name}");
                continue;
            };
            assert_eq!(&text.json, expected, "{name}");
            assert_eq!(text.place, place, "{name}");
        }
    }
}

#[test]
fn every_file_that_was_made_is_looked_at() {
    let files = fs::read_dir(fixtures("found")).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = files.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| !["make.py", "none"].contains(&name.as_str()));
    names.sort();
    let mut listed = FILES.map(|(name, ..)| name.to_owned());
    listed.sort();
    assert_eq!(names, listed, "FILES has one row for each file of tests/fixtures/found");
}

#[test]
fn files_without_a_workflow_give_none() {
    let mut files = 0;
    for entry in fs::read_dir(fixtures("found/none")).unwrap() {
        let path = entry.unwrap().path();
        // Of another program's settings there is a text, but no workflow.
        let nothing = if path.ends_with("parameters.png") { Some([None, None]) } else { None };
        assert_eq!(texts(&fs::read(&path).unwrap()), Ok(nothing), "{path:?}");
        files += 1;
    }
    assert!(files >= 14);
}

#[test]
fn workflow_files_of_any_sort_are_found_as_what_they_are() {
    for directory in ["workflows", "wrappers"] {
        for entry in fs::read_dir(fixtures(directory)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let workflow = viewcomfy_wasm::workflow::Workflow::parse(&bytes).unwrap();
            let [prompt, editor] = texts(&bytes).unwrap().unwrap();
            assert_eq!(prompt.as_deref(), Some(workflow.text()), "{path:?}");
            assert_eq!(editor.is_some(), path.ends_with("request_body.json"), "{path:?}");
        }
    }
}
