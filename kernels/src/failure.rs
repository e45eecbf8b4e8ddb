//! Keeps the first failure of a reader.

/// The first failure of a reader, which every later call returns again.
///
/// A reader that went on after an error would hand out pieces of damaged data.
///
/// ```
/// use viewcomfy_kernels::FirstFailure;
///
/// let mut failure = FirstFailure::default();
/// assert_eq!(failure.check(), Ok(()));
/// assert_eq!(failure.keep::<()>(Err("cut off")), Err("cut off"));
/// assert_eq!(failure.check(), Err("cut off"));
/// ```
#[derive(Debug)]
pub struct FirstFailure<E>(Option<E>);

/// Reading stopped, and the failure is kept. Because of that the code that reads need not know the type of the sink's
/// error, and is compiled once, in this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stopped;

impl<E> Default for FirstFailure<E> {
    fn default() -> Self {
        Self(None)
    }
}

impl<E> FirstFailure<E> {
    /// Keeps `error` if it is the first.
    pub(crate) fn stop(&mut self, error: E) -> Stopped {
        self.0 = Some(error);
        Stopped
    }
}

impl<E: Clone> FirstFailure<E> {
    /// Fails with the first failure, if there is one.
    ///
    /// # Errors
    /// The failure that was kept.
    pub fn check(&self) -> Result<(), E> {
        match &self.0 {
            None => Ok(()),
            Some(first) => Err(first.clone()),
        }
    }

    /// Keeps the failure of a step that was taken only because [`FirstFailure::check`] passed.
    ///
    /// # Errors
    /// The error of `step`.
    pub fn keep<T>(&mut self, step: Result<T, E>) -> Result<T, E> {
        if let Err(error) = &step {
            self.0 = Some(error.clone());
        }
        step
    }
}
