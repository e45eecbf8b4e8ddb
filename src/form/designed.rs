//! The form that was designed, matched with the workflow.
//!
//! A field whose input the workflow does not have is dropped, since it could not be sent. An input that is not in the
//! design is not shown. Of several fields for one input the first counts.

use super::design::{self, Design, Designed, text};
use super::field::NodeSource;
use super::{Field, FieldType, Group, Schema, Source, label};
use crate::Error;
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};

/// Makes the form.
pub(super) fn schema<'a>(source: &Source<'_, 'a>, design: &Design<'a>) -> Result<Schema<'a>, Error> {
    let form = design.of(&source.keys).ok_or_else(|| {
        Error::invalid_workflow(
            "this view_comfy.json was made for another workflow: none of its fields is in the one given; give the \
             workflow that is in the file, or the file itself as the workflow",
        )
    })?;
    let mut builder = Builder { source, schema: design.texts_of(form), seen: KeyIndex::default(), count: 0 };
    for (is_basic, group) in design::groups(form) {
        builder.group(is_basic, group);
    }
    Ok(builder.schema)
}

struct Builder<'b, 's, 'a> {
    source: &'b Source<'s, 'a>,
    schema: Schema<'a>,
    seen: KeyIndex<'static>,
    count: usize,
}

/// Whether a group or field is in the form. Anything unknown is shown.
#[derive(Clone, Copy, PartialEq)]
enum Visibility {
    Active,
    Hidden,
    Deleted,
}

impl<'a> Builder<'_, '_, 'a> {
    fn group(&mut self, is_basic: bool, group: Value<'a>) {
        let of_group = visibility(group.get("visibility"));
        let (mut first, mut fields) = (None, Vec::new());
        for designed in design::fields(group) {
            let Some(key) = designed.key_in(&self.source.keys) else { continue };
            self.count += 1;
            if self.seen.claim(key.clone().into(), self.count).is_some() {
                continue;
            }
            let Some((node, input)) = self.source.keys.input(&key) else { continue };
            let visibility = visibility(designed.get("visibility"));
            if of_group == Visibility::Deleted || visibility == Visibility::Deleted {
                self.schema.deleted.push(key);
                continue;
            }
            first.get_or_insert(node);
            let mut field = NodeSource::new(self.source, node).field(&input);
            field.visible = visibility == Visibility::Active;
            apply(&mut field, &designed);
            fields.push(field);
        }
        let Some(node) = first else { return };
        let groups = if is_basic { &mut self.schema.basic } else { &mut self.schema.advanced };
        groups.push(Group {
            node: node.id,
            class_type: node.class_type.and_then(Value::as_str),
            title: text(group.get("title")).unwrap_or_else(|| label(node)),
            visible: of_group == Visibility::Active,
            fields,
        });
    }
}

fn visibility(value: Option<Value<'_>>) -> Visibility {
    match value.and_then(Value::as_str) {
        Some(text) if text.is("hidden") => Visibility::Hidden,
        Some(text) if text.is("deleted") => Visibility::Deleted,
        _ => Visibility::Active,
    }
}

/// Replaces what follows from the workflow by what was designed.
fn apply<'a>(field: &mut Field<'a>, designed: &Designed<'a>) {
    let options = designed.get("options").and_then(options);
    let kind = designed.get("valueType").and_then(Value::as_str).and_then(FieldType::named);
    field.kind = kind.unwrap_or(if options.is_some() { FieldType::Select } else { field.kind });
    if options.is_some() {
        field.options = options;
    }
    set(&mut field.title, designed.text("title"));
    set_some(&mut field.placeholder, designed.text("placeholder"));
    set_some(&mut field.help_text, designed.text("helpText"));
    set_some(&mut field.tooltip, designed.text("tooltip"));
    apply_value(field, designed.get("value").unwrap_or(Value::NULL));
    if let Some(validations) = designed.get("validations") {
        set(
            &mut field.required,
            validations.get("required").filter(is_boolean).map(|value| !value.is_falsy()),
        );
        set_some(&mut field.required_message, text(validations.get("errorMsg")));
    }
    for limits in ["range", "slider"].into_iter().filter_map(|name| designed.get(name)) {
        let number =
            |name| limits.get(name).filter(|value| value.kind() == Kind::Number && value.is_finite());
        set_some(&mut field.min, number("min"));
        set_some(&mut field.max, number("max"));
        set_some(&mut field.step, number("step"));
    }
}

/// A file has to be chosen again; a seed may be drawn again.
fn apply_value<'a>(field: &mut Field<'a>, value: Value<'a>) {
    if field.kind.is_seed() && is_smallest(value) {
        field.randomize = true;
    } else if !field.kind.is_media() && value.kind() != Kind::Null {
        field.value = value;
    }
}

/// JavaScript's smallest number, 5e-324, however many digits it is written with.
fn is_smallest(value: Value<'_>) -> bool {
    let literal = value.raw();
    value.kind() == Kind::Number && (literal.ends_with("e-324") || literal.ends_with("E-324"))
}

fn is_boolean(value: &Value<'_>) -> bool {
    value.kind() == Kind::Boolean
}

/// The options of a list; `None` if it has none. An option without a label has its value as label.
fn options(list: Value<'_>) -> Option<Vec<(std::borrow::Cow<'_, str>, Value<'_>)>> {
    let options = list.items().into_iter().filter_map(|option| match option.kind() {
        Kind::Object => {
            let value = option.get("value")?;
            Some((text(option.get("label")).unwrap_or_else(|| value.text()), value))
        }
        Kind::Array | Kind::Null => None,
        _ => Some((option.text(), option)),
    });
    Some(options.collect::<Vec<_>>()).filter(|options| !options.is_empty())
}

fn set<T>(index: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *index = value;
    }
}

fn set_some<T>(index: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *index = value;
    }
}
