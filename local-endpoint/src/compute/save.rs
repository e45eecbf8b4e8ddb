//! The output nodes: files of the kind each one saves, named as ComfyUI names them.

use std::sync::Arc;

use image::RgbImage;

use super::node::Node;
use super::output::{Failure, NodeOutput};
use super::payload::Payload;
use super::{animation, audio};
use crate::node_kind::Saving;
use crate::png_text;
use crate::result::OutputFile;

/// Saves what a node was given.
pub fn save(node: &Node, saving: Saving, prompt: &str) -> Result<NodeOutput, Failure> {
    let mut payload = node.gathered();
    let name = stem(node, saving);
    let file = |index: usize, extension: &str, content_type: &'static str, bytes: Vec<u8>| OutputFile {
        filename: format!("{name}_{:05}_.{extension}", index + 1),
        content_type,
        bytes: bytes.into(),
    };
    let files = match saving {
        Saving::Png | Saving::Temporary => {
            let mut files = Vec::new();
            for (index, picture) in pictures(&payload).iter().enumerate() {
                files.push(file(index, "png", "image/png", encode(picture, prompt)?));
            }
            files
        }
        Saving::AnimatedPng => vec![file(0, "png", "image/png", animation::apng(&payload, rate(node))?)],
        Saving::Video if node.text("format") == Some("image/gif") => {
            vec![file(0, "gif", "image/gif", animation::gif(&payload, rate(node))?)]
        }
        Saving::Video => vec![file(0, "webp", "image/webp", animation::webp(&payload, rate(node))?)],
        Saving::Audio => vec![file(0, "wav", "audio/wav", audio::wav(node.seed)?)],
        Saving::Text => vec![file(0, "txt", "text/plain; charset=utf-8", words(node).into_bytes())],
        Saving::Nothing => {
            payload.value = Some(words(node).into());
            Vec::new()
        }
    };
    Ok(NodeOutput { slots: vec![payload], files })
}

/// The given pictures, or one that stands in for a model's.
fn pictures(payload: &Payload) -> Vec<Arc<RgbImage>> {
    if !payload.pictures.is_empty() {
        return payload.pictures.clone();
    }
    if let Some(mask) = payload.mask.as_deref().filter(|_| !payload.sampled) {
        return vec![Arc::new(image::DynamicImage::from(mask.clone()).into_rgb8())];
    }
    vec![Arc::new(payload.drawn(0, 0.0, payload.canvas()))]
}

fn encode(picture: &RgbImage, prompt: &str) -> Result<Vec<u8>, Failure> {
    png_text::encode(picture.width(), picture.height(), picture, &[("prompt", prompt)])
        .map_err(|error| Failure::new("OSError", &error.to_string()))
}

fn rate(node: &Node) -> u32 {
    node.number("fps").or_else(|| node.number("frame_rate")).unwrap_or(8).clamp(1, 24)
}

fn words(node: &Node) -> String {
    let linked = node.linked.iter().find_map(|(_, payload)| payload.value.as_ref()?.as_str());
    linked.or_else(|| node.text("text")).map_or_else(|| node.gathered().text.trim().to_owned(), str::to_owned)
}

/// The beginning of a file name: the prefix without its folder, or a name for temporary files.
fn stem(node: &Node, saving: Saving) -> String {
    if saving == Saving::Temporary {
        let letter = |index: u32| char::from(b'a' + (node.seed >> (index * 8)) as u8 % 26);
        return format!("ComfyUI_temp_{}", (0..5).map(letter).collect::<String>());
    }
    let prefix = node.text("filename_prefix").unwrap_or("ComfyUI");
    let name = prefix.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() { "ComfyUI".into() } else { name.into() }
}
