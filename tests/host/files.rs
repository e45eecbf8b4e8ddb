//! Where the test files are, and how they are read.

use std::fs;
use std::path::{Path, PathBuf};

/// One workflow file and its expected flattening.
pub struct Workflow {
    pub name: String,
    pub bytes: Vec<u8>,
    pub flat: String,
}

/// A directory under `tests/fixtures`.
pub fn fixtures(directory: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(directory)
}

/// The workflows that CI puts beside the project, when they are there.
pub fn shared_workflows() -> Option<Vec<Workflow>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/workflows");
    directory.is_dir().then(|| workflows(&directory))
}

/// Every workflow of a directory that keeps `expected/<name>.flat.json` beside `<name>.json`.
pub fn workflows(directory: &Path) -> Vec<Workflow> {
    let mut found: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let flat = fs::read_to_string(directory.join(format!("expected/{name}.flat.json"))).unwrap();
            Workflow { bytes: fs::read(&path).unwrap(), name, flat }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The table of cases in a fixture directory.
pub fn cases(directory: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(fixtures(directory).join("cases.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// JSON text without the white space between its tokens.
pub fn compacted(json: &str) -> String {
    let mut inside = false;
    let mut escaped = false;
    json.chars()
        .filter(|&c| {
            let kept = inside || !c.is_ascii_whitespace();
            inside ^= c == '"' && !escaped;
            escaped = inside && c == '\\' && !escaped;
            kept
        })
        .collect()
}
