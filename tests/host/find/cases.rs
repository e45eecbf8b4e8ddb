//! Files that people have: what found nothing before, and what only looks like it.

use super::forms::exif::{exif, jpeg};
use super::{source, texts};
use crate::files::fixtures;
use std::fs;
use viewcomfy_wasm::find::{Found, Generator};
use viewcomfy_wasm::workflow::Workflow;

fn case(name: &str) -> Vec<u8> {
    fs::read(fixtures("cases").join(name)).unwrap()
}

fn found(bytes: &[u8]) -> Option<Found> {
    source::search(bytes).result.unwrap()
}

/// The prompt in a file, which must be one, and whether a workflow is there too.
fn prompt_and(bytes: &[u8]) -> (Option<String>, bool) {
    let Some(found) = found(bytes) else { return (None, false) };
    assert_eq!(found.parameters, None);
    let prompt = found.prompt.map(|text| text.json);
    assert!(prompt.as_ref().is_none_or(|prompt| Workflow::parse(prompt.as_bytes()).is_ok()), "{prompt:?}");
    (prompt, found.workflow.is_some())
}

const NODES: &str = r#"{"1": {"class_type": "EmptyImage", "inputs": {"x": "a \"red\" fox"}}}"#;
const EDITOR: &str = r#"{"nodes": [], "links": [], "version": 0.4}"#;

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A JPEG with a user comment.
fn comment(code: &[u8; 8], text: &[u8]) -> Vec<u8> {
    jpeg(&exif(true, &[], Some(&[code.as_slice(), text].concat())))
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_prompt_that_was_encoded_twice_is_unwrapped_once() {
    let (prompt, has_workflow) = prompt_and(&case("04-double.mp4"));
    assert!(prompt.unwrap().contains(r#""seed":18446744073709551615"#) && has_workflow);
    let text = format!("prompt:{}", quoted(NODES));
    assert_eq!(
        prompt_and(&jpeg(&exif(true, &[(0x0110, 2, text.as_bytes())], None))).0.as_deref(),
        Some(NODES)
    );
    let both =
        format!(r#"{{"prompt": {}, "workflow": {}}}"#, quoted(&quoted(NODES)), quoted(&quoted(EDITOR)));
    assert_eq!(prompt_and(&comment(b"ASCII\0\0\0", both.as_bytes())), (Some(NODES.to_owned()), true));
    // Somebody's words in quotation marks.
    assert_eq!(texts(&jpeg(&exif(true, &[(0x0110, 2, b"prompt:\"a cat\"")], None))), Ok(None));
}

#[test]
fn comments_are_read_whatever_their_code_says() {
    let (prompt, has_workflow) = prompt_and(&case("07-comment-undefined.jpg"));
    assert!(prompt.unwrap().contains("a red fox") && has_workflow);
    let both = format!(r#"{{"prompt": {NODES}, "workflow": {EDITOR}}}"#);
    for code in [b"UNICODE\0", b"ASCII\0\0\0", b"JIS\0\0\0\0\0", &[0; 8]] {
        for text in [both.as_bytes().to_vec(), utf16le(&both)] {
            assert_eq!(prompt_and(&comment(code, &text)), (Some(NODES.to_owned()), true), "{code:?}");
        }
    }
}

#[test]
fn a_comment_may_be_the_workflow_itself() {
    let (prompt, has_workflow) = prompt_and(&case("07-bare-nodes.jpg"));
    assert!(prompt.unwrap().contains("a red fox") && !has_workflow);
    assert_eq!(prompt_and(&comment(b"UNICODE\0", &utf16le(EDITOR))), (None, true));
    // Civitai writes what it uses, and the settings as a text, among the nodes.
    let civitai = NODES.replacen('{', r#"{"extra": {"airs": ["urn:air:1"]}, "#, 1);
    let civitai =
        format!(r#"{}, "extraMetadata": {}}}"#, &civitai[..civitai.len() - 1], quoted(r#"{"steps": 20}"#));
    let (prompt, _) = prompt_and(&comment(b"UNICODE\0", &utf16le(&civitai)));
    assert_eq!(prompt.unwrap(), r#"{"1":{"class_type":"EmptyImage","inputs":{"x":"a \"red\" fox"}}}"#);
    for other in [r#"{"a": {"inputs": {}}}"#, r#"{"class_type": "x"}"#, r#"{"1": {"class_type": 5}}"#] {
        assert_eq!(texts(&comment(&[0; 8], other.as_bytes())), Ok(None), "{other}");
    }
}

#[test]
fn a_drawing_may_have_its_workflow_in_its_description() {
    assert_eq!(prompt_and(&case("svg_desc.svg")), (None, true));
    let svg = |inside: &str| format!("<svg>{inside}<path/></svg>").into_bytes();
    let escaped = NODES.replace('"', "&quot;");
    assert_eq!(prompt_and(&svg(&format!("<desc id='d'>{escaped}</desc>"))).0.as_deref(), Some(NODES));
    let both = format!("<desc>Made with & by hand</desc><desc><![CDATA[{{\"prompt\": {NODES}}}]]></desc>");
    assert_eq!(prompt_and(&svg(&both)).0.as_deref(), Some(NODES));
    for other in [
        "<desc>a cat &c; </desc>",
        "<description>{\"1\": </description>",
        "<desc/>",
        "<desc>{red} fox</desc>",
    ] {
        assert_eq!(texts(&svg(other)), Ok(None), "{other}");
    }
}

#[test]
fn names_of_nodes_are_not_a_workflow() {
    assert_eq!(texts(&case("find_nodedefs.json")), Ok(None));
    assert_eq!(texts(br#"{"A": {"display_name": "A", "inputs": {}}, "settings": {"inputs": {}}}"#), Ok(None));
    assert_eq!(texts(br#"{"prompt": {"1": {"inputs": {"text": "x"}}}}"#), Ok(None));
}

/// A PNG with texts, which need a checksum each.
fn png(texts: &[(&str, &str)]) -> Vec<u8> {
    let chunks = texts.iter().map(|(name, text)| {
        super::forms::png::chunk(b"tEXt", &[name.as_bytes(), b"\0", text.as_bytes()].concat())
    });
    let chunks = chunks.collect::<Vec<_>>().concat();
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks, &super::forms::png::chunk(b"IEND", b"")].concat()
}

#[test]
fn what_another_program_wrote_is_told_apart_from_nothing() {
    let told = |bytes: &[u8]| found(bytes).map(|found| (found.prompt, found.parameters));
    let (prompt, parameters) = told(&case("png_a1111.png")).unwrap();
    let parameters = parameters.unwrap();
    assert_eq!((prompt, parameters.generator), (None, Generator::A1111));
    assert_eq!(parameters.place, "tEXt chunk \"parameters\"");
    assert!(parameters.text.starts_with("a red fox\nNegative prompt: bad\nSteps: 20"), "{}", parameters.text);
    let a1111 = "a red fox\nSteps: 4, Sampler: Euler, Seed: 1";
    let in_jpeg = told(&comment(b"UNICODE\0", &utf16le(a1111))).unwrap().1.unwrap();
    assert_eq!((in_jpeg.generator, in_jpeg.text.as_str()), (Generator::A1111, a1111));
    assert_eq!(in_jpeg.place, "EXIF tag 0x9286 (UserComment)");
    let novelai = r#"{"prompt": "a fox", "steps": 28, "uc": "bad"}"#;
    let of_novelai = told(&png(&[("Software", "NovelAI"), ("Comment", novelai)])).unwrap().1.unwrap();
    assert_eq!((of_novelai.generator, of_novelai.text.as_str()), (Generator::NovelAi, novelai));
    // Where ComfyUI wrote a workflow, that is what the file is.
    let both = found(&png(&[("parameters", a1111), ("prompt", NODES)])).unwrap();
    assert!(both.prompt.is_some() && both.parameters.is_none());
    assert_eq!(found(&png(&[("parameters", "a red fox"), ("Comment", "hello")])), None);
}
