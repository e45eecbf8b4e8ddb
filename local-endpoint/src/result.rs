//! The prompt result: what a run made, and its JSON with or without a fault.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::faults::Fault;

/// A file that a run made.
#[derive(Clone, Debug)]
pub struct OutputFile {
    pub filename: String,
    pub content_type: &'static str,
    pub bytes: Bytes,
}

/// The outcome of a run.
#[derive(Clone, Debug)]
pub struct PromptResult {
    pub prompt_id: String,
    pub seconds: f64,
    pub prompt: Map<String, Value>,
    pub outputs: Vec<OutputFile>,
    /// What went wrong, if the run failed.
    pub error: Option<String>,
}

impl PromptResult {
    /// The JSON text. `base` is this server's address, for links.
    pub fn to_json(&self, fault: Option<Fault>, base: &str) -> String {
        let error = match fault {
            Some(Fault::FailedResult) => Some("ValueError: a failure on request"),
            _ => self.error.as_deref(),
        };
        let mut result = json!({
            "prompt_id": self.prompt_id,
            "status": if error.is_some() { "error" } else { "success" },
            "completed": error.is_none(),
            "execution_time_seconds": (self.seconds * 100.0).round() / 100.0,
            "prompt": self.prompt,
        });
        if fault != Some(Fault::NoOutputs) {
            let outputs = self.outputs.iter().map(|output| self.output(output, fault, base));
            result["outputs"] = outputs.collect();
        }
        if let Some(error) = error {
            result["error_data"] = error.into();
        }
        let mut text = result.to_string();
        if fault == Some(Fault::InvalidJson) {
            cut(&mut text);
        }
        text
    }

    fn output(&self, output: &OutputFile, fault: Option<Fault>, base: &str) -> Value {
        let mut entry = json!({"filename": output.filename, "content_type": output.content_type});
        if fault == Some(Fault::LinkOutput) {
            let name: String = form_urlencoded::byte_serialize(output.filename.as_bytes()).collect();
            entry["filepath"] =
                format!("{base}/outputs/{}/{}", self.prompt_id, name.replace('+', "%20")).into();
        } else {
            let mut data = STANDARD.encode(&output.bytes);
            if fault == Some(Fault::InvalidBase64) {
                data.insert_str(data.len() / 2, "*not base64*");
            }
            entry["data"] = data.into();
        }
        let more = usize::from(fault == Some(Fault::WrongSize));
        entry["size"] = (output.bytes.len() + more).into();
        entry
    }
}

/// Truncates a text to two thirds, at a character boundary.
fn cut(text: &mut String) {
    let mut at = text.len() * 2 / 3;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text.truncate(at);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result() -> PromptResult {
        PromptResult {
            prompt_id: "id".into(),
            seconds: 1.234,
            prompt: serde_json::from_str(r#"{"3":{"inputs":{"seed":18446744073709551615,"cfg":6.0}}}"#)
                .unwrap(),
            outputs: vec![OutputFile {
                filename: "a b.png".into(),
                content_type: "image/png",
                bytes: Bytes::from_static(b"abc"),
            }],
            error: None,
        }
    }

    #[test]
    fn keeps_literals_and_order() {
        let expected = concat!(
            r#"{"prompt_id":"id","status":"success","completed":true,"execution_time_seconds":1.23,"#,
            r#""prompt":{"3":{"inputs":{"seed":18446744073709551615,"cfg":6.0}}},"#,
            r#""outputs":[{"filename":"a b.png","content_type":"image/png","data":"YWJj","size":3}]}"#
        );
        assert_eq!(result().to_json(None, ""), expected);
    }

    #[test]
    fn shows_each_fault() {
        let text = |fault| result().to_json(Some(fault), "http://here");
        assert!(
            text(Fault::LinkOutput).contains(r#""filepath":"http://here/outputs/id/a%20b.png","size":3"#)
        );
        assert!(text(Fault::WrongSize).contains(r#""size":4"#));
        assert!(!text(Fault::NoOutputs).contains("outputs"));
        assert!(text(Fault::FailedResult).contains(r#""status":"error","completed":false"#));
        assert!(serde_json::from_str::<Value>(&text(Fault::InvalidJson)).is_err());
        assert!(text(Fault::InvalidBase64).contains("*not base64*"));
    }
}
