//! The widgets of an editor node, and which saved value belongs to which.
//!
//! A file has a node's values in the order of its widgets, mostly without their names. So the widgets have to be built as
//! the editor builds them before a value can be read. This is the one place that knows how: [`Parts::of_class`] builds and
//! fills a node for the conversion, and [`named`] gives its values under their names for the inspection, also where the
//! class is not known and the file has to tell.

mod builder;
mod by_name;
mod choice;
mod class;
mod defaults;
mod dummies;
mod fit;
mod instance;
mod named;
mod parts;
mod placed;
mod proxied;
mod restore;
mod saved;
pub mod unknown;
mod version;

pub use fit::can_have;
pub use named::{Known, Named, named};
pub use parts::{Fit, Id, Parts, Slot, Val, Widget, WidgetKind, type_of};
pub use proxied::{Proxied, proxied};
pub use saved::Saved;
