//! Finding workflows in files: the fixtures, real files, damaged and very large ones, and the forms that few programs
//! write.

mod cases;
mod damaged;
mod fixtures;
mod forms;
mod large;
mod shared;
mod source;

use viewcomfy_wasm::find::Text;

/// The prompt and the workflow in a file; the error's message where it is damaged.
fn texts(bytes: &[u8]) -> Result<Option<[Option<String>; 2]>, String> {
    let json = |text: Option<Text>| text.map(|text| text.json);
    match source::search(bytes).result {
        Ok(found) => Ok(found.map(|found| [json(found.prompt), json(found.workflow)])),
        Err(error) => {
            assert_eq!(error.code().as_str(), "damaged_file");
            Err(error.to_string())
        }
    }
}

/// The workflow of the editor in a media file.
pub fn workflow_in(bytes: &[u8]) -> Option<String> {
    source::search(bytes).result.ok()??.workflow.map(|text| text.json)
}

/// The prompt and the workflow in a file that has at least one of them.
pub fn both_in(bytes: &[u8]) -> [Option<String>; 2] {
    texts(bytes).unwrap().unwrap()
}
