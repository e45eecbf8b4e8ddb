//! The time, as the server tells it.

/// Milliseconds since 1970, as ComfyUI's messages have them.
pub fn now() -> u64 {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_millis() as u64)
}
