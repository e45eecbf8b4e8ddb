//! Which version of a class a node was saved with.
//!
//! Packs change the inputs of their classes, and a file does not say which version it has: only the number and the
//! kinds of its values, and the names and types of its sockets tell. Each known version is tried, and the one that
//! fits best is used; of several, the newest. If none fits, a value is placed only if its name is known or its kind
//! leaves no doubt.

use super::builder::Linked;
use super::by_name::told;
use super::dummies::without_dummies;
use super::fit::{Match, is_button, is_telling, matches};
use super::given::{give_named, give_values, slots};
use super::named::by_sockets;
use super::placed::place;
use super::{Fit, Named, Parts, Saved, Widget, WidgetKind, class, type_of};
use crate::definitions::Class;
use crate::definitions::types::connects;
use crate::editor;
use crate::json::value::Kind;
use crate::json::{KeyIndex, Value};
use std::borrow::Cow;

/// How well a version of a class fits what a file has for a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Suits {
    /// It is another version.
    Not,
    /// The values fit as far as they go: the version has inputs after them.
    Begins,
    /// Nothing contradicts it.
    Well,
    /// Everything confirms it.
    Wholly,
}

/// The parts of a node of a pack's class, in the version that fits the file.
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
    let mut sockets = KeyIndex::default();
    for (at, input) in inputs.iter().enumerate() {
        sockets.claim(Cow::Borrowed(&*input.name), at);
    }
    let trial =
        Trial { class_type, inputs, sockets, values: &values, named: named.as_ref(), is_told, linked };
    let mut best = trial.of(class);
    for older in class.older() {
        if best.suits == Suits::Wholly {
            break;
        }
        let mut older = trial.of(older);
        older.parts.fit = Fit::Older;
        best = best.or(older);
    }
    if best.suits > Suits::Not { best.parts } else { trial.differing(class) }
}

/// A node in one version of its class.
struct Version<'a> {
    suits: Suits,
    /// How many of its values are of a kind that few widgets take: one of some choices, or the setting that redraws a
    /// seed.
    telling: usize,
    parts: Parts<'a>,
}

impl Version<'_> {
    /// The better one of the two.
    fn or(self, other: Self) -> Self {
        if (other.suits, other.telling) > (self.suits, self.telling) { other } else { self }
    }
}

/// What a file has for a node, to be compared with versions of its class.
struct Trial<'t, 'a> {
    class_type: &'t str,
    inputs: &'t [editor::Input<'a>],
    /// Their indices by name.
    sockets: KeyIndex<'t>,
    values: &'t [Value<'a>],
    /// The values by name, if the file has names.
    named: Option<&'t Named<'a>>,
    /// Whether these are the names of everything that the page sends, and not those of the sockets.
    is_told: bool,
    linked: Linked<'t>,
}

impl<'a> Trial<'_, 'a> {
    /// The node in a version.
    fn of(&self, class: &Class<'a>) -> Version<'a> {
        if let Some(named) = self.named {
            let mut parts = class::fresh(self.class_type, class, self.linked);
            let suits = self.names_suit(&parts, named).min(self.sockets_suit(class, &parts));
            self.by_name(&mut parts, named);
            let by_name = Version { suits, telling: 0, parts };
            // The sockets of an older file may be those of some widgets only: what seemed to be a button is a value.
            let is_doubtful = suits == Suits::Begins && !self.is_told;
            return if is_doubtful { by_name.or(self.by_order(class)) } else { by_name };
        }
        self.by_order(class)
    }

    fn by_order(&self, class: &Class<'a>) -> Version<'a> {
        let mut best = self.in_order(class, self.values, true);
        let buttons = self.values.iter().rev().take_while(|value| is_button(**value)).count();
        if best.suits == Suits::Not && buttons > 0 {
            best = best.or(self.in_order(class, &self.values[..self.values.len() - buttons], true));
        }
        // Some packs remove the setting that redraws the seed.
        if best.suits <= Suits::Begins && best.parts.widgets.iter().any(draws_anew) {
            let mut without = self.in_order(class, self.values, false);
            without.suits = without.suits.min(Suits::Well);
            best = best.or(without);
        }
        best
    }

    fn in_order(&self, class: &Class<'a>, values: &[Value<'a>], draws: bool) -> Version<'a> {
        let mut parts = class::fresh(self.class_type, class, self.linked);
        let sockets = self.sockets_suit(class, &parts);
        parts.widgets.retain(|widget| draws || !draws_anew(widget));
        slots(&mut parts.slots, self.inputs);
        let values = without_dummies(values.to_vec(), class);
        give_values(&mut parts, self.class_type, values.clone(), self.linked);
        let (suits, telling) = values_suit(&parts, &values);
        Version { suits: suits.min(sockets), telling, parts }
    }

    fn by_name(&self, parts: &mut Parts<'a>, named: &Named<'a>) {
        slots(&mut parts.slots, self.inputs);
        if !self.is_told {
            // What is a widget's in the file has its value there, also where the version has a socket alone.
            parts.slots.iter_mut().filter(|slot| slot.widget.is_none()).for_each(|slot| {
                slot.widget = self.sockets.get(&slot.name).and_then(|at| self.inputs[at].widget.clone());
            });
        }
        give_named(parts, named.clone(), self.linked);
    }

    /// How well the sockets of a version fit those of the file.
    fn sockets_suit(&self, class: &Class<'a>, fresh: &Parts<'a>) -> Suits {
        let (mut names, mut stems) = (KeyIndex::default(), KeyIndex::default());
        for (index, slot) in fresh.slots.iter().enumerate() {
            names.claim(Cow::Borrowed(&*slot.name), index);
        }
        for input in &class.inputs {
            stems.claim(Cow::Borrowed(stem(&input.name)), 0);
        }
        // The page adds inputs to some classes: `image_3` if there is `image_1`, or all of them.
        let grows = |name: &str| {
            class.inputs.is_empty() || (stem(name).len() < name.len() && stems.get(stem(name)).is_some())
        };
        let mut suits = Suits::Wholly;
        for input in self.inputs {
            let of_input = match names.get(&input.name).and_then(|index| fresh.slots.get(index)) {
                Some(_) if input.widget.is_some() => Suits::Wholly,
                Some(slot) if connects(&slot.kind, &type_of(input.kind)) => Suits::Wholly,
                None if grows(&input.name) => Suits::Wholly,
                // A widget that was made a socket, which the version does not know.
                None if input.widget.is_some() && self.named.is_none() => Suits::Not,
                Some(_) | None => Suits::Well,
            };
            suits = suits.min(of_input);
        }
        let is_there = |name: &str| self.sockets.get(name).is_some();
        let lacks = fresh.slots.iter().any(|slot| slot.widget.is_none() && !is_there(&slot.name));
        if lacks { suits.min(Suits::Well) } else { suits }
    }

    /// How well the widgets of a version fit the names and values of the file.
    fn names_suit(&self, fresh: &Parts<'a>, named: &Named<'a>) -> Suits {
        let (mut widgets, mut sockets) = (KeyIndex::default(), KeyIndex::default());
        for (index, widget) in fresh.widgets.iter().enumerate().filter(|(_, widget)| widget.spec.is_some()) {
            widgets.claim(Cow::Borrowed(&*widget.name), index);
        }
        for slot in &fresh.slots {
            sockets.claim(Cow::Borrowed(&*slot.name), 0);
        }
        let (mut suits, mut found) = (Suits::Wholly, KeyIndex::default());
        for (name, value) in named {
            let widget = widgets.get(name).and_then(|index| fresh.widgets.get(index));
            let of_value = match widget.map(|widget| matches(widget, *value)) {
                Some(Match::Yes) => Suits::Wholly,
                Some(Match::Maybe) => Suits::Well,
                // A server turns it into a text.
                Some(Match::No) if value.kind() == Kind::Number && is_text(widget) => Suits::Well,
                // Anything else that the page sends beside the inputs of a class is the pack's own affair.
                None if self.is_told || sockets.get(name).is_some() => Suits::Wholly,
                Some(Match::No) | None => Suits::Not,
            };
            if widget.is_some() {
                found.claim(Cow::Borrowed(&**name), 0);
            }
            suits = suits.min(of_value);
        }
        let is_missing = |widget: &Widget<'a>| {
            widget.spec.is_some() && widget.is_saved && found.get(&widget.name).is_none()
        };
        if fresh.widgets.iter().any(is_missing) { suits.min(Suits::Begins) } else { suits }
    }

    /// The parts in the newest version, if none fits: values that have names, or else those whose kinds leave no
    /// doubt.
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

fn is_text(widget: Option<&Widget<'_>>) -> bool {
    widget.is_some_and(|widget| matches!(widget.kind, WidgetKind::Text { .. }))
}

/// Whether a widget redraws a value.
fn draws_anew(widget: &Widget<'_>) -> bool {
    widget.spec.is_none() && matches!(&*widget.name, "control_after_generate" | "control_filter_list")
}

/// How well the widgets fit the values in order, and how many of these pairs are telling.
fn values_suit(parts: &Parts<'_>, values: &[Value<'_>]) -> (Suits, usize) {
    let widgets: Vec<_> = parts.widgets.iter().filter(|widget| widget.is_saved).collect();
    if !widgets.iter().any(|widget| widget.spec.is_some()) {
        // Texts and images that the page shows are saved.
        return (Suits::Wholly, 0);
    }
    let pairs = || widgets.iter().zip(values);
    let telling = pairs().filter(|(widget, value)| is_telling(widget, **value)).count();
    let rest = values.get(widgets.len()..).unwrap_or_default();
    let suits = match pairs().map(|(widget, value)| matches(widget, *value)).min() {
        Some(Match::No) => Suits::Not,
        _ if !rest.iter().all(|value| is_button(*value)) => Suits::Not,
        _ if values.len() < widgets.len() => Suits::Begins,
        Some(Match::Maybe) => Suits::Well,
        Some(Match::Yes) | None => Suits::Wholly,
    };
    (suits, telling)
}

/// A name without the number at its end.
fn stem(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}
