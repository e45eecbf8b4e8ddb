//! What all routes share.

use std::time::Duration;

use tokio::sync::OnceCell;

use crate::cloud::state::Cloud;
use crate::comfyui::state::Comfy;
use crate::credentials::Accepted;
use crate::flags::Flags;
use crate::hold::Hold;
use crate::requests::Requests;
use crate::runs::Runs;

/// State of the server.
pub struct App {
    pub flags: Flags,
    pub accepted: Accepted,
    pub runs: Runs,
    pub requests: Requests,
    pub hold: Hold,
    pub comfy: Comfy,
    pub cloud: Cloud,
    warm: OnceCell<()>,
}

impl App {
    /// A server that has not run anything yet.
    pub fn new(flags: Flags) -> Self {
        let accepted = Accepted {
            client_id: flags.client_id.clone(),
            client_secret: flags.client_secret.clone(),
            token: flags.token.clone(),
        };
        Self {
            flags,
            accepted,
            runs: Runs::default(),
            requests: Requests::default(),
            hold: Hold::default(),
            comfy: Comfy::default(),
            cloud: Cloud::default(),
            warm: OnceCell::new(),
        }
    }

    /// Returns once the deployment has started: immediately, except for the first run and those that arrive during the cold start.
    pub async fn warm_up(&self) {
        self.warm.get_or_init(|| tokio::time::sleep(self.flags.cold_start.div_f64(self.flags.speed))).await;
    }

    /// Time between two `: ping` comments of a stream.
    pub fn ping(&self) -> Duration {
        Duration::from_secs(15).div_f64(self.flags.speed).max(Duration::from_millis(100))
    }
}
