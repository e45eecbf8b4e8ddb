//! What a link carries from one node to the next.

use std::sync::Arc;

use image::{GrayImage, RgbImage};
use serde_json::Value;

use super::drawing::{Scene, draw};

/// The most text that is kept, in bytes: wherever paths fork and join again, it would double.
const MAX_TEXT: usize = 4000;
/// The longest side of a drawn picture.
const MAX_SIDE: u32 = 1024;
const DEFAULT_SIZE: (u32, u32) = (512, 512);

/// What one output of a node passes on. Most fields are hints for drawing what a model would have made.
#[derive(Clone, Default)]
pub struct Payload {
    /// Pictures, if there are any yet.
    pub pictures: Vec<Arc<RgbImage>>,
    /// The mask: 255 where masked.
    pub mask: Option<Arc<GrayImage>>,
    /// The picture that a latent was encoded from.
    pub source: Option<Arc<RgbImage>>,
    /// Width and height of the latent's picture.
    pub size: Option<(u32, u32)>,
    /// Pictures in the latent's batch.
    pub batch: Option<u32>,
    /// The prompt's words.
    pub text: String,
    /// A plain value: a number or text made by a node.
    pub value: Option<Value>,
    /// Steps that a sampler will take.
    pub steps: Option<u32>,
    /// Whether a model was involved.
    pub sampled: bool,
    /// The hash of everything that led here.
    pub seed: u64,
}

impl Payload {
    /// Adds what another link carries, except for fields that are already set.
    pub fn merge(&mut self, other: &Self, is_latent: bool) {
        if self.pictures.is_empty() {
            self.pictures.clone_from(&other.pictures);
        }
        if self.text.len() < MAX_TEXT && !self.text.contains(&other.text) {
            self.text.push(' ');
            self.text.push_str(&other.text);
        }
        self.mask = self.mask.take().or_else(|| other.mask.clone());
        self.source = self.source.take().or_else(|| other.source.clone());
        self.steps = self.steps.or(other.steps);
        self.batch = self.batch.or(other.batch);
        self.size = if is_latent { other.size.or(self.size) } else { self.size.or(other.size) };
        self.sampled |= other.sampled;
    }

    /// Width and height of the resulting picture, within the canvas.
    pub fn canvas(&self) -> (u32, u32) {
        let (width, height) = self.size.unwrap_or(DEFAULT_SIZE);
        let share = f64::from(MAX_SIDE) / f64::from(width.max(height).max(1));
        if share >= 1.0 {
            return (width.max(1), height.max(1));
        }
        let fit = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
        (fit(width), fit(height))
    }

    /// The picture that stands in for a model's, blended with its source.
    pub fn drawn(&self, index: u32, phase: f32, (width, height): (u32, u32)) -> RgbImage {
        let seed = self.seed.wrapping_add(u64::from(index).wrapping_mul(0x9e37_79b9));
        let picture = draw(&Scene { width, height, text: &self.text, seed, phase });
        match &self.source {
            Some(source) => super::blend::show_through(picture, source, self.mask.as_deref(), &self.text),
            None => picture,
        }
    }
}
