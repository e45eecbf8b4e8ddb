//! UTF-8 that arrives in pieces, checked without being kept.

/// Checks UTF-8 that arrives in pieces, keeping at most the three bytes of a character that is not complete yet.
#[derive(Debug, Default)]
pub(super) struct Utf8Check {
    partial: [u8; 4],
    len: usize,
}

impl Utf8Check {
    /// Takes the next piece and passes its whole characters on, including one that began in an earlier piece.
    ///
    /// If it is not UTF-8, fails with the place where the wrong character begins, counted from the start of the piece:
    /// negative for one that began in an earlier piece.
    pub(super) fn pass<E>(
        &mut self,
        piece: &[u8],
        mut on: impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<Option<i64>, E> {
        let mut taken = 0;
        while self.len > 0 {
            let Some(&byte) = piece.get(taken) else { return Ok(None) };
            self.partial[self.len] = byte;
            self.len += 1;
            taken += 1;
            match std::str::from_utf8(&self.partial[..self.len]) {
                Ok(_) => on(&self.partial[..std::mem::take(&mut self.len)])?,
                Err(error) if error.error_len().is_some() => return Ok(Some(taken as i64 - self.len as i64)),
                Err(_) => {}
            }
        }
        let rest = &piece[taken..];
        let error = std::str::from_utf8(rest).err();
        let (whole, tail) = rest.split_at(error.map_or(rest.len(), |error| error.valid_up_to()));
        if !whole.is_empty() {
            on(whole)?;
        }
        if error.is_some_and(|error| error.error_len().is_some()) {
            return Ok(Some((taken + whole.len()) as i64));
        }
        self.partial[..tail.len()].copy_from_slice(tail);
        self.len = tail.len();
        Ok(None)
    }

    /// True between two characters.
    pub(super) fn is_whole(&self) -> bool {
        self.len == 0
    }
}
