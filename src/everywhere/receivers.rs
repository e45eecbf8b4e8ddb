//! The inputs to which nothing is linked, and which sender each takes.

use super::rules::{Comparison, Names, Rule};
use super::senders::{Sender, is_sender, is_true};
use super::{MAX_FINDING, Node, Slot};
use crate::definitions::types;
use crate::editor::{self, Graph};
use crate::json::{Str, Value};
use crate::text::find;
use std::borrow::Cow;

/// Looks for the sender of each input.
pub(super) struct Receivers<'r, 'v, 'a> {
    file: &'v Graph<'a>,
    nodes: &'r [Node<'v>],
    senders: &'r [Sender<'v>],
    /// Whether the file is from the time when only widgets that were converted had an input.
    is_old: bool,
    pub(super) steps: usize,
    /// Indices of nodes, and what is not known about them.
    pub(super) unclear: Vec<(usize, String)>,
}

impl<'r, 'v, 'a> Receivers<'r, 'v, 'a> {
    pub(super) fn new(file: &'v Graph<'a>, nodes: &'r [Node<'v>], senders: &'r [Sender<'v>]) -> Self {
        Self { file, nodes, senders, is_old: is_old(file), steps: 0, unclear: Vec::new() }
    }

    /// Adds the links into a node: the index of each sender, and the slot that takes it.
    pub(super) fn node(&mut self, at: usize, links: &mut Vec<(usize, (usize, usize))>) {
        let (Some(node), Some(saved)) = (self.nodes.get(at), self.file.nodes.get(at)) else { return };
        if is_sender(node.class) || is_true(saved.property("rejects_ue_links")) {
            return;
        }
        for (index, slot) in node.slots.iter().enumerate().filter(|(_, slot)| !slot.is_linked) {
            self.steps += 1 + saved.inputs.len();
            if self.steps > MAX_FINDING {
                return;
            }
            if !self.is_open(saved, slot) {
                continue;
            }
            if let Some(sender) = self.sender(at, saved, slot) {
                links.push((sender, (at, index)));
            }
        }
    }

    /// Whether a slot takes such links; slots of widgets only if their settings say so.
    fn is_open(&self, node: &editor::Node<'_>, slot: &Slot<'_>) -> bool {
        let own = node.property("ue_properties");
        let said = |list: &str| own.and_then(|own| own.get(list)).or_else(|| node.property(list));
        if !slot.is_widget {
            return !is_true(said("input_ue_unconnectable").and_then(|list| list.get(slot.name)));
        }
        match said("widget_ue_connectable") {
            Some(list) => is_true(list.get(slot.name)),
            // In older files, an input that was made from a widget takes them.
            None => self.is_old && node.inputs.iter().any(|input| input.name == slot.name),
        }
    }

    /// The sender with the highest priority; `None` if two have it, as in the pack.
    fn sender(&mut self, at: usize, node: &editor::Node<'_>, slot: &Slot<'_>) -> Option<usize> {
        let senders = self.senders;
        let mut best: Option<(usize, f64)> = None;
        let mut is_tied = false;
        for (index, sender) in senders.iter().enumerate() {
            self.steps += 1;
            if self.steps > MAX_FINDING {
                return None;
            }
            if !self.takes(at, node, slot, sender) {
                continue;
            }
            match best {
                Some((_, priority)) if priority > sender.priority => {}
                Some((_, priority)) if priority.total_cmp(&sender.priority).is_eq() => is_tied = true,
                _ => (best, is_tied) = (Some((index, sender.priority)), false),
            }
        }
        if is_tied {
            let what = format!("could have \"{}\" linked by two nodes of the same priority", slot.name);
            self.unclear.push((at, what));
            return None;
        }
        best.map(|(index, _)| index)
    }

    fn takes(&mut self, at: usize, node: &editor::Node<'_>, slot: &Slot<'_>, sender: &Sender<'v>) -> bool {
        let rules = &sender.rules;
        let suits = slot.kind == sender.kind
            || slot.kind == types::ANY && rules.to_any
            || slot.kind == types::COMBO && sender.kind == types::STRING && rules.to_combo;
        if !suits || sender.is_from(at) {
            return false;
        }
        self.steps += node.inputs.len();
        let input = node.inputs.iter().find(|input| input.name == slot.name);
        let text = |name: &str| {
            let text = input.and_then(|input| input.value.get(name)).and_then(Value::as_str).map(Str::decode);
            text.filter(|text| !text.is_empty())
        };
        let label = text("label");
        let name = label.clone().unwrap_or(Cow::Borrowed(slot.name));
        let shown = label.or_else(|| text("localized_name")).unwrap_or(Cow::Borrowed(slot.name));
        let title = self.nodes[at].title;
        self.named(&sender.names, &name, title)
            && self.obeys(&rules.title, &[title])
            && self.obeys(&rules.input, &[&shown])
            && rules.own_color.is_none_or(|own| (self.color(at) == self.color(sender.node)) == own)
            && rules.own_group.is_none_or(|own| self.shares_group(at, sender.node) == own)
            && self.is_in_groups(sender, at)
    }

    fn named(&self, names: &Names<'v>, name: &str, title: &str) -> bool {
        match names {
            Names::Any => true,
            Names::Like(Comparison::Equal, own) => name == own,
            Names::Like(Comparison::Start, own) => name.starts_with(&**own) || own.starts_with(name),
            Names::Like(Comparison::End, own) => name.ends_with(&**own) || own.ends_with(name),
            Names::Like(Comparison::Title, own) => title == own,
            Names::Positive => {
                has_word(name, "pos", "itive") || name.starts_with("prompt") || says(name, "正面")
            }
            Names::Negative => has_word(name, "neg", "ative") || says(name, "负面"),
            Names::Seed => says(name, "seed") || says(name, "随机种"),
        }
    }

    /// Whether a rule allows one of several texts.
    fn obeys(&mut self, rule: &Rule<'v>, texts: &[&str]) -> bool {
        let Some(pattern) = &rule.pattern else { return true };
        self.steps += texts.iter().map(|text| pattern.cost(text)).sum::<usize>();
        texts.iter().any(|text| pattern.is_in(text) != rule.is_inverted)
    }

    fn is_in_groups(&mut self, sender: &Sender<'v>, at: usize) -> bool {
        let rule = &sender.rules.group;
        if rule.pattern.is_none() {
            return true;
        }
        let titles: Vec<Cow<'a, str>> = self.groups(at).map(|group| group.title.clone()).collect();
        self.steps += self.file.groups.len();
        let titles: Vec<&str> = titles.iter().map(|title| &**title).collect();
        self.obeys(rule, &titles)
    }

    fn shares_group(&mut self, a: usize, b: usize) -> bool {
        self.steps += self.file.groups.len();
        self.file.groups.iter().any(|group| [a, b].into_iter().all(|at| self.is_inside(at, group)))
    }

    fn groups(&self, at: usize) -> impl Iterator<Item = &editor::Group<'a>> {
        self.file.groups.iter().filter(move |group| self.is_inside(at, group))
    }

    /// Whether the middle of a node, with its title above it, is inside a frame.
    fn is_inside(&self, at: usize, group: &editor::Group<'a>) -> bool {
        let node = self.file.nodes.get(at).and_then(|node| node.position?.edges());
        let Some(([left, top, right, bottom], frame)) = node.zip(group.position.edges()) else {
            return false;
        };
        let (x, y) = (f64::midpoint(left, right), f64::midpoint(top - TITLE_HEIGHT, bottom));
        (frame[0]..=frame[2]).contains(&x) && (frame[1]..=frame[3]).contains(&y)
    }

    fn color(&self, at: usize) -> Option<Cow<'a, str>> {
        self.file.nodes.get(at)?.field("color").and_then(Value::as_str).map(Str::decode)
    }
}

fn is_old(file: &Graph<'_>) -> bool {
    let version = file.field("extra").and_then(|extra| extra.get("frontendVersion"));
    let Some(version) = version.and_then(Value::as_str).map(Str::decode) else { return true };
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < (1, 16)
}

/// The height of the title that the page draws above a node's position.
const TITLE_HEIGHT: f64 = 30.0;

/// Whether a name has a word that begins like this, alone or with this ending: `pos`, `positive`, `cond_pos_1`.
fn has_word(name: &str, word: &str, ending: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric();
    let mut from = 0;
    while let Some(at) = find(&name[from..], word) {
        let (before, behind) = (&name[..from + at], &name[from + at + word.len()..]);
        if !before.ends_with(is_part) && (behind.starts_with(ending) || !behind.starts_with(is_part)) {
            return true;
        }
        from += at + word.len();
    }
    false
}

fn says(name: &str, word: &str) -> bool {
    find(name, word).is_some()
}
