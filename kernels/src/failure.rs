//! What a reader keeps of its first failure.

/// The first failure of a reader, which it gives again whenever it is called after that.
///
/// A reader that went on behind an error would hand out pieces of something that is damaged.
#[derive(Debug)]
pub struct FirstFailure<E>(Option<E>);

/// Reading stopped, and the failure is kept: so the code that reads need not know the type of the sink's error, and is
/// compiled once and in this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl<E> Default for FirstFailure<E> {
    fn default() -> Self {
        Self(None)
    }
}

impl<E> FirstFailure<E> {
    /// Keeps `error`, the first.
    pub(crate) fn stop(&mut self, error: E) -> Stopped {
        self.0 = Some(error);
        Stopped
    }
}

impl<E: Clone> FirstFailure<E> {
    /// Fails with the first failure, once there is one.
    ///
    /// # Errors
    /// The failure that was kept.
    pub fn check(&self) -> Result<(), E> {
        match &self.0 {
            None => Ok(()),
            Some(first) => Err(first.clone()),
        }
    }

    /// Keeps the failure of a step that was only taken because [`FirstFailure::check`] passed.
    ///
    /// # Errors
    /// The step's own.
    pub fn keep<T>(&mut self, step: Result<T, E>) -> Result<T, E> {
        if let Err(error) = &step {
            self.0 = Some(error.clone());
        }
        step
    }
}
