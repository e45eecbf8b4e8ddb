//! What is wrong with a workflow.

mod advice;
mod check;
mod graph;
mod known;
mod number;
mod values;

use super::model::{Code, Graph, Problem, Severity};
use super::order::{Edges, Order};
use super::outputs::End;
use crate::definitions::{Class, KnownClasses};

/// Everything in which problems are searched for.
pub(super) struct Subject<'s, 'a> {
    pub(super) graph: &'s Graph<'a>,
    pub(super) edges: &'s Edges,
    pub(super) order: &'s Order,
    pub(super) ends: &'s [End],
    /// Whether a node in which a run certainly ends needs the node: ComfyUI does not look at the others.
    pub(super) needed: &'s [bool],
    /// The same, with the nodes in which a run perhaps ends.
    pub(super) perhaps_needed: &'s [bool],
    /// The class of each node; none when it is unknown.
    pub(super) classes: &'s [Option<std::rc::Rc<Class<'a>>>],
    pub(super) known: KnownClasses<'a>,
}

/// All problems, errors first, then in file order.
pub(super) fn find<'a>(subject: &Subject<'_, 'a>) -> Vec<Problem> {
    let mut report = Report { needed: subject.needed, problems: Vec::new() };
    graph::look(subject, &mut report);
    values::look(subject, &mut report);
    known::look(subject, &mut report);
    // Stable: problems of one node stay in the order in which they were found.
    report.problems.sort_by_key(|problem| {
        (problem.severity != Severity::Error, problem.node.map_or(0, |node| node + 1))
    });
    report.problems
}

/// Gathers problems.
struct Report<'s> {
    needed: &'s [bool],
    problems: Vec<Problem>,
}

impl Report<'_> {
    /// A problem of an input for which ComfyUI refuses the run, if it is certain that anything needs the node.
    fn refused(&mut self, code: Code, node: usize, input: &str, message: String) {
        let needed = self.needed.get(node).copied().unwrap_or_default();
        let severity = if needed { Severity::Error } else { Severity::Warning };
        self.add(code, severity, Some(node), Some(input), message);
    }

    /// Something that ComfyUI accepts.
    fn warning(&mut self, code: Code, node: usize, input: &str, message: String) {
        self.add(code, Severity::Warning, Some(node), Some(input), message);
    }

    /// A class with the name of one of ComfyUI's own, but other outputs.
    fn another(&mut self, node: usize, class_type: &str) {
        let message = format!(
            "the file's \"{class_type}\" has other outputs than ComfyUI's own class of this name, so the node is not checked"
        );
        self.unchecked(node, message, "install the pack that has it on the server, or replace the node");
    }

    /// A class that the server has and runs, but describes in a form that cannot be read.
    fn unreadable(&mut self, node: usize, class_type: &str) {
        let message = format!(
            "the server's definition of the class \"{class_type}\" cannot be read, so the node is not checked"
        );
        self.unchecked(
            node,
            message,
            "check its values in ComfyUI: the pack does not describe the class in the form that ComfyUI expects",
        );
    }

    fn unchecked(&mut self, node: usize, message: String, advice: &'static str) {
        let (code, severity) = (Code::UnknownClass, Severity::Info);
        self.problems.push(Problem { code, severity, node: Some(node), input: None, message, advice });
    }

    fn add(
        &mut self,
        code: Code,
        severity: Severity,
        node: Option<usize>,
        input: Option<&str>,
        message: String,
    ) {
        let (input, advice) = (input.map(str::to_owned), advice::of(code));
        self.problems.push(Problem { code, severity, node, input, message, advice });
    }
}

/// The beginning of a text, for a message.
fn shortened(text: &str) -> String {
    const MAX: usize = 80;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => [&text[..end], "…"].concat(),
        None => text.to_owned(),
    }
}
