//! A response body, written in chunks: flushed after each, cut on request, and aware of a client that has left.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::mpsc;

/// The chunks that are spaced out in time, so that a reader gets them separately; the rest follow without a pause.
const MAX_SPACED: usize = 400;

/// How long a connection stays open after the last write, before it is cut.
const BEFORE_CUT: Duration = Duration::from_secs(1);

/// The client has left.
#[derive(Debug)]
pub struct Disconnected;

/// Writes a body.
pub struct Writer {
    out: mpsc::Sender<io::Result<Bytes>>,
    piece: Option<usize>,
    written: usize,
}

/// A body and its writer; with `piece`, everything is written in chunks of that many bytes.
pub fn channel(piece: Option<usize>) -> (Writer, Body) {
    let (out, pieces) = mpsc::channel(1);
    let body = stream::unfold(pieces, |mut pieces| async {
        // Yielding once between two chunks makes hyper flush the first.
        tokio::task::yield_now().await;
        Some((pieces.recv().await?, pieces))
    });
    (Writer { out, piece, written: 0 }, Body::from_stream(body))
}

impl Writer {
    /// Writes some bytes.
    pub async fn write(&mut self, bytes: impl Into<Bytes>) -> Result<(), Disconnected> {
        let mut rest = bytes.into();
        let Some(piece) = self.piece else { return self.send(Ok(rest)).await };
        while !rest.is_empty() {
            self.send(Ok(rest.split_to(piece.min(rest.len())))).await?;
            self.written += 1;
            if self.written < MAX_SPACED {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        Ok(())
    }

    /// Cuts the connection without ending the body properly.
    pub async fn cut(self) -> Result<(), Disconnected> {
        // A busy reader has to get what was written before: browsers drop what they have not read by then.
        tokio::time::sleep(BEFORE_CUT).await;
        self.send(Err(io::Error::other("cut on request"))).await
    }

    /// Returns when the client leaves.
    pub async fn closed(&self) {
        self.out.closed().await;
    }

    /// Writes nothing more until the client leaves.
    pub async fn stay_silent(self) -> Result<Infallible, Disconnected> {
        self.out.closed().await;
        Err(Disconnected)
    }

    async fn send(&self, piece: io::Result<Bytes>) -> Result<(), Disconnected> {
        self.out.send(piece).await.map_err(|_| Disconnected)
    }
}
