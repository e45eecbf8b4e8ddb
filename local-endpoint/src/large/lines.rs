//! A long log: plain lines and progress bars as a real run writes them, numbered so that all of them differ.

use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::{sse, tqdm};

/// Bytes per chunk.
const PIECE: usize = 256 * 1024;
/// Lines of one prompt: the plain ones first, then a bar's steps from 0 to the last.
const PER_PROMPT: u32 = 32;
const PLAIN: u32 = 11;
const STEPS: u32 = PER_PROMPT - PLAIN - 1;

const NODES: [(&str, &str); PLAIN as usize] = [
    ("CheckpointLoaderSimple", "model weight dtype torch.float16, manual cast: None, cached"),
    ("CLIPTextEncode", "Requested to load SDXLClipModel, loaded completely 1560.80 MB"),
    ("CLIPTextEncode", "text encoder output 1x77x2048, pooled 1x1280, device cuda:0"),
    ("EmptyLatentImage", "latent 1x4x128x128 allocated on the intermediate device"),
    ("KSampler", "Requested to load SDXL, loaded completely 4897.05 MB, full load"),
    ("KSampler", "sampler dpmpp_2m, scheduler karras, denoise 1.00, 20 steps, cfg 6.0"),
    ("VAELoader", "Using pytorch attention in VAE, working in z of shape (1, 4, 32, 32)"),
    ("VAEDecode", "Requested to load AutoencoderKL, loaded completely 159.56 MB"),
    ("ImageScale", "lanczos 1024x1024 to 1536x1536, crop disabled, 3 channels"),
    ("ImageBlend", "blend factor 0.50, mode soft_light, images of equal size"),
    ("SaveImage", "prefix ComfyUI, png compress level 4, metadata embedded"),
];

/// A cache of the last log, with its number of lines: generating it takes longer than sending it.
static NEWEST: Mutex<Option<(u32, Bytes)>> = Mutex::new(None);

/// This many `log_message` events, in chunks that may be cut anywhere.
pub fn pieces(count: u32) -> impl Iterator<Item = Bytes> + Send + 'static {
    let mut rest = text(count);
    std::iter::from_fn(move || {
        let piece = rest.split_to(PIECE.min(rest.len()));
        (!piece.is_empty()).then_some(piece)
    })
}

fn text(count: u32) -> Bytes {
    let mut newest = NEWEST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((lines, text)) = newest.as_ref()
        && *lines == count
    {
        return text.clone();
    }
    let text: String = (0..count).map(|index| sse::event("log_message", &line(index))).collect();
    let text = Bytes::from(text);
    *newest = Some((count, text.clone()));
    text
}

fn line(index: u32) -> String {
    let (prompt, at) = (index / PER_PROMPT, index % PER_PROMPT);
    let mut line = String::with_capacity(120);
    if let Some((class, message)) = NODES.get(at as usize) {
        // Writing to a String cannot fail.
        let _ = write!(line, "[prompt {prompt:05}] #{at} {class}: {message}");
        return line;
    }
    let step = at - PLAIN;
    let bar = tqdm::bar(step, STEPS, f64::from(step) * (0.35 + f64::from(prompt % 97) / 100.0));
    let _ = write!(line, "KSampler, prompt {prompt:05}, 1024x1024: {bar}");
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_line_is_like_another() {
        let lines: HashSet<String> = (0..3200).map(line).collect();
        assert_eq!(lines.len(), 3200);
        assert!(
            lines.contains(
                "KSampler, prompt 00000, 1024x1024: 100%|██████████| 20/20 [00:07<00:00,  2.86it/s]"
            )
        );
    }

    #[test]
    fn pieces_join_to_so_many_events_of_about_130_bytes() {
        let total: usize = pieces(20_000).map(|piece| piece.len()).sum();
        assert!((110..=140).contains(&(total / 20_000)), "{}", total / 20_000);
        let alone: usize = (0..20_000).map(|index| sse::event("log_message", &line(index)).len()).sum();
        assert_eq!(total, alone);
        assert_eq!(pieces(0).count(), 0);
    }
}
