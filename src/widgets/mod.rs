//! The widgets of an editor node, and which saved value belongs to which.
//!
//! A file has the values of a node in the order of its widgets, mostly without names. So the widgets have to be built
//! as the editor builds them before a value can be read. Only this module knows how: [`Parts::of_class`] builds and
//! fills a node for the conversion, and [`named()`] gives its values by name for the inspection, even if the class is
//! not known and only the file can tell.

mod builder;
mod by_name;
mod choice;
mod class;
mod defaults;
mod dummies;
mod fit;
mod given;
mod group_sockets;
mod in_group;
mod instance;
mod named;
mod newer;
mod parts;
mod placed;
mod proxied;
mod restore;
mod saved;
pub mod unknown;
mod version;

pub use fit::can_have;
pub use group_sockets::{GroupSocket, group_sockets};
pub use in_group::in_group;
pub use named::{Known, named};
pub use parts::{Fit, Id, Parts, Slot, Val, Widget, WidgetKind, type_of};
pub use proxied::{Proxied, proxied};
pub use saved::{Named, Saved};
