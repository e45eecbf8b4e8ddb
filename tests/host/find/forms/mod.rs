//! Forms that few programs write, put together here, and what these are made of.

mod boxes;
pub mod exif;
mod matroska;
mod other;
pub mod png;
mod sounds;

const PROMPT: &str = r#"{"1": {"class_type": "Gärten"}}"#;

/// What is found where only the prompt is there.
fn only_prompt() -> Result<Option<[Option<String>; 2]>, String> {
    Ok(Some([Some(PROMPT.to_owned()), None]))
}

fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn be32(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_be_bytes()
}

fn le32(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}
