//! UTF-8 that arrives in pieces, checked without being kept. Depends on nothing here.

/// Checks UTF-8 that arrives in pieces, keeping at most the three bytes of a character that is not whole yet.
#[derive(Debug, Default)]
pub(super) struct Utf8Check {
    partial: [u8; 4],
    len: usize,
}

impl Utf8Check {
    /// Takes the next piece; an error when it cannot be UTF-8.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), ()> {
        while self.len > 0 {
            let Some((&first, rest)) = bytes.split_first() else { return Ok(()) };
            self.partial[self.len] = first;
            self.len += 1;
            bytes = rest;
            match std::str::from_utf8(&self.partial[..self.len]) {
                Ok(_) => self.len = 0,
                Err(error) if error.error_len().is_some() => return Err(()),
                Err(_) => {}
            }
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => Ok(()),
            Err(error) if error.error_len().is_some() => Err(()),
            Err(error) => {
                let tail = &bytes[error.valid_up_to()..];
                self.partial[..tail.len()].copy_from_slice(tail);
                self.len = tail.len();
                Ok(())
            }
        }
    }

    /// True between two characters.
    pub(super) fn is_whole(&self) -> bool {
        self.len == 0
    }
}
