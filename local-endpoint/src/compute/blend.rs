//! Blends a source picture into a drawn one, except where it is masked.

use image::imageops::{self, FilterType};
use image::{GrayImage, Rgb, RgbImage};

use super::palette::{Palette, mix};

/// The share of the tinted source in the result.
const SHARE: f32 = 0.66;

/// Lays the tinted source over a drawing. Where it is masked the drawing stays as it is, as with inpainting.
pub fn show_through(
    mut drawing: RgbImage,
    source: &RgbImage,
    mask: Option<&GrayImage>,
    text: &str,
) -> RgbImage {
    let (width, height) = drawing.dimensions();
    let source = imageops::resize(source, width, height, FilterType::Triangle);
    let mask = mask.map(|mask| imageops::resize(mask, width, height, FilterType::Triangle));
    let palette = Palette::of(text);
    for (x, y, pixel) in drawing.enumerate_pixels_mut() {
        let hidden = mask.as_ref().map_or(0.0, |mask| f32::from(mask.get_pixel(x, y).0[0]) / 255.0);
        let own = source.get_pixel(x, y).0.map(|part| f32::from(part) / 255.0);
        let level = 0.2126 * own[0] + 0.7152 * own[1] + 0.0722 * own[2];
        let tinted = mix(own, palette.tint(level), 0.55);
        let drawn = pixel.0.map(|part| f32::from(part) / 255.0);
        let mixed = mix(drawn, tinted, SHARE * (1.0 - hidden));
        *pixel = Rgb(mixed.map(|part| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8));
    }
    drawing
}
