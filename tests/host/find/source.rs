//! Files in memory for a finder to read.

use viewcomfy_wasm::Error;
use viewcomfy_wasm::find::{Finder, Found, Step};

/// Something that a finder can be given parts of.
pub trait Source {
    /// How many bytes there are.
    fn size(&self) -> u64;
    /// Some of them; all that are asked for are there.
    fn part(&self, at: u64, length: usize) -> Vec<u8>;
}

impl Source for [u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn part(&self, at: u64, length: usize) -> Vec<u8> {
        self[at as usize..][..length].to_vec()
    }
}

/// What became of a search.
pub struct Search {
    pub result: Result<Option<Found>, Error>,
    pub reads: usize,
    pub bytes: u64,
}

/// The most parts that any test needs; a finder that goes on longer does not end.
const MAX_READS: usize = 60_000;

/// Looks for a workflow.
pub fn search(source: &(impl Source + ?Sized)) -> Search {
    let mut finder = Finder::new(source.size());
    let (mut reads, mut bytes) = (0, 0);
    let result = loop {
        match finder.step() {
            Ok(Step::Read { at, length }) => {
                assert!(
                    length > 0 && at + length as u64 <= source.size(),
                    "{length} bytes at {at} are not there"
                );
                reads += 1;
                bytes += length as u64;
                assert!(reads <= MAX_READS, "too many reads");
                finder.give(source.part(at, length));
            }
            Ok(Step::Inflate { zlib, limit }) => {
                let inflated = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&zlib, limit);
                finder.give_inflated(inflated.ok());
            }
            Ok(Step::Done(found)) => break Ok(found),
            Err(error) => break Err(error),
        }
    };
    Search { result, reads, bytes }
}
