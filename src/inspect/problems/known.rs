//! Problems that are found by comparing a node with the definition of its class.

use super::check::{self, Fault};
use super::{Report, Subject, shortened};
use crate::definitions::{self, Class, NodeInputs, Origin, Spec, types};
use crate::inspect::model::{Code, Format, Given, Input, InputKind, Link, Node};
use crate::inspect::{classes, folders, kinds};
use crate::json::Value;
use crate::json::value::Kind;
use crate::text::find;

/// Inputs that the editor writes for its own buttons and views, and that every server ignores.
const EDITORS_OWN: [&str; 12] = [
    "upload",
    "choose file to upload",
    "audioUI",
    "control_after_generate",
    "preview_text",
    "preview_mode",
    "compare_view",
    "upload 3d model",
    "upload extra resources",
    "clear",
    "refresh",
    "videopreview",
];

/// Inputs of some classes that belong to the editor: where it draws, or where it lets people add inputs.
fn is_editors_own(class_type: &str, name: &str) -> bool {
    let draws = || ["3D", "GLB", "Splat", "PointCloud"].iter().any(|word| find(class_type, word).is_some());
    EDITORS_OWN.contains(&name) || class_type == "CustomCombo" || (name == "image" && draws())
}

pub(super) fn look<'a>(subject: &Subject<'_, 'a>, report: &mut Report<'_>) {
    let nodes = || subject.graph.nodes.iter().enumerate().filter(|(_, node)| node.runs());
    let everywhere = nodes().any(|(_, node)| sends_everywhere(node));
    for (index, node) in nodes() {
        let Some(class) = known(subject, index) else { continue };
        for input in &node.inputs {
            look_at_input(subject, report, class, index, input);
        }
        match subject.graph.format {
            Format::Api => look_for_required(subject, report, class, index),
            Format::Editor if everywhere => {}
            // The editor fills in values that are missing, but no links.
            Format::Editor => look_for_links(report, index, node),
        }
    }
}

/// The class of a node, if it is certain that this version runs: the server may have another version of a pack than
/// the package knows.
fn known<'s, 'a>(subject: &'s Subject<'_, 'a>, index: usize) -> Option<&'s Class<'a>> {
    subject.classes[index].as_deref().filter(|class| class.origin != Origin::Packs)
}

fn look_at_input<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    class: &Class<'a>,
    index: usize,
    input: &Input<'a>,
) {
    match (&input.expected, &input.given) {
        (None, given) => look_at_unknown(subject, report, class, index, input, given),
        (Some(expected), Given::Link(link)) => look_at_link(subject, report, index, input, expected, link),
        (Some(expected), Given::Value(value)) => {
            look_at_value(subject, report, index, input, expected, *value)
        }
        (Some(_), Given::Nothing) => {}
    }
}

fn look_at_unknown<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    class: &Class<'a>,
    index: usize,
    input: &Input<'a>,
    given: &Given<'a>,
) {
    let name = &input.name;
    // Anything else that the editor saves beside the inputs of a class does not matter; only links go to the server.
    let matters = subject.graph.format == Format::Api || matches!(given, Given::Link(_));
    let class_type = subject.graph.nodes[index].class_type.as_deref().unwrap_or_default();
    let ignored = is_editors_own(class_type, name) || class.hidden.iter().any(|hidden| hidden.is(name));
    if matters && !ignored && !matches!(given, Given::Nothing) {
        let message = format!("{class_type} has no input \"{}\"", shortened(name));
        report.warning(Code::UnknownInput, index, name, message);
    }
}

fn look_at_link<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    index: usize,
    input: &Input<'a>,
    expected: &definitions::Input<'a>,
    link: &Link<'a>,
) {
    let (Some(from), Some(output)) = (link.node, link.output) else { return };
    let feeder = &subject.graph.nodes[from];
    let (Some(class), true) = (known(subject, from), feeder.runs()) else { return };
    let (name, class_type) = (&input.name, feeder.class_type.as_deref().unwrap_or_default());
    let Some(given) = class.outputs.get(output) else {
        let message = match class.outputs.len() {
            0 => format!("\"{name}\" is linked to {class_type}, which has no outputs"),
            count => format!(
                "\"{name}\" is linked to output {output} of {class_type}, whose last output is {}",
                count - 1
            ),
        };
        return report.refused(Code::UnknownOutput, index, name, message);
    };
    if !fits(&given.kind, &expected.spec.kind) {
        let message =
            format!("\"{name}\" takes {}, but {class_type} gives {}", expected.spec.kind, given.kind);
        report.refused(Code::LinkTypeMismatch, index, name, message);
    }
}

/// Whether ComfyUI takes an output of one type for an input of another.
fn fits(given: &str, taken: &str) -> bool {
    const ANYTHING: [&str; 2] = [types::ANY, types::MATCH_TYPE];
    let each = |list| str::split(list, ',').map(str::trim);
    given == taken
        || ANYTHING.contains(&given)
        || ANYTHING.contains(&taken)
        || each(given).any(|given| each(taken).any(|taken| taken == given || ANYTHING.contains(&taken)))
}

fn look_at_value<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    index: usize,
    input: &Input<'a>,
    expected: &definitions::Input<'a>,
    value: Value<'a>,
) {
    let name = &input.name;
    if value.kind() == Kind::Array && subject.graph.format == Format::Api {
        let message = format!("\"{name}\" is a list, which ComfyUI treats as a link");
        return report.refused(Code::WrongType, index, name, message);
    }
    match check::value(expected, value) {
        None => {}
        Some(Fault::Unusable(what)) => {
            refuse(subject, report, Code::WrongType, index, name, format!("\"{name}\" {what}"));
        }
        Some(Fault::Converted(what)) => {
            report.warning(Code::WrongType, index, name, format!("\"{name}\" {what}"));
        }
        Some(Fault::OutOfRange(what)) => {
            refuse(subject, report, Code::OutOfRange, index, name, format!("\"{name}\" {what}"));
        }
        Some(Fault::NotAChoice) => {
            look_at_choice(subject, report, index, input, expected, value);
        }
    }
}

/// A value that is not among the choices: a model or another file that the server lacks, or a wrong value.
fn look_at_choice<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    index: usize,
    input: &Input<'a>,
    expected: &definitions::Input<'a>,
    value: Value<'a>,
) {
    let (name, spec) = (&input.name, &*expected.spec);
    let node = &subject.graph.nodes[index];
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let shown = check::shown(value);
    // The package knows ComfyUI's own choices, but not those of a server.
    if !spec.is_of_server() {
        let message = format!("\"{name}\" is {shown}, which is not among ComfyUI's own choices");
        return report.warning(Code::NotAChoice, index, name, message);
    }
    if kinds::media(class_type, name, Some(spec)).is_some() {
        // An empty one is reported already.
        if !value.is_falsy() {
            report.warning(
                Code::MissingFile,
                index,
                name,
                format!("the server has no file {shown} for \"{name}\""),
            );
        }
        return;
    }
    if input.kind == InputKind::Model {
        let message = match folders::folder(class_type, name) {
            Some(folder) => format!("the server has no {shown} in its folder {folder}"),
            None => format!("the server has no file {shown} for \"{name}\""),
        };
        return report.refused(Code::MissingModel, index, name, message);
    }
    // An empty list is filled with the files of the server, or by the editor.
    if spec.choices().is_some_and(|choices| choices.items().is_empty()) {
        return;
    }
    let message = format!("\"{name}\" is {shown}, which is not among the choices");
    refuse(subject, report, Code::NotAChoice, index, name, message);
}

/// A value that ComfyUI refuses. In editor format, values have an order but no names: to which input one belongs was
/// decided by the class as it was when the file was saved, so a value that looks wrong may belong to another input.
fn refuse(
    subject: &Subject<'_, '_>,
    report: &mut Report<'_>,
    code: Code,
    index: usize,
    name: &str,
    message: String,
) {
    match subject.graph.format {
        Format::Api => report.refused(code, index, name, message),
        Format::Editor => report.warning(code, index, name, message),
    }
}

/// Whether a node passes its input on to all nodes that lack one of that type, which links in the file do not show.
pub(super) fn sends_everywhere(node: &Node<'_>) -> bool {
    node.class_type.as_deref().is_some_and(|class| find(class, "Everywhere").is_some())
}

fn look_for_required<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    class: &Class<'a>,
    index: usize,
) {
    let node = &subject.graph.nodes[index];
    let class_type = node.class_type.as_deref().unwrap_or_default();
    let given = classes::Inputs::new(node);
    for expected in classes::expected(class, node).iter().filter(|expected| expected.required) {
        // A missing file is reported already.
        if given.has(&expected.name) || kinds::media(class_type, &expected.name, None).is_some() {
            continue;
        }
        let message = format!("{class_type} needs \"{}\"", expected.name);
        match subject.known.bundled_from() {
            Some(version) if has_widget_value(&expected.spec) => {
                let message = format!("{message} in ComfyUI {version}, an older version may not");
                report.warning(Code::MissingInput, index, &expected.name, message);
            }
            _ => report.refused(Code::MissingInput, index, &expected.name, message),
        }
    }
}

/// Whether a widget would have a value at once; false and 0 are no defaults of which the definitions speak. Most inputs
/// that a newer version of ComfyUI adds to a class are such ones, and a file from before does not have them.
fn has_widget_value(spec: &Spec<'_>) -> bool {
    const ALWAYS: [&str; 5] = [types::INT, types::FLOAT, types::BOOLEAN, types::COMBO, types::DYNAMIC_COMBO];
    ALWAYS.contains(&&*spec.kind) || spec.option("default").is_some()
}

fn look_for_links<'a>(report: &mut Report<'_>, index: usize, node: &Node<'a>) {
    for input in node.inputs.iter().filter(|input| matches!(input.given, Given::Nothing)) {
        let required = input.expected.as_ref().filter(|expected| expected.required);
        if let Some(kind) = required.map(|expected| &expected.spec.kind).filter(|kind| check::is_socket(kind))
        {
            let message = format!("\"{}\" needs a link that brings {kind}", input.name);
            report.refused(Code::MissingInput, index, &input.name, message);
        }
    }
}
