//! Waiting for something with a limit, a way to abort, and a word now and then while nothing comes.

use super::error::Failure;
use super::options::Options;
use crate::ErrorKind;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Promise};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// The longest time that timers take, in milliseconds: about 25 days.
const MAX_TIMER: f64 = 2_147_483_647.0;

/// Everything that can end a wait early.
pub struct Timing {
    /// Aborts with any of the reasons to stop; for the request itself.
    pub signal: AbortSignal,
    user: Option<AbortSignal>,
    timeout: Option<(AbortSignal, f64)>,
    aborted: JsFuture,
    waiting_after: f64,
    waited: f64,
    timer: Option<TimeoutFuture>,
}

/// How a wait ended.
pub enum Woken<T> {
    Ready(T),
    /// Nothing came for this many seconds in all.
    Waiting(f64),
    Aborted(Failure),
}

impl Timing {
    /// `cancel` is the surface's own way to abort; `waiting_after` is in seconds, 0 is never.
    pub fn new(
        cancel: &AbortSignal,
        options: &Options<'_>,
        timeout_ms: f64,
        waiting_after: f64,
    ) -> Result<Self, Failure> {
        let user = options.signal()?;
        let timeout = match timeout_ms {
            0.0 => None,
            ms => Some((AbortSignal::timeout_with_f64(ms.min(MAX_TIMER)), ms)),
        };
        let reasons: Array = Array::of1(cancel.as_ref());
        for signal in user.iter().chain(timeout.iter().map(|(signal, _)| signal)) {
            reasons.push(signal);
        }
        let signal = AbortSignal::any(&reasons);
        let aborted = JsFuture::from(abort_of(&signal)?);
        let timer = (waiting_after > 0.0).then(|| timer(waiting_after));
        Ok(Self { signal, user, timeout, aborted, waiting_after, waited: 0.0, timer })
    }

    /// Waits for `future`, an abort, or the time to say that it is waiting.
    pub async fn wait<F: Future + Unpin>(&mut self, future: &mut F) -> Woken<F::Output> {
        poll_fn(|context| {
            if self.signal.aborted() || Pin::new(&mut self.aborted).poll(context).is_ready() {
                return Poll::Ready(Woken::Aborted(self.abort_reason()));
            }
            if let Poll::Ready(output) = Pin::new(&mut *future).poll(context) {
                return Poll::Ready(Woken::Ready(output));
            }
            let due = self.timer.as_mut().is_some_and(|due| Pin::new(due).poll(context).is_ready());
            if !due {
                return Poll::Pending;
            }
            self.waited += self.waiting_after;
            self.timer = Some(timer(self.waiting_after));
            Poll::Ready(Woken::Waiting(self.waited))
        })
        .await
    }

    /// The first byte has come: nothing more is said about waiting.
    pub fn stop_waiting(&mut self) {
        self.timer = None;
    }

    fn abort_reason(&self) -> Failure {
        if let Some(user) = self.user.as_ref().filter(|user| user.aborted()) {
            return Failure::Thrown(user.reason());
        }
        match &self.timeout {
            Some((timeout, ms)) if timeout.aborted() => ErrorKind::Timeout { timeout_ms: *ms as u64 }.into(),
            _ => Failure::Thrown(self.signal.reason()),
        }
    }
}

/// Waits for `future`, but not longer than this many milliseconds.
pub async fn within<F: Future + Unpin>(ms: u32, future: &mut F) {
    let mut late = TimeoutFuture::new(ms);
    poll_fn(|context| match Pin::new(&mut *future).poll(context) {
        Poll::Ready(_) => Poll::Ready(()),
        Poll::Pending => Pin::new(&mut late).poll(context),
    })
    .await;
}

fn timer(seconds: f64) -> TimeoutFuture {
    TimeoutFuture::new((seconds * 1000.0).min(MAX_TIMER) as u32)
}

/// A promise that resolves when `signal` aborts. Its resolver is the listener, so nothing has to be kept alive.
fn abort_of(signal: &AbortSignal) -> Result<Promise, Failure> {
    let mut added = Ok(());
    let promise = Promise::new(&mut |resolve, _| {
        added = signal.add_event_listener_with_callback("abort", &resolve);
    });
    added.map(|()| promise).map_err(Failure::Thrown)
}
