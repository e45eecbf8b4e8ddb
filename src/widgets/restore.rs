//! The parts of a node of a class: fresh ones, with the links and values of a file.

use super::builder::Linked;
use super::by_name::told;
use super::dummies::without_dummies;
use super::fit::is_button;
use super::given::{give_named, give_values, slots};
use super::{Fit, Parts, Saved, class, newer, version};
use crate::definitions::Class;
use crate::editor;
use crate::json::KeyIndex;

impl<'a> Parts<'a> {
    /// The parts of a node of this class, as they are sent: `inputs` are the file's slots, `saved` its values. What the
    /// newest version of the class has and the file's does not is added, so that both versions can run it.
    pub fn of_class(
        class_type: &str,
        class: &Class<'a>,
        inputs: &[editor::Input<'a>],
        saved: Saved<'a>,
    ) -> Self {
        let mut parts = Self::of_file(class_type, class, inputs, saved);
        if parts.fit == Fit::Older {
            newer::add(&mut parts, class::fresh(class_type, class, &|_| false).widgets);
        }
        parts
    }

    /// The parts of a node in the version of the class that the file was saved with.
    pub(super) fn of_file(
        class_type: &str,
        class: &Class<'a>,
        inputs: &[editor::Input<'a>],
        saved: Saved<'a>,
    ) -> Self {
        let mut linked = KeyIndex::default();
        for input in inputs.iter().filter(|input| input.link.is_some()) {
            linked.claim(input.name.clone(), 0);
        }
        let linked = |name: &str| linked.get(name).is_some();
        if class.is_custom() {
            return version::parts(class_type, class, inputs, saved, &linked);
        }
        let mut parts = class::fresh(class_type, class, &linked);
        slots(&mut parts.slots, inputs);
        values(&mut parts, class_type, class, saved, &linked);
        parts
    }
}

/// Gives the widgets their values, and notes whether there are too many.
fn values<'a>(
    parts: &mut Parts<'a>,
    class_type: &str,
    class: &Class<'a>,
    saved: Saved<'a>,
    linked: Linked<'_>,
) {
    if let Some(named) = told(class_type, &saved) {
        return give_named(parts, named, linked);
    }
    match saved {
        Saved::List(values) => {
            let values = without_dummies(values, class);
            let count = values.len();
            let buttons = values.iter().rev().take_while(|value| is_button(**value)).count();
            give_values(parts, class_type, values, linked);
            let saved = parts.widgets.iter().filter(|widget| widget.is_saved).count();
            if count > saved + buttons {
                parts.fit = Fit::Differs { lost: count - saved, origin: class.origin };
            }
        }
        Saved::ByName(_) | Saved::None => {}
    }
}
