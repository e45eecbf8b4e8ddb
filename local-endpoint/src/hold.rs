//! `PUT /hold` and `DELETE /hold`: results are withheld until they are released, so that a test can look at a run that is
//! under way without being quicker than it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::sync::watch;

use crate::app::App;

/// Whether results are withheld.
#[derive(Default)]
pub struct Hold(watch::Sender<bool>);

impl Hold {
    /// Returns once results are not withheld.
    pub async fn released(&self) {
        // The sender lives as long as the server, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|held| !held).await;
    }
}

/// `PUT /hold`: from now on runs write their log and then wait.
pub async fn hold(State(app): State<Arc<App>>) -> StatusCode {
    app.hold.0.send_replace(true);
    StatusCode::NO_CONTENT
}

/// `DELETE /hold`: those that wait end, and later ones end by themselves.
pub async fn release(State(app): State<Arc<App>>) -> StatusCode {
    app.hold.0.send_replace(false);
    StatusCode::NO_CONTENT
}
