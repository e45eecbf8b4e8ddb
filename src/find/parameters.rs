//! What other programs write into their pictures: not a workflow, but not nothing either.

use crate::json::Value;
use crate::json::value::Kind;
use crate::names::names;
use crate::text::find;

names! {
    /// A program that writes down how it made a picture.
    pub enum Generator {
        /// AUTOMATIC1111's web UI, and the many that write as it does: Forge, SD.Next, Civitai.
        A1111 = "a1111",
        /// NovelAI.
        NovelAi = "novelai",
    }
}

/// How another program made the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// Which program's form it has.
    pub generator: Generator,
    /// The exact text.
    pub text: String,
    /// Where it was, for a person.
    pub place: String,
}

/// No text of settings is longer, in bytes.
const MAX_LENGTH: usize = 1024 * 1024;

/// Whether such a text may stand under this name.
pub(super) fn is_wanted(name: &str) -> bool {
    name.eq_ignore_ascii_case("parameters") || name.eq_ignore_ascii_case("comment")
}

/// What program wrote a text; none for any other text.
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
