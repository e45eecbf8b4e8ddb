//! The editor's format: every file read and opened, odd and hostile ones too.

mod counts;
mod damage;
mod errors;
mod opened;
mod page_nodes;
mod widgets;

use std::fs;
use std::path::Path;

/// A file of the editor.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Every editor file of this project and, when they are there, those that CI puts beside it.
pub fn all() -> Vec<File> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for directory in ["tests/fixtures/editor", "../shared/ui", "../shared/comfyui/convert"] {
        let before = files.len();
        collect(&here.join(directory), &mut files);
        match files.len() - before {
            0 => println!("left out: {directory} is not here"),
            count => println!("{count} files in {directory}"),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn collect(directory: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(directory).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            collect(&path, files);
        } else if name.ends_with(".json") && !name.ends_with(".api.json") {
            files.push(File { name, bytes: fs::read(&path).unwrap() });
        }
    }
}
