//! The nodes that need no model and are computed as in ComfyUI.

use std::sync::Arc;

use image::imageops::{self, FilterType};
use image::{GrayImage, Luma, Rgb, RgbImage, RgbaImage};

use super::node::Node;
use super::output::{Failure, NodeOutput};
use super::payload::Payload;

/// The most pixels that one node may make.
const MAX_PIXELS: u64 = 64 << 20;

/// The outcome, if the class is one of these and has the inputs that it needs.
pub fn compute(node: &Node) -> Option<Result<NodeOutput, Failure>> {
    let pictures =
        |input: &str| node.payload(input).map(|payload| &payload.pictures).filter(|all| !all.is_empty());
    Some(match node.class_type.as_str() {
        "EmptyImage" => empty(node),
        "ImageInvert" => Ok(each(node, pictures("image")?, invert)),
        "ImageScale" => scale(node, pictures("image")?),
        "InvertMask" => Ok(masked(node, invert_mask(node.payload("mask")?.mask.as_deref()?))),
        "MaskToImage" => {
            Ok(each(node, &[Arc::new(show(node.payload("mask")?.mask.as_deref()?))], Clone::clone))
        }
        "ImageCompositeMasked" => Ok(composite(node, pictures("destination")?, &pictures("source")?[0])),
        _ => return None,
    })
}

fn made(node: &Node, pictures: Vec<Arc<RgbImage>>) -> NodeOutput {
    // The seed and the text stay, because a later model needs them.
    NodeOutput::of(Payload { pictures, ..node.gathered() })
}

fn each(node: &Node, pictures: &[Arc<RgbImage>], change: impl Fn(&RgbImage) -> RgbImage) -> NodeOutput {
    made(node, pictures.iter().map(|picture| Arc::new(change(picture))).collect())
}

fn masked(node: &Node, mask: GrayImage) -> NodeOutput {
    NodeOutput::of(Payload { mask: Some(Arc::new(mask)), seed: node.seed, ..Payload::default() })
}

fn fits(width: u32, height: u32, count: u32) -> Result<(), Failure> {
    if u64::from(width) * u64::from(height) * u64::from(count) <= MAX_PIXELS {
        return Ok(());
    }
    Err(Failure::new("torch.OutOfMemoryError", "Allocation on device"))
}

fn empty(node: &Node) -> Result<NodeOutput, Failure> {
    let number = |input: &str, default: u32| node.number(input).unwrap_or(default);
    let (width, height) = (number("width", 512).max(1), number("height", 512).max(1));
    let count = number("batch_size", 1).max(1);
    fits(width, height, count)?;
    let [_, red, green, blue] = number("color", 0).to_be_bytes();
    let picture = Arc::new(RgbImage::from_pixel(width, height, Rgb([red, green, blue])));
    Ok(made(node, vec![picture; count as usize]))
}

fn invert(picture: &RgbImage) -> RgbImage {
    let mut picture = picture.clone();
    imageops::invert(&mut picture);
    picture
}

fn invert_mask(mask: &GrayImage) -> GrayImage {
    let mut mask = mask.clone();
    imageops::invert(&mut mask);
    mask
}

fn show(mask: &GrayImage) -> RgbImage {
    RgbImage::from_fn(mask.width(), mask.height(), |x, y| Rgb([mask.get_pixel(x, y).0[0]; 3]))
}

fn scale(node: &Node, pictures: &[Arc<RgbImage>]) -> Result<NodeOutput, Failure> {
    let (from_width, from_height) = pictures[0].dimensions();
    let (width, height) = (node.number("width").unwrap_or(512), node.number("height").unwrap_or(512));
    let along = |side: u32, from: u32, other: u32| {
        (u64::from(side) * u64::from(other)).div_ceil(u64::from(from.max(1))).clamp(1, u64::from(u32::MAX))
            as u32
    };
    // A side of 0 follows from the other one.
    let (width, height) = match (width, height) {
        (0, 0) => (from_width, from_height),
        (0, height) => (along(height, from_height, from_width), height),
        (width, 0) => (width, along(width, from_width, from_height)),
        sides => sides,
    };
    fits(width, height, pictures.len() as u32)?;
    let filter = match node.text("upscale_method") {
        Some("nearest-exact") => FilterType::Nearest,
        Some("bicubic") => FilterType::CatmullRom,
        Some("lanczos") => FilterType::Lanczos3,
        _ => FilterType::Triangle,
    };
    let centred = node.text("crop") == Some("center");
    Ok(each(node, pictures, |picture| {
        if centred {
            return imageops::resize(&centre(picture, width, height), width, height, filter);
        }
        imageops::resize(picture, width, height, filter)
    }))
}

/// The largest middle part that has the proportions asked for.
fn centre(picture: &RgbImage, width: u32, height: u32) -> RgbImage {
    let (from_width, from_height) = picture.dimensions();
    let (old, new) = (f64::from(from_width) / f64::from(from_height), f64::from(width) / f64::from(height));
    let (mut x, mut y) = (0, 0);
    if old > new {
        x = ((f64::from(from_width) - f64::from(from_width) * new / old) / 2.0).round() as u32;
    } else if old < new {
        y = ((f64::from(from_height) - f64::from(from_height) * old / new) / 2.0).round() as u32;
    }
    let (width, height) = (from_width.saturating_sub(x * 2).max(1), from_height.saturating_sub(y * 2).max(1));
    imageops::crop_imm(picture, x, y, width, height).to_image()
}

fn composite(node: &Node, onto: &[Arc<RgbImage>], source: &RgbImage) -> NodeOutput {
    let (left, top) = (node.number("x").unwrap_or(0), node.number("y").unwrap_or(0));
    let resized = node.value("resize_source").and_then(|value| value.as_bool()) == Some(true);
    let mask = node.payload("mask").and_then(|payload| payload.mask.as_deref());
    each(node, onto, |destination| {
        let mut picture = destination.clone();
        let source = match resized {
            true => imageops::resize(source, picture.width(), picture.height(), FilterType::Triangle),
            false => source.clone(),
        };
        let (width, height) = source.dimensions();
        let mask = mask.map(|mask| imageops::resize(mask, width, height, FilterType::Triangle));
        for (x, y, pixel) in source.enumerate_pixels() {
            let (Some(across), Some(down)) = (left.checked_add(x), top.checked_add(y)) else { continue };
            let Some(place) = picture.get_pixel_mut_checked(across, down) else { continue };
            let share = mask.as_ref().map_or(255, |mask| u32::from(mask.get_pixel(x, y).0[0]));
            for (to, from) in place.0.iter_mut().zip(pixel.0) {
                *to = ((u32::from(*to) * (255 - share) + u32::from(from) * share + 127) / 255) as u8;
            }
        }
        picture
    })
}

/// A picture without its alpha, and its mask: where it is transparent.
pub fn split(picture: &RgbaImage) -> (RgbImage, GrayImage) {
    let (width, height) = picture.dimensions();
    let colours = RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, _] = picture.get_pixel(x, y).0;
        Rgb([red, green, blue])
    });
    (colours, mask_of(picture))
}

/// Where a picture is transparent.
pub fn mask_of(picture: &RgbaImage) -> GrayImage {
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| Luma([255 - picture.get_pixel(x, y).0[3]]))
}
