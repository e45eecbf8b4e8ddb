//! Small moving pictures: animated PNG, GIF and WebP.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::webp::WebPEncoder;
use image::imageops::{self, FilterType};
use image::{Delay, DynamicImage, ExtendedColorType, Frame, RgbImage};

use super::output::Failure;
use super::payload::Payload;

/// The longest side.
const MAX_SIDE: u32 = 320;
/// The number of frames of a procedurally drawn animation, and the most that are kept of given pictures.
const DRAWN: u32 = 12;
const MAX_FRAMES: usize = 48;

/// The frames: the given pictures, or one cycle of a drawn scene.
fn frames(payload: &Payload) -> Vec<RgbImage> {
    let pictures = &payload.pictures;
    if !pictures.is_empty() && !payload.sampled {
        let size = within(pictures[0].dimensions());
        let fit = |picture: &RgbImage| imageops::resize(picture, size.0, size.1, FilterType::Triangle);
        return pictures.iter().take(MAX_FRAMES).map(|picture| fit(picture)).collect();
    }
    let size = within(payload.canvas());
    (0..DRAWN).map(|index| payload.drawn(0, index as f32 / DRAWN as f32, size)).collect()
}

fn within((width, height): (u32, u32)) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= MAX_SIDE {
        return (width.max(1), height.max(1));
    }
    ((width * MAX_SIDE / longest).max(1), (height * MAX_SIDE / longest).max(1))
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::new("OSError", &error.to_string())
}

/// An animated PNG.
pub fn apng(payload: &Payload, rate: u32) -> Result<Vec<u8>, Failure> {
    let frames = frames(payload);
    let (width, height) = frames[0].dimensions();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_animated(frames.len() as u32, 0).map_err(failed)?;
    encoder.set_frame_delay(1, rate as u16).map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    for frame in &frames {
        writer.write_image_data(frame).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// A GIF that repeats forever.
pub fn gif(payload: &Payload, rate: u32) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 20);
    encoder.set_repeat(Repeat::Infinite).map_err(failed)?;
    for frame in frames(payload) {
        let picture = DynamicImage::from(frame).into_rgba8();
        let delay = Delay::from_numer_denom_ms(1000, rate);
        encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).map_err(failed)?;
    }
    drop(encoder);
    Ok(bytes)
}

/// An animated WebP: lossless frames in an extended container that is written here.
pub fn webp(payload: &Payload, rate: u32) -> Result<Vec<u8>, Failure> {
    const ANIMATED: u8 = 2;
    let frames = frames(payload);
    let size = frames[0].dimensions();
    let mut body = b"WEBP".to_vec();
    let mut header = vec![ANIMATED, 0, 0, 0];
    push_size(&mut header, size);
    push_chunk(&mut body, b"VP8X", &header);
    // Background colour and an endless loop.
    push_chunk(&mut body, b"ANIM", &[0; 6]);
    for frame in &frames {
        let mut chunk = vec![0; 6];
        push_size(&mut chunk, size);
        push_24(&mut chunk, 1000 / rate.max(1));
        chunk.push(0);
        push_chunk(&mut chunk, b"VP8L", &lossless(frame)?);
        push_chunk(&mut body, b"ANMF", &chunk);
    }
    let mut bytes = Vec::with_capacity(body.len() + 8);
    push_chunk(&mut bytes, b"RIFF", &body);
    Ok(bytes)
}

/// The content of the one VP8L chunk of a still WebP.
fn lossless(frame: &RgbImage) -> Result<Vec<u8>, Failure> {
    let mut file = Vec::new();
    WebPEncoder::new_lossless(&mut file)
        .encode(frame, frame.width(), frame.height(), ExtendedColorType::Rgb8)
        .map_err(failed)?;
    let mut rest = file.get(12..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_at_checked(8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let Some(content) = tail.get(..length) else { break };
        if head.starts_with(b"VP8L") {
            return Ok(content.to_vec());
        }
        rest = tail.get(length + length % 2..).unwrap_or_default();
    }
    Err(failed("the frame was not encoded"))
}

fn push_chunk(bytes: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(&(content.len() as u32).to_le_bytes());
    bytes.extend_from_slice(content);
    if content.len() % 2 == 1 {
        bytes.push(0);
    }
}

fn push_size(bytes: &mut Vec<u8>, (width, height): (u32, u32)) {
    push_24(bytes, width - 1);
    push_24(bytes, height - 1);
}

fn push_24(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend_from_slice(&value.to_le_bytes()[..3]);
}
