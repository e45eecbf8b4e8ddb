//! The unions of the declaration files are the lists in Rust.

use super::source::{between, body, code_words, fields, quoted, read};
use super::{assert_same, names_of};
use viewcomfy_wasm::editor::Mode;
use viewcomfy_wasm::form::FieldType;
use viewcomfy_wasm::inspect::model::{self, Code, InputKind, Severity};
use viewcomfy_wasm::protocol::event_batch::EventKind;
use viewcomfy_wasm::{CannotConvertReason, ErrorCode, convert, find, params};

const CLIENT: &str = "pkg/index.d.ts";
const INSPECTION: &str = "pkg/inspect.d.ts";

#[track_caller]
fn assert_union(file: &str, name: &str, known: &[&str]) {
    let text = read(file);
    let union = between(&text, &format!("export type {name} ="), ";");
    assert_same(&format!("the type {name} of {file}"), &quoted(union), known);
}

#[track_caller]
fn assert_field(file: &str, owner: &str, name: &str, known: &[&str]) {
    let text = read(file);
    let fields = fields(body(&text, owner));
    let field = fields.iter().find(|field| field.name == name);
    let kind = &field.unwrap_or_else(|| panic!("{owner} of {file} has no field {name}")).kind;
    assert_same(&format!("{owner}.{name} of {file}"), &quoted(kind), known);
}

#[test]
fn error_codes() {
    assert_union(CLIENT, "ErrorCode", &names_of!(ErrorCode));
}

#[test]
fn reasons_of_cannot_convert() {
    assert_field(CLIENT, "ViewComfyError", "reason", &names_of!(CannotConvertReason));
}

/// The facts of errors whose lists other declarations have.
#[test]
fn facts_of_errors_have_the_types_of_their_lists() {
    let text = read(CLIENT);
    for (owner, name, kind) in
        [("ViewComfyError", "format", "FileFormat"), ("RunReason", "code", "ConvertWarning[\"code\"]")]
    {
        let fields = fields(body(&text, owner));
        let field = fields.iter().find(|field| field.name == name).map(|field| field.kind.trim());
        assert_eq!(field, Some(&*format!("{kind};")), "{owner}.{name} of {CLIENT}");
    }
}

#[test]
fn warnings_about_parameters() {
    assert_field(CLIENT, "ParamWarning", "code", &names_of!(params::WarningCode));
}

#[test]
fn kinds_of_events() {
    let text = read(CLIENT);
    let union = between(&text, "export type InferEvent =", ";\n\n");
    let told: Vec<_> =
        union.split("{ type: ").skip(1).flat_map(|event| quoted(event).into_iter().next()).collect();
    // What a run's beginning, a wait and the end are, only JavaScript knows.
    let told: Vec<_> =
        told.into_iter().filter(|name| !matches!(name.as_str(), "waiting" | "result")).collect();
    assert_same("the type InferEvent of pkg/index.d.ts", &told, &names_of!(EventKind));
}

#[test]
fn kinds_of_files() {
    assert_union(INSPECTION, "FileFormat", &names_of!(find::Format));
}

#[test]
fn programs_that_make_pictures() {
    assert_union(INSPECTION, "Generator", &names_of!(find::Generator));
}

#[test]
fn kinds_of_inputs() {
    assert_union(INSPECTION, "InputKind", &names_of!(InputKind));
}

#[test]
fn modes_of_nodes() {
    assert_union(INSPECTION, "NodeMode", &names_of!(Mode));
}

#[test]
fn problem_codes_and_severities() {
    assert_union(INSPECTION, "ProblemCode", &names_of!(Code));
    assert_field(INSPECTION, "Problem", "severity", &names_of!(Severity));
}

#[test]
fn formats_of_workflows() {
    assert_field(INSPECTION, "Inspection", "format", &names_of!(model::Format));
}

#[test]
fn types_of_form_fields() {
    assert_union(INSPECTION, "FieldType", &names_of!(FieldType));
}

#[test]
fn verdicts_on_conversions() {
    let known = names_of!(convert::Verdict);
    assert_union(INSPECTION, "Verdict", &known);
}

#[test]
fn warnings_about_conversions() {
    let known = names_of!(convert::WarningCode);
    assert_field(INSPECTION, "ConvertWarning", "code", &known);
    let text = read(INSPECTION);
    let comment = between(body(&text, "ConvertWarning"), "/**", "*/");
    let explained: Vec<_> = comment
        .lines()
        .filter(|line| line.contains("* - `"))
        .flat_map(|line| code_words(line).into_iter().next())
        .collect();
    assert_same("the comment on ConvertWarning.code of pkg/inspect.d.ts", &explained, &known);
}
