//! LoadImage and similar nodes: the uploaded picture with its mask, or one drawn from the name of a missing file.

use std::io::Cursor;
use std::sync::Arc;

use image::imageops::{self, FilterType};
use image::{ImageDecoder, ImageReader, RgbaImage};

use super::exact::{mask_of, split};
use super::node::Node;
use super::output::{Failure, NodeOutput};
use super::payload::Payload;
use crate::request::Upload;

/// Size of the picture that is drawn for a file this server does not have.
const PLACEHOLDER: (u32, u32) = (768, 512);

/// The picture, and its mask as the second output.
pub fn load(node: &Node) -> Result<NodeOutput, Failure> {
    let mut first = Payload { seed: node.seed, ..Payload::default() };
    match &node.files.file {
        Some(file) => {
            let (picture, mask) = split(&decode(file)?);
            first.pictures = vec![Arc::new(picture)];
            // A mask that hides nothing is left out, so that later nodes need not apply it.
            first.mask = mask.pixels().any(|pixel| pixel.0[0] > 0).then(|| Arc::new(mask));
        }
        None => first.pictures = vec![Arc::new(first.drawn(0, 0.0, PLACEHOLDER))],
    }
    let (width, height) = first.pictures[0].dimensions();
    if let Some(mask) = &node.files.mask {
        let mask = mask_of(&decode(mask)?);
        let mask = match mask.dimensions() == (width, height) {
            true => mask,
            false => imageops::resize(&mask, width, height, FilterType::Triangle),
        };
        first.mask = Some(Arc::new(mask));
    }
    let mut second = Payload { mask: first.mask.clone(), seed: node.seed, ..Payload::default() };
    if second.mask.is_none() {
        second.mask = Some(Arc::new(image::GrayImage::new(width, height)));
    }
    if node.class_type == "LoadImageMask" {
        return Ok(NodeOutput::of(second));
    }
    Ok(NodeOutput { slots: vec![first, second], files: Vec::new() })
}

/// Decodes a picture, turned upright as ComfyUI does.
fn decode(file: &Upload) -> Result<RgbaImage, Failure> {
    read(file).map_err(|_| {
        let message = format!("cannot identify image file '{}'", file.filename);
        Failure::new("PIL.UnidentifiedImageError", &message)
    })
}

fn read(file: &Upload) -> image::ImageResult<RgbaImage> {
    let mut decoder = ImageReader::new(Cursor::new(&file.bytes)).with_guessed_format()?.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = image::DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture.into_rgba8())
}
