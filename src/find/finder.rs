//! Asks for one part of a file after another until its workflow is found.

use super::format::{self, Walks};
use super::json;
use super::parameters::Parameters;
use super::reader::Reader;
use super::texts::{Text, Texts};
use super::{MAX_TEXT, Stop};
use crate::Error;
use crate::error::Format;

/// What was found in a file: at least one of the two workflows, or the settings that another program wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The kind of file.
    pub format: Format,
    /// The workflow in API format.
    pub prompt: Option<Text>,
    /// The workflow in editor format.
    pub workflow: Option<Text>,
    /// How another program made the image; `None` if there is a workflow.
    pub parameters: Option<Parameters>,
    /// How many bytes of the file were read.
    pub bytes_read: u64,
}

/// What a [`Finder`] needs, or what it found.
#[derive(Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "a caller has to do each of these steps")]
pub enum Step {
    /// [`Finder::give`] it these bytes of the file.
    Read {
        /// The offset of the first byte.
        at: u64,
        /// The number of bytes; all of them are in the file.
        length: usize,
    },
    /// [`Finder::give_inflated`] it the decompressed content of this stream.
    Inflate {
        /// A whole zlib stream.
        zlib: Vec<u8>,
        /// The largest content that is accepted, in bytes.
        limit: usize,
    },
    /// The search is over. `None` if the file has no workflow, or is of a kind that cannot have one.
    Done(Option<Found>),
}

/// Finds the workflow in one file, for which it asks part by part; the [first page](crate#find-the-workflow-in-a-file)
/// has an example.
///
/// ```
/// use viewcomfy_wasm::find::{Finder, Step};
///
/// let file = br#"{"3": {"class_type": "KSampler", "inputs": {}}}"#;
/// let mut finder = Finder::new(file.len() as u64);
/// let found = loop {
///     match finder.step()? {
///         Step::Read { at, length } => finder.give(file[at as usize..][..length].to_vec()),
///         Step::Inflate { .. } => finder.give_inflated(None),
///         Step::Done(found) => break found,
///     }
/// };
/// assert!(found.is_some_and(|found| found.prompt.is_some()));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
#[derive(Debug)]
pub struct Finder {
    reader: Reader,
    walks: Walks,
    texts: Texts,
    format: Option<Format>,
    /// The run of a server's history that is wanted; `None` takes the newest, and any other file.
    run: Option<String>,
    asked: Asked,
    reads: u32,
    bytes_read: u64,
    /// How many bytes the compressed texts have had when decompressed.
    inflated: usize,
    /// How much is read when only a little is needed.
    window: usize,
    /// Where the last part that was read ends.
    last_end: u64,
}

/// The part that was asked for and has not been given yet.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Nothing,
    Part { at: u64, length: usize },
    Inflated { at: u64, limit: usize },
}

/// Read first: images have their texts in it, and most videos the index that leads to them.
const FIRST_WINDOW: usize = 32 * 1024;
/// Read where a walk jumps to: the header of a part, and often that of its first child.
const JUMP_WINDOW: usize = 512;
/// The most that is read while a walk goes over many small parts; the amount doubles up to here.
const MAX_WINDOW: usize = 256 * 1024;
/// A part that is closer than this is reached by reading on.
const NEAR: u64 = 4 * 1024;
/// A video of 4 GB without an index has a few thousand parts.
const MAX_READS: u32 = 50_000;
const MAX_BYTES_READ: u64 = 4 * MAX_TEXT as u64;
/// The largest total of decompressed texts of a file: a few megabytes may expand to gigabytes.
const MAX_INFLATED: usize = 2 * MAX_TEXT;
const TOO_LARGE: &str = "a compressed text cannot be inflated, or is larger than 64 MB";
const TOO_LARGE_TOGETHER: &str =
    "a compressed text cannot be inflated, or the compressed texts up to it are larger than 128 MB together";
const ALL_TOO_LARGE: &str = "its compressed texts are larger than 128 MB together, more than any workflow";

impl Finder {
    /// A finder for a file of `size` bytes.
    pub fn new(size: u64) -> Self {
        Self {
            reader: Reader::new(size),
            walks: Walks::default(),
            texts: Texts::default(),
            format: None,
            run: None,
            asked: Asked::Nothing,
            reads: 0,
            bytes_read: 0,
            inflated: 0,
            window: FIRST_WINDOW,
            last_end: 0,
        }
    }

    /// Looks for one run, by the id of its prompt, in a response of `GET /history`. Other files then have no result.
    #[must_use]
    pub fn of_run(self, prompt_id: String) -> Self {
        Self { run: Some(prompt_id), ..self }
    }

    /// Continues as far as it can with the parts it was given.
    ///
    /// # Errors
    /// [`ErrorKind::DamagedFile`](crate::ErrorKind::DamagedFile) if the file ends too early or contradicts itself
    /// before anything was found.
    pub fn step(&mut self) -> Result<Step, Error> {
        match self.look() {
            Ok(()) => Ok(self.done()),
            Err(Stop::Read { at, length }) => self.ask(at, length),
            Err(Stop::Inflate { .. }) if self.inflated >= MAX_INFLATED && !self.texts.is_empty() => {
                Ok(self.done())
            }
            Err(Stop::Inflate { at, .. }) if self.inflated >= MAX_INFLATED => {
                Err(self.damage(at, ALL_TOO_LARGE))
            }
            Err(Stop::Inflate { at, length }) => {
                let limit = MAX_TEXT.min(MAX_INFLATED - self.inflated);
                self.asked = Asked::Inflated { at, limit };
                // They have been read, so they are there.
                let zlib = self.reader.bytes(at, length as u64).unwrap_or_default().to_vec();
                Ok(Step::Inflate { zlib, limit })
            }
            // What has been found already is complete, and more useful than an error.
            Err(Stop::Damaged { .. }) if !self.texts.is_empty() => Ok(self.done()),
            Err(Stop::Damaged { at, what }) => Err(self.damage(at, what)),
        }
    }

    /// Takes the bytes that the last step asked for. If there are fewer, the file ends after them.
    pub fn give(&mut self, mut bytes: Vec<u8>) {
        if let Asked::Part { at, length } = std::mem::replace(&mut self.asked, Asked::Nothing) {
            bytes.truncate(length);
            self.bytes_read += bytes.len() as u64;
            self.last_end = at + bytes.len() as u64;
            if bytes.len() < length {
                self.reader.ends_at(self.last_end);
            }
            self.reader.add(at, bytes);
        }
    }

    /// Takes the decompressed content that the last step asked for; `None` if it is not a zlib stream, or is larger
    /// than the limit.
    pub fn give_inflated(&mut self, bytes: Option<Vec<u8>>) {
        if let Asked::Inflated { at, limit } = std::mem::replace(&mut self.asked, Asked::Nothing) {
            let bytes = bytes.filter(|bytes| bytes.len() <= limit);
            self.inflated += bytes.as_ref().map_or(0, Vec::len);
            let too_large = if limit < MAX_TEXT { TOO_LARGE_TOGETHER } else { TOO_LARGE };
            self.reader.add_inflated(at, bytes.ok_or(too_large));
        }
    }

    fn look(&mut self) -> Result<(), Stop> {
        if self.format.is_none() {
            self.format = format::recognise(&self.reader)?;
        }
        match (self.format, &self.run) {
            (Some(format), None) => format.read(&self.reader, &mut self.walks, &mut self.texts),
            (Some(Format::Json), Some(run)) => json::read_run(&self.reader, run, &mut self.texts),
            _ => Ok(()),
        }
    }

    /// Asks for a part, and for more after it if that saves asking again.
    fn ask(&mut self, at: u64, length: usize) -> Result<Step, Error> {
        if self.reads > 0 {
            let near = at <= self.last_end.saturating_add(NEAR) && at + NEAR >= self.last_end;
            self.window = if near { (self.window * 2).min(MAX_WINDOW) } else { JUMP_WINDOW };
        }
        let left = self.reader.size().saturating_sub(at);
        let length = length.max(self.window).min(usize::try_from(left).unwrap_or(usize::MAX));
        self.reads += 1;
        if self.reads > MAX_READS || self.bytes_read + length as u64 > MAX_BYTES_READ {
            return Err(self.damage(at, "it has too many parts to search"));
        }
        self.asked = Asked::Part { at, length };
        Ok(Step::Read { at, length })
    }

    fn done(&mut self) -> Step {
        let Some(format) = self.format.filter(|_| !self.texts.is_empty()) else { return Step::Done(None) };
        let has_workflow = self.texts.any();
        let Texts { prompt, workflow, parameters } = std::mem::take(&mut self.texts);
        let parameters = parameters.filter(|_| !has_workflow);
        Step::Done(Some(Found { format, prompt, workflow, parameters, bytes_read: self.bytes_read }))
    }

    fn damage(&self, at: u64, what: &str) -> Error {
        let name = self.format.map_or("file", Format::name);
        Error::damaged_file(
            self.format,
            format!(
                "this {name} is damaged at byte {at}: {what}; the rest cannot be read: try the original or another copy"
            ),
        )
    }
}
