//! What answers the routes that have a state of their own.

pub mod control;
pub mod history;
pub mod logs;
pub mod queue;
pub mod sockets;
