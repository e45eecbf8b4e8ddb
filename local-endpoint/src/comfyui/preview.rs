//! Previews of what a sampler is at, as binary messages.

use std::io::Cursor;

use serde_json::{Value, json};

use crate::compute::Payload;

const PREVIEW: u32 = 1;
const PREVIEW_WITH_FACTS: u32 = 4;
const JPEG: u32 = 1;
const PNG: u32 = 2;
/// The longest side of a preview.
const SIDE: u32 = 128;

/// A message in its two forms: with nothing but the picture, and with facts about it.
pub struct Preview {
    pub plain: Vec<u8>,
    pub with_facts: Vec<u8>,
}

impl Preview {
    /// A picture, as a node's real output by WebSocket is sent, too.
    pub fn png(bytes: &[u8], facts: &Value) -> Self {
        Self::of(bytes, PNG, facts)
    }

    /// What a sampler has come to, as a small JPEG.
    pub fn drawn(payload: &Payload, phase: f32, node: &str, prompt_id: &str) -> Option<Self> {
        let (width, height) = payload.canvas();
        let share = f64::from(SIDE) / f64::from(width.max(height));
        let fit = |side: u32| ((f64::from(side) * share.min(1.0)).round() as u32).max(1);
        let picture = payload.drawn(0, phase, (fit(width), fit(height)));
        let mut jpeg = Cursor::new(Vec::new());
        picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).ok()?;
        Some(Self::of(&jpeg.into_inner(), JPEG, &facts(node, prompt_id, "image/jpeg")))
    }

    fn of(bytes: &[u8], format: u32, facts: &Value) -> Self {
        let plain = [&PREVIEW.to_be_bytes(), &format.to_be_bytes(), bytes].concat();
        let facts = facts.to_string();
        let length = facts.len() as u32;
        let with_facts =
            [&PREVIEW_WITH_FACTS.to_be_bytes(), &length.to_be_bytes(), facts.as_bytes(), bytes].concat();
        Self { plain, with_facts }
    }
}

/// What is told of a preview.
pub fn facts(node: &str, prompt_id: &str, image_type: &str) -> Value {
    json!({
        "node_id": node, "prompt_id": prompt_id, "display_node_id": node, "parent_node_id": null,
        "real_node_id": node, "image_type": image_type,
    })
}
