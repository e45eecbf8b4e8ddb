//! What the runs of an instance share. Wasm memory only grows and JavaScript reads one chunk at a time, so the memory
//! for reading a chunk exists once, and the buffers of outputs share a budget.

use crate::protocol::EventBatch;
use crate::protocol::result::{PIECE, grow};
use crate::wasm::error::Failure;
use crate::{Error, ErrorKind};
use js_sys::{Array, Float64Array, JsString, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// The memory for the buffers of all outputs, in bytes, and what is left of it for those smaller than a whole
/// [`PIECE`]. A run that gets no more passes on smaller pieces, which takes longer.
const BUDGET: usize = 32 * 1024 * 1024;
const FOR_SMALL: usize = 8 * 1024 * 1024;

/// The memory for a chunk, in bytes: as large as networks deliver them, or as `pkg/src/body.js` asks for them in the
/// end. Every size in between would leave a hole in the memory.
const USUAL_CHUNK: usize = 64 * 1024;
const LARGE_CHUNK: usize = 1024 * 1024;

/// The memory for reading a chunk.
#[derive(Default)]
struct Room {
    /// A chunk crosses into wasm memory here and only here.
    chunk: Vec<u8>,
    events: EventBatch,
}

/// Reads the bytes of a chunk; events go into the batch.
type Reading<'r> = dyn FnMut(&[u8], &mut EventBatch) -> Result<(), Error> + 'r;

thread_local! {
    /// It is taken out while it is used. If the wasm is stopped meanwhile, the next run makes another one.
    static ROOM: Cell<Option<&'static mut Room>> = const { Cell::new(None) };
    static GRANTED: Cell<usize> = const { Cell::new(0) };
}

/// Reads a chunk. Returns two values: the events, as one text and one array of numbers, and the failure; each is
/// undefined if there is none.
pub fn with_room(chunk: Option<&Uint8Array>, progress: bool, read: &mut Reading<'_>) -> Array {
    let room = ROOM.take().unwrap_or_else(|| Box::leak(Box::default()));
    room.events.reset(progress);
    let done = copy(chunk, &mut room.chunk).and_then(|bytes| read(bytes, &mut room.events));
    let told = room.events.parts().map_or(JsValue::UNDEFINED, |(text, numbers)| {
        Array::of2(&JsString::from(text), &Float64Array::from(numbers)).into()
    });
    ROOM.set(Some(room));
    Array::of2(&told, &done.err().map_or(JsValue::UNDEFINED, |error| Failure::from(error).into()))
}

fn copy<'r>(chunk: Option<&Uint8Array>, room: &'r mut Vec<u8>) -> Result<&'r [u8], Error> {
    let Some(chunk) = chunk else { return Ok(&[]) };
    let length = chunk.length() as usize;
    let wanted = if length <= USUAL_CHUNK { USUAL_CHUNK } else { length.max(LARGE_CHUNK) };
    if room.len() < length && !grow(room, wanted) {
        return Err(ErrorKind::StorageFull { output_index: None }.into());
    }
    chunk.copy_to(&mut room[..length]);
    Ok(&room[..length])
}

/// A run's share of the budget; it is returned when the run ends.
#[derive(Default)]
pub struct Shares(usize);

impl Shares {
    /// Makes the buffer this long, unless the other runs have taken that memory.
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
