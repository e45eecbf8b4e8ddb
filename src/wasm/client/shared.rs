//! What the runs of an instance share. Wasm memory only grows and JavaScript reads one chunk at a time, so the room that
//! reading a chunk takes is there once, and the buffers of outputs have a budget between them.
//!
//! The shared room is taken out of its place while it is used. Should the wasm be stopped meanwhile, the next run finds the
//! place empty and makes room of its own.

use crate::protocol::EventBatch;
use crate::protocol::result::{PIECE, grow};
use crate::wasm::error::Failure;
use crate::{Error, ErrorKind};
use js_sys::{Array, Float64Array, JsString, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// What the buffers of all outputs may take, in bytes, and what is left of that for those below a whole [`PIECE`]. A run
/// that gets no more hands on smaller pieces, which takes longer.
const BUDGET: usize = 32 * 1024 * 1024;
const FOR_SMALL: usize = 8 * 1024 * 1024;

thread_local! {
    static CHUNK: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static EVENTS: Cell<EventBatch> = Cell::default();
    static GRANTED: Cell<usize> = const { Cell::new(0) };
}

/// Copies a chunk into wasm memory, here and only here, and reads it.
pub fn with_chunk(chunk: &Uint8Array, read: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
    let mut room = CHUNK.take();
    let length = chunk.length() as usize;
    if room.len() < length && !grow(&mut room, length.next_power_of_two()) {
        return Err(ErrorKind::StorageFull { output_index: None }.into());
    }
    let bytes = &mut room[..length];
    chunk.copy_to(bytes);
    let done = read(bytes);
    CHUNK.set(room);
    done
}

/// Reads, and gives what was told meanwhile, as one text and one array of numbers, and the failure; undefined where there is
/// none.
pub fn with_events(
    progress: bool,
    read: &mut dyn FnMut(&mut EventBatch) -> Result<(), Error>,
) -> (JsValue, JsValue) {
    let mut events = EVENTS.take();
    events.reset(progress);
    let done = read(&mut events);
    let told = events.parts().map_or(JsValue::UNDEFINED, |(text, numbers)| {
        Array::of2(&JsString::from(text), &Float64Array::from(numbers)).into()
    });
    EVENTS.set(events);
    (told, done.err().map_or(JsValue::UNDEFINED, |error| Failure::from(error).into()))
}

/// What a run has of the budget; it goes back when the run ends.
#[derive(Default)]
pub struct Shares(usize);

impl Shares {
    /// Makes the buffer so long, unless the others have what that would take.
    pub fn grow(&mut self, buffer: &mut Vec<u8>, length: usize) -> bool {
        let more = length - buffer.len();
        let granted = GRANTED.get() + more;
        let limit = if length < PIECE { BUDGET } else { BUDGET - FOR_SMALL };
        if granted > limit || !grow(buffer, length) {
            return false;
        }
        GRANTED.set(granted);
        self.0 += more;
        true
    }
}

impl Drop for Shares {
    fn drop(&mut self) {
        GRANTED.set(GRANTED.get() - self.0);
    }
}
