//! Which version of a class a node was saved with.
//!
//! Packs change the inputs of their classes, and a file does not say which version it has: only the number and the kinds of
//! its values, and the names and types of its sockets tell. Each version that is known is tried, and the one that suits
//! best is taken, of several the newest. Where none does, a value is only placed where its name is known or its kind leaves
//! no doubt.

use super::builder::Linked;
use super::by_name::told;
use super::dummies::without_dummies;
use super::fit::{Match, is_button, matches};
use super::named::by_sockets;
use super::placed::place;
use super::restore::{give_named, give_values, slots};
use super::{Fit, Named, Parts, Saved, Widget, class, type_of};
use crate::definitions::{Class, types};
use crate::editor;
use crate::json::Value;
use std::iter::once;
use std::rc::Rc;

/// How well a version of a class suits what a file has for a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suits {
    /// It is another version.
    Not,
    /// As far as the values go: the version has inputs behind them.
    Begins,
    /// Nothing contradicts it.
    Well,
    /// And everything speaks for it.
    Wholly,
}

/// The parts of a node of a pack's class, in the version that suits the file.
pub(super) fn parts<'a>(
    class_type: &str,
    class: &Class<'a>,
    inputs: &[editor::Input<'a>],
    saved: Saved<'a>,
    linked: Linked<'_>,
) -> Parts<'a> {
    let told = told(class_type, &saved);
    let values = saved.list();
    let is_told = told.is_some();
    let named = told.or_else(|| by_sockets(inputs, &values));
    let trial = Trial { class_type, inputs, values: &values, named: named.as_ref(), is_told, linked };
    let mut best: Option<(Suits, Parts<'a>)> = None;
    for version in once(class).chain(class.older().iter().map(Rc::as_ref)) {
        let (suits, parts) = trial.of(version);
        if best.as_ref().is_none_or(|(known, _)| suits > *known) {
            best = Some((suits, parts));
        }
        if suits == Suits::Wholly {
            break;
        }
    }
    match best {
        Some((suits, parts)) if suits > Suits::Not => parts,
        _ => trial.differing(class),
    }
}

/// What a file has for a node, to be tried with versions of its class.
struct Trial<'t, 'a> {
    class_type: &'t str,
    inputs: &'t [editor::Input<'a>],
    values: &'t [Value<'a>],
    /// The values under their names, where the file tells them.
    named: Option<&'t Named<'a>>,
    /// Whether these are the names of all that the page sends, and not of the sockets.
    is_told: bool,
    linked: Linked<'t>,
}

impl<'a> Trial<'_, 'a> {
    /// How well a version suits, and the parts of the node in it.
    fn of(&self, class: &Class<'a>) -> (Suits, Parts<'a>) {
        if let Some(named) = self.named {
            let mut parts = class::fresh(self.class_type, class, self.linked);
            let suits = self.names_suit(&parts, named).min(self.sockets_suit(class, &parts));
            self.by_name(&mut parts, named);
            return (suits, parts);
        }
        let (suits, parts) = self.in_order(class, true);
        // Some packs take away what draws a seed anew.
        if suits > Suits::Begins || !parts.widgets.iter().any(draws_anew) {
            return (suits, parts);
        }
        let without = self.in_order(class, false);
        if without.0 > suits { (without.0.min(Suits::Well), without.1) } else { (suits, parts) }
    }

    fn in_order(&self, class: &Class<'a>, draws: bool) -> (Suits, Parts<'a>) {
        let mut parts = class::fresh(self.class_type, class, self.linked);
        let sockets = self.sockets_suit(class, &parts);
        parts.widgets.retain(|widget| draws || !draws_anew(widget));
        slots(&mut parts.slots, self.inputs);
        let values = without_dummies(self.values.to_vec(), class);
        give_values(&mut parts, self.class_type, values.clone(), self.linked);
        (values_suit(&parts, &values).min(sockets), parts)
    }

    fn by_name(&self, parts: &mut Parts<'a>, named: &Named<'a>) {
        slots(&mut parts.slots, self.inputs);
        give_named(parts, named.clone(), self.linked);
    }

    /// How well the sockets of a version suit those of the file.
    fn sockets_suit(&self, class: &Class<'a>, fresh: &Parts<'a>) -> Suits {
        let mut suits = Suits::Wholly;
        for input in self.inputs {
            let of_input = match fresh.slots.iter().find(|slot| slot.name == input.name) {
                Some(_) if input.widget.is_some() => Suits::Wholly,
                Some(slot) if connects(&slot.kind, &type_of(input.kind)) => Suits::Wholly,
                None if grows(class, &input.name) => Suits::Wholly,
                // A widget that was made a socket, of which the version knows nothing.
                None if input.widget.is_some() && self.named.is_none() => Suits::Not,
                Some(_) | None => Suits::Well,
            };
            suits = suits.min(of_input);
        }
        let is_there = |name: &str| self.inputs.iter().any(|input| input.name == name);
        let lacks = fresh.slots.iter().any(|slot| slot.widget.is_none() && !is_there(&slot.name));
        if lacks { suits.min(Suits::Well) } else { suits }
    }

    /// How well the widgets of a version suit the names and values of the file.
    fn names_suit(&self, fresh: &Parts<'a>, named: &Named<'a>) -> Suits {
        let (mut suits, mut found) = (Suits::Wholly, 0);
        for (name, value) in named {
            let widget = fresh.widgets.iter().find(|widget| widget.spec.is_some() && widget.name == *name);
            let is_socket = || fresh.slots.iter().any(|slot| slot.name == *name);
            found += usize::from(widget.is_some());
            let of_value = match widget.map(|widget| matches(widget, *value)) {
                Some(Match::Yes) => Suits::Wholly,
                Some(Match::Maybe) => Suits::Well,
                // What the page sends besides the inputs of a class is the pack's own affair.
                None if self.is_told || is_socket() => Suits::Wholly,
                Some(Match::No) | None => Suits::Not,
            };
            suits = suits.min(of_value);
        }
        let inputs = fresh.widgets.iter().filter(|widget| widget.spec.is_some() && widget.is_saved).count();
        if found < inputs { suits.min(Suits::Begins) } else { suits }
    }

    /// The parts in the newest version, where none suits: values that have names, or else those whose kinds leave no doubt.
    fn differing(&self, class: &Class<'a>) -> Parts<'a> {
        let mut parts = class::fresh(self.class_type, class, self.linked);
        let lost = match self.named {
            Some(named) => {
                self.by_name(&mut parts, named);
                0
            }
            None => {
                slots(&mut parts.slots, self.inputs);
                place(&mut parts, self.values, self.linked)
            }
        };
        if !self.is_told {
            parts.fit = Fit::Differs { lost, origin: class.origin };
        }
        parts
    }
}

/// Whether a widget draws a value anew.
fn draws_anew(widget: &Widget<'_>) -> bool {
    widget.spec.is_none() && matches!(&*widget.name, "control_after_generate" | "control_filter_list")
}

/// How well the widgets suit the values in their order.
fn values_suit(parts: &Parts<'_>, values: &[Value<'_>]) -> Suits {
    let widgets: Vec<_> = parts.widgets.iter().filter(|widget| widget.is_saved).collect();
    let matched = widgets.iter().zip(values).map(|(widget, value)| matches(widget, *value)).min();
    let rest = values.get(widgets.len()..).unwrap_or_default();
    match matched.unwrap_or(Match::Yes) {
        Match::No => Suits::Not,
        _ if !rest.iter().all(|value| is_button(*value)) => Suits::Not,
        _ if values.len() < widgets.len() => Suits::Begins,
        Match::Maybe => Suits::Well,
        Match::Yes => Suits::Wholly,
    }
}

/// Whether an input is one more of those that the page adds to a class: `image_3` where it has `image_1`.
fn grows(class: &Class<'_>, name: &str) -> bool {
    let stem = |name: &'_ str| name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let own = &name[..stem(name)];
    let is_numbered = own.len() < name.len();
    let is_alike = |known: &str| own == &known[..stem(known)];
    class.inputs.is_empty() || (is_numbered && class.inputs.iter().any(|input| is_alike(&input.name)))
}

/// Whether an output of one type may be linked to an input of another.
fn connects(one: &str, other: &str) -> bool {
    let is_any = |kind: &str| kind.is_empty() || kind == types::ANY;
    let among = |kind: &str| other.split(',').any(|other| other.trim().eq_ignore_ascii_case(kind.trim()));
    is_any(one) || is_any(other) || one.split(',').any(among)
}
