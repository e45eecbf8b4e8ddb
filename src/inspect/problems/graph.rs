//! Problems of the graph: links, cycles, classes, outputs, and nodes that lead nowhere.

use super::known::sends_everywhere;
use super::{Report, Subject};
use crate::definitions::Origin;
use crate::inspect::lanes;
use crate::inspect::model::{Code, Format, Input, Link, LinkFault, Mode, Node, Severity};
use crate::inspect::outputs::End;

pub(super) fn look<'a>(subject: &Subject<'_, 'a>, report: &mut Report<'_>) {
    look_for_output(subject, report);
    for (index, node) in subject.graph.nodes.iter().enumerate().filter(|(_, node)| node.runs()) {
        look_at_class(subject, report, index, node);
        for input in &node.inputs {
            if let Some(link) = input.link() {
                look_at_link(subject, report, index, input, link);
            }
        }
    }
    look_at_use(subject, report);
    if !subject.order.is_whole() {
        lanes::cycles(&subject.graph.nodes).iter().for_each(|cycle| add_cycle(subject, report, cycle));
    }
}

fn look_for_output(subject: &Subject<'_, '_>, report: &mut Report<'_>) {
    let nodes = || subject.graph.nodes.iter().enumerate().filter(|(_, node)| node.runs());
    if nodes().any(|(_, node)| node.is_output) {
        return;
    }
    // The server may have another version of a pack than the package knows.
    let is_doubtful = |index: usize| match &subject.classes[index] {
        Some(class) => class.origin == Origin::Packs,
        None => subject.ends[index] == End::Perhaps,
    };
    let (severity, message) = match nodes().find(|(index, _)| is_doubtful(*index)) {
        Some((_, node)) => {
            let class = super::shortened(node.class_type.as_deref().unwrap_or_default());
            (
                Severity::Info,
                format!("nothing in the workflow is known to save or show a result, but \"{class}\" may"),
            )
        }
        None => {
            let message = "nothing in the workflow saves or shows a result, so ComfyUI has nothing to run";
            (Severity::Error, message.to_owned())
        }
    };
    report.add(Code::NoOutputNode, severity, None, None, message);
}

/// ComfyUI refuses the whole workflow because of one class that it does not know.
fn look_at_class(subject: &Subject<'_, '_>, report: &mut Report<'_>, index: usize, node: &Node<'_>) {
    let Some(class_type) = &node.class_type else {
        let message = format!("node {} has no class_type, so ComfyUI cannot tell what it does", node.id);
        return report.add(Code::MissingClassType, Severity::Error, Some(index), None, message);
    };
    if subject.classes[index].is_none()
        && subject.known.bundled_from().is_some()
        && subject.known.has(class_type)
    {
        return report.another(index, class_type);
    }
    // A class that the package's own definitions lack belongs to a custom node, which the server may well have.
    let is_known = subject.classes[index].as_ref().is_some_and(|class| class.origin == Origin::Server);
    if subject.known.is_of_server() && !is_known {
        let name = super::shortened(class_type);
        if subject.known.is_unreadable(class_type) {
            return report.unreadable(index, &name);
        }
        let message = format!("the server has no class \"{name}\"");
        report.add(Code::UnknownClass, Severity::Error, Some(index), None, message);
    }
}

fn look_at_link<'a>(
    subject: &Subject<'_, 'a>,
    report: &mut Report<'_>,
    index: usize,
    input: &Input<'a>,
    link: &Link<'a>,
) {
    let name = &input.name;
    match link.node {
        None => {
            let id = super::shortened(&link.id);
            let message = format!("\"{name}\" is linked to \"{id}\", which is not in the workflow");
            return match link.fault {
                Some(LinkFault::Lost { optional }) if is_optional(input, optional) => {
                    report.warning(Code::LinkToMissingNode, index, name, message);
                }
                // ComfyUI's page refuses the whole file, whatever needs the node.
                None if subject.graph.format == Format::Editor => {
                    report.add(Code::LinkToMissingNode, Severity::Error, Some(index), Some(name), message);
                }
                _ => report.refused(Code::LinkToMissingNode, index, name, message),
            };
        }
        Some(from) if from == index => {
            let message = format!("\"{name}\" is linked to an output of its own node");
            report.refused(Code::LinkToItself, index, name, message);
        }
        Some(_) => {}
    }
    if link.fault == Some(LinkFault::ByNumber) {
        let message = format!(
            "\"{name}\" is linked to node {} by a number, but ComfyUI identifies nodes by text",
            link.id
        );
        return report.refused(Code::LinkToMissingNode, index, name, message);
    }
    if link.output.is_none() {
        let message = format!("\"{name}\" is linked to node {}, but its output is not an index", link.id);
        report.refused(Code::InvalidOutputIndex, index, name, message);
    }
}

/// Whether a node runs without the input: its class says so, or else its socket.
fn is_optional(input: &Input<'_>, socket: bool) -> bool {
    input.expected.as_ref().map_or(socket, |expected| !expected.required)
}

fn look_at_use(subject: &Subject<'_, '_>, report: &mut Report<'_>) {
    let nodes = &subject.graph.nodes;
    // In the editor people switch off what they do not need at the moment: a node that feeds only that is not
    // forgotten, nor is one whose readers the file does not show.
    let is_apart = |node: &Node<'_>| node.mode != Mode::Active || sends_everywhere(node);
    let apart = (0..nodes.len()).filter(|index| is_apart(&nodes[*index])).collect();
    let waiting = subject.edges.feeding(apart, |_| true);
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| node.runs()) {
        // Without a class its purpose is unknown, and that is reported already.
        if !subject.perhaps_needed[index] && !waiting[index] && node.class_type.is_some() {
            let message =
                format!("nothing that is saved or shown needs \"{}\"", super::shortened(node.label()));
            report.add(Code::UnusedNode, Severity::Warning, Some(index), None, message);
        }
    }
}

fn add_cycle(subject: &Subject<'_, '_>, report: &mut Report<'_>, cycle: &[usize]) {
    const SHOWN: usize = 8;
    let nodes = &subject.graph.nodes;
    let Some(&first) = cycle.first() else { return };
    let mut path: Vec<&str> = cycle.iter().take(SHOWN).map(|index| &*nodes[*index].id).collect();
    if cycle.len() > SHOWN {
        path.push("…");
    }
    path.push(&nodes[first].id);
    let message = format!("these nodes wait for each other: {}", path.join(" → "));
    let needed = cycle.iter().any(|index| subject.needed[*index]);
    let severity = if needed { Severity::Error } else { Severity::Warning };
    report.add(Code::Cycle, severity, Some(first), None, message);
}
