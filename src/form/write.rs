//! Writes a form as JSON, in the shape of `FormSchema` in `pkg/inspect.d.ts`.

use super::{Field, Group, Schema};
use crate::json::{Str, Value, Writer};
use std::borrow::Cow;

/// The form as JSON text.
pub fn to_json(schema: &Schema<'_>) -> String {
    let mut json = String::new();
    Writer::compact(&mut json).object(|out| {
        out.key("title").or_null(schema.title.as_deref(), Writer::text);
        out.key("description").or_null(schema.description.as_deref(), Writer::text);
        out.key("previewImages").list(&schema.preview_images, |out, image| out.text(image));
        out.key("basic").list(&schema.basic, |out, it| out.object(|out| group(out, it)));
        out.key("advanced").list(&schema.advanced, |out, it| out.object(|out| group(out, it)));
        out.key("deleted").list(&schema.deleted, |out, key| out.text(key));
        out.key("outputs").or_null(schema.outputs.as_ref(), |out, ids| out.list(ids, |out, id| out.text(id)));
    });
    json
}

fn group(out: &mut Writer<'_>, group: &Group<'_>) {
    let class = group.class_type.map(Str::decode).unwrap_or_default();
    out.key("key").text(&[&group.node.decode(), "-", &class].concat());
    out.key("node").str(group.node);
    out.key("classType").or_null(group.class_type, Writer::str);
    out.key("title").text(&group.title);
    out.key("visible").boolean(group.visible);
    out.key("fields").list(&group.fields, |out, it| out.object(|out| field(out, it)));
}

fn field(out: &mut Writer<'_>, field: &Field<'_>) {
    out.key("key").text(&field.key);
    out.key("node").str(field.node);
    out.key("input").str(field.input);
    out.key("title").text(&field.title);
    out.key("type").text(field.kind.as_str());
    out.key("value").value(field.value);
    out.key("randomize").boolean(field.randomize);
    out.key("required").boolean(field.required);
    out.key("requiredMessage").or_null(field.required_message.as_deref(), Writer::text);
    out.key("visible").boolean(field.visible);
    out.key("placeholder").or_null(field.placeholder.as_deref(), Writer::text);
    out.key("helpText").or_null(field.help_text.as_deref(), Writer::text);
    out.key("tooltip").or_null(field.tooltip.as_deref(), Writer::text);
    out.key("min").or_null(field.min, Writer::value);
    out.key("max").or_null(field.max, Writer::value);
    out.key("step").or_null(field.step, Writer::value);
    out.key("options").or_null(field.options.as_deref(), options);
}

fn options(out: &mut Writer<'_>, options: &[(Cow<'_, str>, Value<'_>)]) {
    out.list(options, |out, (label, value)| {
        out.object(|out| {
            out.key("label").text(label);
            out.key("value").value(*value);
        });
    });
}
