//! The state of the cloud API.

use super::control::Control;
use super::jobs::Jobs;
use super::sockets::Sockets;

/// What its routes share.
#[derive(Default)]
pub struct Cloud {
    pub jobs: Jobs,
    pub sockets: Sockets,
    pub control: Control,
}
