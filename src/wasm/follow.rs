//! A run followed by GET with the browser's own `EventSource`.

use super::error::Failure;
use super::events;
use super::files::Files;
use super::options::Options;
use super::settings::WAITING_AFTER;
use super::timing::{Timing, Woken};
use crate::protocol::{Event, StreamReader};
use crate::{Error, ErrorKind};
use futures_core::Stream;
use gloo_net::eventsource::State;
use gloo_net::eventsource::futures::{EventSource, EventSourceBuilder, EventSourceSubscription};
use js_sys::{Array, Function};
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// Default limit, in milliseconds: that of a streamed run.
const TIMEOUT: f64 = 24_000_000.0;

/// The names that are listened to. `open` and `error` are also the browser's own.
const NAMES: [&str; 4] = ["open", "log_message", "error", "prompt_result"];

/// A run whose events the browser reads; asked with `next()` like a run by POST.
///
/// Freeing it closes the connection, which the browser would otherwise open again and again.
#[wasm_bindgen]
pub struct Follow {
    source: Source,
    timing: Timing,
    rewrite_url: Option<Function>,
    reader: StreamReader,
    files: Files,
    opened: bool,
    failed: Option<Failure>,
}

struct Source {
    connection: EventSource,
    subscriptions: Vec<EventSourceSubscription>,
}

/// What the browser told.
enum Told {
    Opened,
    Event {
        name: String,
        data: String,
    },
    /// The connection is gone, or the browser is about to open a new one.
    Lost,
}

#[wasm_bindgen]
impl Follow {
    #[wasm_bindgen(constructor)]
    pub fn new(url: &str, options: &JsValue, cancel: &AbortSignal) -> Result<Follow, Failure> {
        let options = Options::new(options, "options")?;
        let timeout = options.duration("timeoutMs")?.unwrap_or(TIMEOUT);
        let waiting_after = options.duration("waitingAfterSeconds")?.unwrap_or(WAITING_AFTER);
        let with_credentials = options.get("withCredentials")?.is_some_and(|value| value.is_truthy());
        Ok(Self {
            rewrite_url: options.function("rewriteUrl")?,
            timing: Timing::new(cancel, &options, timeout, waiting_after)?,
            source: Source::open(url, with_credentials)?,
            reader: StreamReader::default(),
            files: Files::default(),
            opened: false,
            failed: None,
        })
    }

    /// The next events, at least one; the last is the result.
    pub async fn next(&mut self) -> Result<Array, Failure> {
        if let Some(failure) = self.failed.take() {
            return Err(failure);
        }
        loop {
            let mut next = Box::pin(self.source.next());
            let told = match self.timing.wait(&mut next).await {
                Woken::Aborted(failure) => return Err(failure),
                Woken::Waiting(seconds) => return events::waiting(seconds),
                Woken::Ready(told) => told,
            };
            drop(next);
            let batch = self.take(told)?;
            if batch.length() > 0 {
                return Ok(batch);
            }
        }
    }
}

impl Follow {
    fn take(&mut self, told: Vec<Told>) -> Result<Array, Failure> {
        let (mut list, mut opened, mut outcome) = (Vec::new(), false, Ok(()));
        for one in told {
            outcome = match one {
                Told::Opened => {
                    opened = !std::mem::replace(&mut self.opened, true);
                    Ok(())
                }
                Told::Event { name, data } => {
                    self.timing.stop_waiting();
                    self.reader.event(&name, &data, &mut list, &mut self.files).map_err(Failure::from)
                }
                Told::Lost => Err(self.lost()),
            };
            if outcome.is_err() || self.reader.has_result() {
                break;
            }
        }
        let batch = self.batch(opened, list)?;
        if outcome.is_ok() && self.reader.has_result() {
            outcome = self.finish().map(|result| {
                batch.push(&result);
            });
        }
        match outcome {
            Err(failure) if batch.length() == 0 => return Err(failure),
            Err(failure) => self.failed = Some(failure),
            Ok(()) => {}
        }
        Ok(batch)
    }

    fn batch(&self, opened: bool, list: Vec<Event>) -> Result<Array, Failure> {
        let events = events::all(list)?;
        Ok(if opened { events::open(None, JsValue::NULL)?.concat(&events) } else { events })
    }

    fn finish(&mut self) -> Result<JsValue, Failure> {
        let reader = std::mem::take(&mut self.reader);
        let (files, logs) = (std::mem::take(&mut self.files), reader.last_lines());
        events::result(files.deliver(reader.finish()?, logs, &JsValue::NULL, self.rewrite_url.as_ref())?)
    }

    /// The browser tells nothing about why; whether it had opened is all there is to go by.
    fn lost(&mut self) -> Failure {
        if self.opened {
            let Err(error) = std::mem::take(&mut self.reader).finish() else {
                return Error::invalid_response("the run is over", None).into();
            };
            return error.into();
        }
        let message = "the events could not be read: check the address, and that it may be read from this page (CORS); \
                       an EventSource sends no credentials of the service";
        ErrorKind::Network { message: message.into(), logs: Vec::new() }.into()
    }
}

impl Told {
    /// The browser's own events carry no data.
    fn new(name: String, data: Option<String>) -> Self {
        match data {
            Some(data) => Self::Event { name, data },
            None if name == "open" => Self::Opened,
            None => Self::Lost,
        }
    }
}

impl Source {
    fn open(url: &str, with_credentials: bool) -> Result<Self, Failure> {
        let refused = |cause: JsValue| {
            let message = "no EventSource for this address: it may be malformed, or this runtime has no EventSource; \
                           then use stream()";
            let error = ErrorKind::Network { message: message.into(), logs: Vec::new() }.into();
            Failure::caused(error, cause)
        };
        let builder = EventSourceBuilder::new().with_credentials(with_credentials);
        let mut connection = builder.build(url).map_err(|cause| refused(JsError::from(cause).into()))?;
        let subscriptions =
            NAMES.iter().map(|name| connection.subscribe(*name)).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            subscriptions: subscriptions.map_err(|cause| refused(JsError::from(cause).into()))?,
            connection,
        })
    }

    /// Everything that has been told by now, at least one thing, in the order of arrival.
    async fn next(&mut self) -> Vec<Told> {
        poll_fn(|context| match self.poll_all(context) {
            told if told.is_empty() => Poll::Pending,
            told => Poll::Ready(told),
        })
        .await
    }

    /// Each name has a queue of its own, so the browser's time stamps restore the order among them.
    fn poll_all(&mut self, context: &mut Context<'_>) -> Vec<Told> {
        let state = self.connection.state();
        let mut told: Vec<(f64, Told)> = Vec::new();
        for subscription in &mut self.subscriptions {
            while let Poll::Ready(Some(next)) = Pin::new(&mut *subscription).poll_next(context) {
                let (time, next) = match next {
                    Ok((name, event)) => (event.time_stamp(), Told::new(name, event.data().as_string())),
                    Err(_) if state == State::Closed => (f64::INFINITY, Told::Lost),
                    // Also sent for the service's own `error` events, when nothing is wrong with the connection.
                    Err(_) => continue,
                };
                told.insert(told.partition_point(|(earlier, _)| *earlier <= time), (time, next));
            }
        }
        told.into_iter().map(|(_, told)| told).collect()
    }
}
