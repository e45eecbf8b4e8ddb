//! The settings that other programs write into their images: not a workflow, but still useful.

use crate::json::Value;
use crate::json::value::Kind;
use crate::names::names;
use crate::text::find;

names! {
    /// A program that records how it made an image.
    pub enum Generator {
        /// AUTOMATIC1111's web UI, and the many that write the same form: Forge, SD.Next, Civitai.
        A1111 = "a1111",
        /// NovelAI.
        NovelAi = "novelai",
    }
}

/// How another program made the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// The program in whose form it is written.
    pub generator: Generator,
    /// The exact text.
    pub text: String,
    /// Where it was, as a text for people.
    pub place: String,
}

/// The longest text of settings that is accepted, in bytes.
const MAX_LENGTH: usize = 1024 * 1024;

/// Whether such a text may have this name.
pub(super) fn is_wanted(name: &str) -> bool {
    name.eq_ignore_ascii_case("parameters") || name.eq_ignore_ascii_case("comment")
}

/// The program that wrote a text; `None` for any other text.
pub(super) fn generator(text: &str) -> Option<Generator> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let says = |words: &str| find(text, words).is_some();
    if says("Steps: ") && (says("Sampler: ") || says("Seed: ")) {
        return Some(Generator::A1111);
    }
    if !says("\"uc\"") {
        return None;
    }
    let object = Value::parse(text).ok().filter(|value| value.kind() == Kind::Object)?;
    let is_complete = ["prompt", "uc", "steps"].iter().all(|name| object.get(name).is_some());
    is_complete.then_some(Generator::NovelAi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_by_what_they_always_write() {
        let a1111 = "a red fox\nNegative prompt: bad\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 1";
        assert_eq!(generator(a1111), Some(Generator::A1111));
        assert_eq!(generator("Steps: 4, Seed: 1, Size: 8x8"), Some(Generator::A1111));
        let novelai = r#"{"prompt": "a fox", "steps": 28, "uc": "bad", "sampler": "k_euler"}"#;
        assert_eq!(generator(novelai), Some(Generator::NovelAi));
        for other in
            ["", "a red fox", "Steps: go up", "{\"uc\": 1}", "[\"uc\"]", "{\"prompt\": \"uc\"", "{\"uc\""]
        {
            assert_eq!(generator(other), None, "{other}");
        }
    }
}
