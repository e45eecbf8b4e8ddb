//! Converts editor format to API format, as ComfyUI's own page does.
//!
//! The page does not convert a file directly: it opens the file, restores what was saved into an open graph, and reads
//! the prompt from that. This module does the same. [`crate::editor`] reads the file; `load` opens it, with the
//! widgets that [`crate::widgets`] builds and fills, and `promote` for the values of subgraphs; `primitives` write
//! their values into other nodes; `resolve` follows links; `emit` reads the prompt. [`apply_params`] goes back the
//! same way, from a value of the prompt to its place in the file.

mod apply;
mod decimal;
mod differing_classes;
mod emit;
mod everywhere_links;
mod filenames;
mod group_nodes;
mod kept;
mod load;
mod missing_inputs;
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
pub use warnings::Warning;

pub use crate::error::WarningCode;

use crate::Error;
use crate::definitions::{ClassCache, KnownClasses};
use crate::editor::{Document, Link};
use emit::Entry;
use open_graph::OpenGraph;

/// A moment of local time, for dates in file names.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The year, with four digits.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The hour, from 0 to 23.
    pub hour: u32,
    /// The minute, from 0 to 59.
    pub minute: u32,
    /// The second, from 0 to 59.
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
    /// What is done with `{a|b}` in prompts.
    pub dynamic_prompts: DynamicPrompts,
    /// The moment for dates in file names; `None` keeps their placeholders.
    pub now: Option<Moment>,
    /// Whether a workflow that may not run is an error: if it has a class that the definitions do not have, or
    /// anything else that [`Report`] has a doubt about.
    pub strict: bool,
}

/// A converted workflow.
#[derive(Debug)]
pub struct Converted {
    /// The workflow in API format, indented as ComfyUI exports it.
    pub json: String,
    /// What may differ from what the author of the file saw.
    pub warnings: Vec<Warning>,
    /// Whether it runs; `None` for a workflow that was in API format already, which is not examined.
    pub report: Option<Report>,
}

/// Converts an editor-format workflow. `known` are the definitions of the server that will run it, or those that come
/// with the package; without the definition of a class, its values may have no names.
///
/// # Errors
/// [`ErrorKind::InvalidWorkflow`](crate::ErrorKind::InvalidWorkflow) for anything that is not an editor-format
/// workflow, [`ErrorKind::CannotConvert`](crate::ErrorKind::CannotConvert) for one that ComfyUI would not convert
/// either, and with [`Options::strict`] for one that may not run.
///
/// ```
/// use viewcomfy_wasm::convert::{Options, to_api_format};
/// use viewcomfy_wasm::definitions::Definitions;
///
/// let object_info = r#"{"EmptyImage": {"input": {"required": {"width": ["INT", {}]}}, "output": ["IMAGE"]}}"#;
/// let definitions = Definitions::parse(object_info.into())?;
/// let file = br#"{"version": 0.4, "links": [], "nodes": [{"id": 1, "type": "EmptyImage", "widgets_values": [512]}]}"#;
/// let converted = to_api_format(file, &definitions, &Options::default())?;
/// assert!(converted.json.contains(r#""width": 512"#));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
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
