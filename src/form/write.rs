//! Writes a form as JSON, in the shape of `FormSchema` in `pkg/inspect.d.ts`.

use super::{Field, Group, Schema};
use crate::json::string::write_literal;
use crate::json::write::{Layout, write_list, write_str};
use crate::json::{Str, Value};
use std::borrow::Cow;

/// The form as JSON text.
pub fn to_json(schema: &Schema<'_>) -> String {
    let mut out = String::from("{\"title\":");
    maybe_text(&mut out, &schema.title);
    out.push_str(",\"description\":");
    maybe_text(&mut out, &schema.description);
    out.push_str(",\"previewImages\":");
    write_list(&mut out, &schema.preview_images, |out, image| write_literal(out, image));
    out.push_str(",\"basic\":");
    write_list(&mut out, &schema.basic, group);
    out.push_str(",\"advanced\":");
    write_list(&mut out, &schema.advanced, group);
    out.push_str(",\"deleted\":");
    write_list(&mut out, &schema.deleted, |out, key| write_literal(out, key));
    out.push('}');
    out
}

fn group(out: &mut String, group: &Group<'_>) {
    let class = group.class_type.map(Str::decode).unwrap_or_default();
    out.push_str("{\"key\":");
    write_literal(out, &[&group.node.decode(), "-", &class].concat());
    out.push_str(",\"node\":");
    write_str(out, group.node);
    out.push_str(",\"classType\":");
    match group.class_type {
        Some(class) => write_str(out, class),
        None => out.push_str("null"),
    }
    out.push_str(",\"title\":");
    write_literal(out, &group.title);
    flag(out, ",\"visible\":", group.visible);
    out.push_str(",\"fields\":");
    write_list(out, &group.fields, field);
    out.push('}');
}

fn field(out: &mut String, field: &Field<'_>) {
    out.push_str("{\"key\":");
    write_literal(out, &field.key);
    out.push_str(",\"node\":");
    write_str(out, field.node);
    out.push_str(",\"input\":");
    write_str(out, field.input);
    out.push_str(",\"title\":");
    write_literal(out, &field.title);
    out.push_str(",\"type\":");
    write_literal(out, field.kind.name());
    value(out, ",\"value\":", Some(field.value));
    flag(out, ",\"randomize\":", field.randomize);
    flag(out, ",\"required\":", field.required);
    out.push_str(",\"requiredMessage\":");
    maybe_text(out, &field.required_message);
    flag(out, ",\"visible\":", field.visible);
    out.push_str(",\"placeholder\":");
    maybe_text(out, &field.placeholder);
    out.push_str(",\"helpText\":");
    maybe_text(out, &field.help_text);
    out.push_str(",\"tooltip\":");
    maybe_text(out, &field.tooltip);
    value(out, ",\"min\":", field.min);
    value(out, ",\"max\":", field.max);
    value(out, ",\"step\":", field.step);
    out.push_str(",\"options\":");
    match &field.options {
        Some(options) => write_list(out, options, option),
        None => out.push_str("null"),
    }
    out.push('}');
}

fn option(out: &mut String, (label, of_label): &(Cow<'_, str>, Value<'_>)) {
    out.push_str("{\"label\":");
    write_literal(out, label);
    value(out, ",\"value\":", Some(*of_label));
    out.push('}');
}

fn flag(out: &mut String, name: &str, flag: bool) {
    out.push_str(name);
    out.push_str(if flag { "true" } else { "false" });
}

fn maybe_text(out: &mut String, text: &Option<Cow<'_, str>>) {
    match text {
        Some(text) => write_literal(out, text),
        None => out.push_str("null"),
    }
}

fn value(out: &mut String, name: &str, value: Option<Value<'_>>) {
    out.push_str(name);
    Layout::new(0).write(out, value.unwrap_or(Value::NULL), 0);
}
