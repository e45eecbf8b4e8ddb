//! The formats of files that may contain a workflow.

use crate::names::names;

names! {
    /// The format of a file.
    pub enum Format {
        /// JSON: a workflow, or something that contains one.
        Json = "json",
        /// PNG, including animated ones.
        Png = "png",
        /// WebP.
        Webp = "webp",
        /// AVIF.
        Avif = "avif",
        /// JPEG.
        Jpeg = "jpeg",
        /// MP4 and MOV.
        Mp4 = "mp4",
        /// Matroska and WebM.
        Matroska = "matroska",
        /// FLAC.
        Flac = "flac",
        /// Ogg: Opus, Vorbis, FLAC, Theora.
        Ogg = "ogg",
        /// MP3 with an ID3v2 tag.
        Mp3 = "mp3",
        /// Safetensors and ComfyUI's latents.
        Safetensors = "safetensors",
        /// Binary glTF.
        Glb = "glb",
        /// SVG.
        Svg = "svg",
    }
}
