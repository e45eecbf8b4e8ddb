//! Looking into a workflow: its graph, the inputs a person would set, the models it needs, its problems. Depends on
//! [`crate::workflow`], [`crate::definitions`] and [`crate::json`].
//!
//! Each format has a reader that makes a [`Graph`]; all that follows from it is found in one way for both.

mod api;
pub mod model;

pub use api::graph as api_graph;
pub use model::{Graph, Inspection};
