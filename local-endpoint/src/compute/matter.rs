//! What flows along links, and a node as the computing sees it.

use std::sync::Arc;

use image::{GrayImage, RgbImage};
use serde_json::{Map, Value};

use super::drawing::{Scene, draw};
use crate::job::Given;
use crate::kind::Kind;

/// The most text that is kept, in bytes: where paths part and meet again, it would double each time.
const MAX_TEXT: usize = 4000;
/// The longest side of a drawn picture.
const CANVAS: u32 = 1024;
const DEFAULT_SIZE: (u32, u32) = (512, 512);

/// What one output of a node hands on. Most fields are hints for what a model would have made of them.
#[derive(Clone, Default)]
pub struct Matter {
    /// Pictures, when there are any already.
    pub pictures: Vec<Arc<RgbImage>>,
    /// 255 where masked.
    pub mask: Option<Arc<GrayImage>>,
    /// The picture that a latent was encoded from.
    pub source: Option<Arc<RgbImage>>,
    /// Width and height of the latent's picture.
    pub size: Option<(u32, u32)>,
    /// Pictures in the latent's batch.
    pub batch: Option<u32>,
    /// Words that conditioned it.
    pub text: String,
    /// A plain value: a number or text made by a node.
    pub value: Option<Value>,
    /// Steps that a sampler will take.
    pub steps: Option<u32>,
    /// A model had a hand in it.
    pub sampled: bool,
    /// Hash of everything that led here.
    pub ink: u64,
}

/// A node with its inputs at hand.
pub struct Node {
    pub class_type: String,
    pub kind: Kind,
    /// Inputs that are no links, in file order.
    pub literals: Map<String, Value>,
    /// Linked inputs, in file order.
    pub linked: Vec<(String, Matter)>,
    pub given: Given,
    pub ink: u64,
}

impl Node {
    /// What a link brings to an input.
    pub fn matter(&self, input: &str) -> Option<&Matter> {
        self.linked.iter().find(|(name, _)| name == input).map(|(_, matter)| matter)
    }

    /// An input's value, given here or by another node.
    pub fn value(&self, input: &str) -> Option<&Value> {
        self.literals.get(input).or_else(|| self.matter(input)?.value.as_ref())
    }

    /// An input as a whole number; what is out of range is taken as absent.
    pub fn number(&self, input: &str) -> Option<u32> {
        let value = self.value(input)?;
        let number = value.as_u64().or_else(|| value.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64))?;
        number.try_into().ok()
    }

    /// An input as text.
    pub fn text(&self, input: &str) -> Option<&str> {
        self.value(input)?.as_str()
    }

    /// Everything that the links bring, in one. What is to be avoided counts for the ink only.
    pub fn gathered(&self) -> Matter {
        let mut all = Matter { ink: self.ink, ..Matter::default() };
        for (name, matter) in &self.linked {
            if name.starts_with("negative") {
                continue;
            }
            all.take(matter, name.contains("latent") || name == "samples");
        }
        all
    }
}

impl Matter {
    fn take(&mut self, other: &Self, is_latent: bool) {
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

    /// Width and height of the picture that would come of it, within the canvas.
    pub fn canvas(&self) -> (u32, u32) {
        let (width, height) = self.size.unwrap_or(DEFAULT_SIZE);
        let share = f64::from(CANVAS) / f64::from(width.max(height).max(1));
        if share >= 1.0 {
            return (width.max(1), height.max(1));
        }
        let fit = |side: u32| ((f64::from(side) * share).round() as u32).max(1);
        (fit(width), fit(height))
    }

    /// The picture that stands in for a model's, with what it was made from showing through.
    pub fn drawn(&self, index: u32, phase: f32, (width, height): (u32, u32)) -> RgbImage {
        let ink = self.ink.wrapping_add(u64::from(index).wrapping_mul(0x9e37_79b9));
        let picture = draw(&Scene { width, height, text: &self.text, ink, phase });
        match &self.source {
            Some(source) => super::blend::show_through(picture, source, self.mask.as_deref(), &self.text),
            None => picture,
        }
    }
}
