//! The editor files that are compared: the fixtures, and those that CI puts beside the project.

use crate::find::workflow_in;
use std::fs;
use std::path::{Path, PathBuf};
use viewcomfy_wasm::ErrorKind;
use viewcomfy_wasm::workflow::Workflow;

/// An editor file, by its path below the project or beside it.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The editor files under a directory, in JSON and in media; none where the directory is not there.
pub fn under(directory: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let file = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        let bytes = if is_json { bytes } else { workflow_in(&bytes)?.into_bytes() };
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        is_editor_file(&bytes).then_some(File { name, bytes })
    };
    paths.into_iter().filter_map(file).collect()
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

fn is_editor_file(bytes: &[u8]) -> bool {
    let read = Workflow::parse(bytes);
    read.is_err_and(|error| matches!(error.kind(), ErrorKind::EditorWorkflow {}))
}
