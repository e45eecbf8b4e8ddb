//! What an output node made, put into the server's folders and told as ComfyUI tells it.

use serde_json::{Map, Value, json};

use super::files::{Files, Folder, Location};
use crate::result::OutputFile;
use crate::workflow::Workflow;

/// Keeps a node's files, and gives its output; none for a node that shows nothing.
pub fn keep(files: &Files, workflow: &Workflow, id: &str, made: &[OutputFile]) -> Option<Value> {
    let subfolder = workflow
        .input(id, "filename_prefix")
        .and_then(Value::as_str)
        .and_then(|prefix| prefix.rsplit_once('/'))
        .map_or("", |(folder, _)| folder);
    let mut output = Map::new();
    for file in made {
        let location = keep_one(files, subfolder, file);
        let key = key(file.content_type);
        push(&mut output, key, location.to_json());
        if key == "files" {
            push(&mut output, "text", String::from_utf8_lossy(&file.bytes).into());
        }
        if is_animated(&file.filename) {
            output.insert("animated".into(), json!([true]));
        }
    }
    (!output.is_empty()).then_some(Value::Object(output))
}

fn keep_one(files: &Files, subfolder: &str, file: &OutputFile) -> Location {
    let folder = if file.filename.starts_with("ComfyUI_temp_") { Folder::Temp } else { Folder::Output };
    let (name, extension) = file.filename.rsplit_once('.').unwrap_or((&file.filename, "bin"));
    // The deployment's names end in a number and a dash: `fox_00001_`.
    let stem = name.trim_end_matches('_').rsplit_once('_').map_or(name, |(stem, _)| stem);
    files.add_output(folder, subfolder, stem, extension, file.bytes.clone())
}

/// ComfyUI has videos among the pictures.
fn key(content_type: &str) -> &'static str {
    match content_type.split('/').next() {
        Some("audio") => "audio",
        Some("text") => "files",
        _ => "images",
    }
}

fn is_animated(name: &str) -> bool {
    [".webp", ".gif"].iter().any(|extension| name.ends_with(extension))
}

fn push(output: &mut Map<String, Value>, key: &str, value: Value) {
    if let Some(list) = output.entry(key).or_insert_with(|| json!([])).as_array_mut() {
        list.push(value);
    }
}
