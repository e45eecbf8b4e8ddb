//! Results that are withheld until they are released, so that a test can look at a run in progress without
//! racing it.

use tokio::sync::watch;

/// Whether results are withheld.
#[derive(Default)]
pub struct Hold(watch::Sender<bool>);

impl Hold {
    /// Makes runs write their log and then wait; or lets waiting runs end, and later ones end without waiting.
    pub fn set(&self, held: bool) {
        self.0.send_replace(held);
    }

    /// Returns once results are no longer withheld.
    pub async fn released(&self) {
        // The sender lives as long as the server, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|held| !held).await;
    }
}
