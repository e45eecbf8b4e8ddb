//! Results that are withheld until they are released, so that a test can look at a run that is under way without being
//! quicker than it.

use tokio::sync::watch;

/// Whether results are withheld.
#[derive(Default)]
pub struct Hold(watch::Sender<bool>);

impl Hold {
    /// From now on runs write their log and then wait; or those that wait end, and later ones end by themselves.
    pub fn set(&self, held: bool) {
        self.0.send_replace(held);
    }

    /// Returns once results are not withheld.
    pub async fn released(&self) {
        // The sender lives as long as the server, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|held| !held).await;
    }
}
