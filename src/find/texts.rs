//! The texts that have been found, and what is accepted as one.

use super::parameters::{self, Parameters};
use super::{Find, MAX_TEXT, damaged};
use crate::json::Value;
use crate::json::value::Kind;
use crate::workflow::{Carried, Workflow};
use std::borrow::Cow;

/// A text that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The exact text.
    pub json: String,
    /// Where it was, as a text for people.
    pub place: String,
}

/// The two texts that ComfyUI writes, and those of other programs. Of several the first counts.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub(super) prompt: Option<Text>,
    pub(super) workflow: Option<Text>,
    pub(super) parameters: Option<Parameters>,
}

/// Which of the two texts a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Prompt,
    Workflow,
}

impl Key {
    /// By name, in upper or lower case: containers change it.
    pub(super) fn of(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("prompt") {
            Some(Self::Prompt)
        } else if name.eq_ignore_ascii_case("workflow") {
            Some(Self::Workflow)
        } else {
            None
        }
    }
}

/// True for a name whose text may be useful: one of the two, or a comment that may contain both.
pub(super) fn is_wanted(name: &str) -> bool {
    Key::of(name).is_some() || is_comment(name)
}

fn is_comment(name: &str) -> bool {
    name.eq_ignore_ascii_case("comment")
}

impl Texts {
    pub(super) fn complete(&self) -> bool {
        self.prompt.is_some() && self.workflow.is_some()
    }

    pub(super) fn any(&self) -> bool {
        self.prompt.is_some() || self.workflow.is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.any() && self.parameters.is_none()
    }

    /// Takes the text with this name, if it is one of ComfyUI's. A comment that cannot be decoded is not.
    pub(super) fn named(
        &mut self,
        name: &str,
        text: Find<impl AsRef<str>>,
        at: u64,
        place: &str,
    ) -> Find<()> {
        match Key::of(name) {
            Some(key) => self.keyed(key, text?.as_ref(), at, place),
            None if is_comment(name) => {
                if let Ok(text) = text {
                    self.both(text.as_ref(), place);
                }
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Takes the text of a key. Other programs use these names as well: a text that does not begin like an object with
    /// a key in it is not ComfyUI's.
    pub(super) fn keyed(&mut self, key: Key, text: &str, at: u64, place: &str) -> Find<()> {
        let slot = match key {
            Key::Prompt => &mut self.prompt,
            Key::Workflow => &mut self.workflow,
        };
        let text = &*decoded_once(text.trim());
        if slot.is_some() || !begins_as_object(text) {
            return Ok(());
        }
        // It is not parsed here: the code that opens the text says what is wrong and where.
        if !text.ends_with('}') {
            return damaged(at, "the text of a workflow is cut off");
        }
        if text.len() > MAX_TEXT {
            return damaged(at, "a text is larger than 64 MB, more than any workflow");
        }
        *slot = Some(Text { json: text.to_owned(), place: place.to_owned() });
        Ok(())
    }

    /// Takes both from a comment, if it is an object with them. A comment may be anything.
    pub(super) fn both(&mut self, text: &str, place: &str) {
        if begins_as_object(text.trim_start())
            && let Ok(object) = Value::parse(text)
        {
            self.object(object, place);
        }
        self.others(text, place);
    }

    /// Takes the text of another program.
    pub(super) fn others(&mut self, text: &str, place: &str) {
        if self.parameters.is_none()
            && let Some(generator) = parameters::generator(text)
        {
            self.parameters = Some(Parameters { generator, text: text.to_owned(), place: place.to_owned() });
        }
    }

    /// Takes both from an object that has them, or that is one of them.
    pub(super) fn object(&mut self, object: Value<'_>, place: &str) {
        let had = self.any();
        self.members(object, place);
        if self.any() == had {
            self.carried(&Carried::within(object), place, place);
        }
    }

    /// Takes the workflows that an object is or contains, each with the place where it was.
    pub(super) fn carried(&mut self, carried: &Carried<'_>, prompt_place: &str, workflow_place: &str) {
        let is_sound = |text: &&str| Workflow::parse(text.as_bytes()).is_ok();
        // Both are complete: they were read as JSON.
        if let Some(prompt) = carried.api.as_deref().filter(is_sound) {
            let _ = self.keyed(Key::Prompt, prompt, 0, prompt_place);
        }
        if let Some(workflow) = carried.editor.as_deref() {
            let _ = self.keyed(Key::Workflow, workflow, 0, workflow_place);
        }
    }

    /// Takes both from an object, each as an object or as a string with one in it.
    pub(super) fn members(&mut self, object: Value<'_>, place: &str) {
        for (name, value) in object.entries() {
            let Some(key) = Key::of(&name.decode()) else { continue };
            // A string that ends too early inside a complete object is not ComfyUI's.
            let _ = match value.as_str() {
                Some(text) => self.keyed(key, &text.decode(), 0, place),
                None if value.kind() == Kind::Object => self.keyed(key, value.raw(), 0, place),
                None => Ok(()),
            };
        }
    }

    /// Takes `prompt:{…}`, `workflow:{…}`, or an object with both.
    pub(super) fn labelled(&mut self, text: &str, at: u64, place: &str) -> Find<()> {
        match text.split_once(':').and_then(|(label, text)| Some((Key::of(label)?, text))) {
            Some((key, text)) => self.keyed(key, text, at, place),
            None => {
                self.both(text, place);
                Ok(())
            }
        }
    }
}

/// The content of a text that was encoded once too often.
fn decoded_once(text: &str) -> Cow<'_, str> {
    if !text.starts_with('"') {
        return text.into();
    }
    let decoded = Value::parse(text).ok().and_then(|value| Some(value.as_str()?.decode().trim().to_owned()));
    decoded.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// True for `{` followed by a quote.
pub(super) fn begins_as_object(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|inside| inside.trim_start().starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(take: impl FnOnce(&mut Texts)) -> [Option<String>; 2] {
        let mut texts = Texts::default();
        take(&mut texts);
        [texts.prompt.map(|text| text.json), texts.workflow.map(|text| text.json)]
    }

    #[test]
    fn names_are_found_in_any_case_and_the_first_counts() {
        let texts = found(|texts| {
            for (name, text) in
                [("PROMPT", "{\"1\":1}"), ("prompt", "{\"2\":2}"), ("parameters", "{\"3\":3}")]
            {
                assert!(texts.named(name, Ok(text), 0, "").is_ok());
            }
        });
        assert_eq!(texts, [Some("{\"1\":1}".to_owned()), None]);
    }

    #[test]
    fn other_programs_texts_are_left_alone() {
        for text in ["", "a cat", "{red|blue} cat", "{}", "[1]"] {
            assert_eq!(found(|texts| assert!(texts.named("prompt", Ok(text), 0, "").is_ok())), [None, None]);
        }
        assert!(Texts::default().named("prompt", Ok("{\"1\": {"), 0, "").is_err());
    }

    #[test]
    fn python_writes_nan() {
        let text = "{\"1\": {\"is_changed\": [NaN]}}";
        assert_eq!(
            found(|t| assert!(t.named("prompt", Ok(text), 0, "").is_ok())),
            [Some(text.to_owned()), None]
        );
    }

    #[test]
    fn comments_hold_both_as_text_or_object() {
        let comment = r#"{"prompt": "{\"1\": {}}", "workflow": {"nodes": []}, "CreationTime": "2024"}"#;
        let both = [Some("{\"1\": {}}".to_owned()), Some("{\"nodes\": []}".to_owned())];
        assert_eq!(found(|texts| assert!(texts.named("COMMENT", Ok(comment), 0, "").is_ok())), both);
        assert_eq!(found(|texts| assert!(texts.labelled(comment, 0, "").is_ok())), both);
        assert_eq!(found(|texts| texts.both("{\"prompt\": 5}", "")), [None, None]);
        assert_eq!(found(|texts| texts.both("{\"prompt\": \"{\\\"1\", ", "")), [None, None]);
    }

    #[test]
    fn comments_hold_what_python_writes() {
        for word in ["[NaN]", "-Infinity", "\"NaN\""] {
            let prompt = format!("{{\"1\": {{\"is_changed\": {word}}}}}");
            let comment = format!("{{\"prompt\": {prompt}, \"CreationTime\": Infinity}}");
            assert_eq!(found(|texts| texts.both(&comment, "")), [Some(prompt), None]);
        }
    }

    #[test]
    fn labels_stand_before_the_text() {
        let texts = found(|texts| assert!(texts.labelled("Workflow:{\"nodes\": []}", 0, "").is_ok()));
        assert_eq!(texts, [None, Some("{\"nodes\": []}".to_owned())]);
    }
}
