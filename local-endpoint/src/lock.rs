//! Locks that still work after a panic.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks even if another holder panicked.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
