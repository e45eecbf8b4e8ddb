//! A `view_comfy.json`: the form that was designed in the service's web app.
//!
//! Every part may be missing or be something else; parts that cannot be used are ignored.

use super::Schema;
use crate::Error;
use crate::json::{Str, Value};
use crate::text::line_and_column;
use crate::workflow::Keys;
use std::borrow::Cow;

/// The designs in a file; one of them is for the current workflow.
#[derive(Debug)]
pub struct Design<'a> {
    app_title: Option<Cow<'a, str>>,
    forms: Vec<Value<'a>>,
}

/// Groups of one of the two lists, and whether they are basic.
pub(super) const LISTS: [(&str, bool); 2] = [("inputs", true), ("advancedInputs", false)];

impl<'a> Design<'a> {
    /// Reads a `view_comfy.json`, or the `viewComfyJSON` of one.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for anything else.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| invalid("is not UTF-8"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = Value::parse(text).map_err(|error| {
            let (line, column) = line_and_column(&text[..error.offset]);
            invalid(&format!("is not valid JSON at line {line}, column {column}: {}", error.what))
        })?;
        Self::in_value(value).ok_or_else(|| invalid("has neither workflows nor inputs"))
    }

    /// The design in a workflow file; `None` unless it is a `view_comfy.json`.
    pub fn beside(workflow: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(workflow).ok()?;
        let value = Value::parse(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
        let is_view_comfy = value.get("file_type")?.as_str()?.is("view_comfy");
        let mut design = Self::in_value(value).filter(|_| is_view_comfy)?;
        // The workflow of such a file is the first.
        design.forms.truncate(1);
        Some(design)
    }

    fn in_value(value: Value<'a>) -> Option<Self> {
        if LISTS.iter().any(|(list, _)| value.get(list).is_some()) {
            return Some(Self { app_title: None, forms: vec![value] });
        }
        let workflows = value.get("workflows")?.items().into_iter();
        let forms = workflows.map(|workflow| workflow.get("viewComfyJSON").unwrap_or(Value::NULL)).collect();
        Some(Self { app_title: text(value.get("appTitle")), forms })
    }

    /// Whether the design has any fields.
    pub(super) fn has_fields(&self) -> bool {
        self.forms.iter().any(|form| groups(*form).next().is_some())
    }

    /// The form with the most fields that the workflow has, the first of equals; `None` if no form has any.
    pub(super) fn of(&self, keys: &Keys<'_, '_>) -> Option<Value<'a>> {
        let known = |form: Value<'a>| {
            groups(form)
                .flat_map(|(_, group)| fields(group))
                .filter(|field| field.key_in(keys).is_some())
                .count()
        };
        let ranked = self.forms.iter().rev().map(|form| (known(*form), *form));
        ranked.filter(|(known, _)| *known > 0).max_by_key(|(known, _)| *known).map(|(_, form)| form)
    }

    /// The texts of the first form, without fields.
    pub(super) fn texts(&self) -> Schema<'a> {
        self.texts_of(self.forms.first().copied().unwrap_or(Value::NULL))
    }

    /// The texts of a form, without fields.
    pub(super) fn texts_of(&self, form: Value<'a>) -> Schema<'a> {
        let images = form.get("previewImages").map(Value::items).unwrap_or_default();
        Schema {
            title: text(form.get("title")).or_else(|| self.app_title.clone()),
            description: text(form.get("description")),
            preview_images: images.into_iter().filter_map(|image| text(Some(image))).collect(),
            ..Schema::default()
        }
    }
}

/// The groups of a form, each with whether it is basic.
pub(super) fn groups<'a>(form: Value<'a>) -> impl Iterator<Item = (bool, Value<'a>)> {
    LISTS.into_iter().flat_map(move |(list, is_basic)| {
        let groups = form.get(list).map(Value::items).unwrap_or_default();
        groups.into_iter().map(move |group| (is_basic, group))
    })
}

/// The fields of a group.
pub(super) fn fields(group: Value<'_>) -> impl Iterator<Item = Designed<'_>> {
    let fields = group.get("inputs").map(Value::items).unwrap_or_default();
    fields.into_iter().map(|field| Designed { entries: field.entries() })
}

/// A field as the file writes it.
pub(super) struct Designed<'a> {
    entries: Vec<(Str<'a>, Value<'a>)>,
}

impl<'a> Designed<'a> {
    /// The value of this name.
    pub(super) fn get(&self, name: &str) -> Option<Value<'a>> {
        self.entries.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        text(self.get(name))
    }

    /// The key in the workflow: the field's own, or, if the workflow does not have that, the key of its path.
    pub(super) fn key_in(&self, keys: &Keys<'_, '_>) -> Option<String> {
        let by_key = self.text("key").map(Cow::into_owned).filter(|key| keys.input(key).is_some());
        by_key.or_else(|| {
            let [id, inputs, name] = self.get("workflowPath")?.items()[..] else { return None };
            let is_input = inputs.as_str()?.is("inputs");
            let key = crate::workflow::input_key(&id.as_str()?.decode(), &name.as_str()?.decode());
            (is_input && keys.input(&key).is_some()).then_some(key)
        })
    }
}

/// A text that is not empty.
pub(super) fn text(value: Option<Value<'_>>) -> Option<Cow<'_, str>> {
    value?.as_str().map(Str::decode).filter(|text| !text.trim().is_empty())
}

fn invalid(what: &str) -> Error {
    Error::invalid_workflow(format!(
        "the view_comfy.json {what}: give the one that the service's web app saves"
    ))
}
