//! Editor format to API format, as ComfyUI's own page does it.
//!
//! The page does not convert: it opens the file, restores what was saved into an open graph, and reads the prompt
//! from that. So does this. [`crate::editor`] reads the file; `load` opens it, with the widgets that [`crate::widgets`]
//! builds and fills, and `promote` for the values of subgraphs; `primitives` write their values into other nodes;
//! `resolve` follows links; `emit` reads the prompt. [`apply_params`] goes the same way back, from a value of the prompt to
//! where it stands in the file.

mod apply;
mod decimal;
mod differing_classes;
mod emit;
mod everywhere_links;
mod filenames;
mod group_nodes;
mod kept;
mod load;
mod open_graph;
mod order;
mod primitives;
mod promote;
mod prompts;
mod renumber;
mod report;
mod resolve;
mod scopes;
mod slots;
mod titles;
mod unknown_classes;
mod warnings;
mod write;

pub use apply::apply_params;
use filenames::Names;
pub use kept::keep;
pub use prompts::DynamicPrompts;
pub use report::{Doubt, NeededPack, Report, Verdict};
pub use unknown_classes::has_unknown_class;
pub use warnings::{Warning, WarningCode};

use crate::Error;
use crate::definitions::{ClassCache, KnownClasses};
use crate::editor::{Document, Link};
use emit::Entry;
use open_graph::OpenGraph;

/// A moment of local time, for dates in file names.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Moment {
    pub year: u32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
}

impl Moment {
    fn formatted(self, format: &str) -> String {
        let mut out = String::new();
        let mut rest = format;
        'outer: while !rest.is_empty() {
            for (token, value, width) in [
                ("yyyy", self.year, 4),
                ("yy", self.year % 100, 2),
                ("dd", self.day, 2),
                ("d", self.day, 1),
                ("MM", self.month, 2),
                ("M", self.month, 1),
                ("hh", self.hour, 2),
                ("h", self.hour, 1),
                ("mm", self.minute, 2),
                ("m", self.minute, 1),
                ("ss", self.second, 2),
                ("s", self.second, 1),
            ] {
                if let Some(behind) = rest.strip_prefix(token) {
                    out.push_str(&format!("{value:0width$}"));
                    rest = behind;
                    continue 'outer;
                }
            }
            let c = rest.chars().next().unwrap_or_default();
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
        out
    }
}

/// How to convert.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// What becomes of `{a|b}` in prompts.
    pub dynamic_prompts: DynamicPrompts,
    /// The moment for dates in file names; none leaves their placeholders.
    pub now: Option<Moment>,
    /// Whether everything is an error that may not run: a class that the definitions do not have, and whatever else
    /// [`Report`] has a doubt about.
    pub strict: bool,
}

/// A converted workflow.
#[derive(Debug)]
pub struct Converted {
    /// The workflow in API format, indented as ComfyUI exports it.
    pub json: String,
    /// What may not be as the file's author saw it.
    pub warnings: Vec<Warning>,
    /// Whether it runs; none for a workflow that was in API format already, which is not looked into.
    pub report: Option<Report>,
}

/// Converts an editor-format workflow.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for what is not an editor-format workflow,
/// [`ErrorKind::CannotConvert`](crate::ErrorKind::CannotConvert) for one that ComfyUI would not convert either.
pub fn to_api_format<'d>(
    bytes: &[u8],
    known: impl Into<KnownClasses<'d>>,
    options: &Options,
) -> Result<Converted, Error> {
    let known = known.into();
    let mut scratch = String::new();
    let document = Document::open(bytes, &mut scratch)?;
    let Opened { graph, entries, mut warnings } = Opened::of(&document, known, options)?;
    warnings.splice(0..0, graph.repeated.iter().map(warnings::repeated_id));
    if document.version().is_none() && document.root.links.iter().any(Link::is_array) {
        warnings.insert(0, warnings::missing_version());
    }
    let report = Report::of(&entries, &warnings);
    if let Some(error) = report.refusal(&warnings).filter(|_| options.strict) {
        return Err(error);
    }
    Ok(Converted { json: write::to_json(&entries), warnings, report: Some(report) })
}

/// A file as the page has it open, and the prompt that was read from it.
struct Opened<'a> {
    graph: OpenGraph<'a>,
    entries: Vec<Entry<'a>>,
    warnings: Vec<Warning>,
}

impl<'a> Opened<'a> {
    fn of(document: &Document<'a>, known: KnownClasses<'a>, options: &Options) -> Result<Self, Error> {
        let mut graph = load::load(document, &mut ClassCache::new(known));
        let names = Names::of(&graph);
        primitives::push_values(&mut graph, &names, document);
        let (entries, warnings) = emit::prompt(&graph, &names, options, known)?;
        Ok(Self { graph, entries, warnings })
    }
}
