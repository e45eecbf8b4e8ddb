//! To which nodes a node sends, by its settings.

use super::pattern::Pattern;
use crate::editor;
use crate::json::number::decimal;
use crate::json::value::Kind;
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// Which names the inputs must have.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Names<'a> {
    /// Any name.
    Any,
    /// As the pack compares them with the name of the sending slot.
    Like(Comparison, Cow<'a, str>),
    /// Names for a positive or a negative prompt.
    Positive,
    Negative,
    /// Names for a seed.
    Seed,
}

/// How the name of a sending slot is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Start,
    End,
    /// With the title of the node.
    Title,
}

/// What a node's settings allow.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules<'a> {
    pub(super) title: Rule<'a>,
    pub(super) input: Rule<'a>,
    pub(super) group: Rule<'a>,
    /// Only to nodes of its groups, or only to others.
    pub(super) own_group: Option<bool>,
    /// Only to nodes of its colour, or only to others.
    pub(super) own_color: Option<bool>,
    pub(super) to_any: bool,
    pub(super) to_combo: bool,
}

/// A pattern, and whether it must not occur.
#[derive(Debug, Clone, Default)]
pub(super) struct Rule<'a> {
    pub(super) text: Option<Cow<'a, str>>,
    /// `None` for a text that cannot be read here.
    pub(super) pattern: Option<Rc<Pattern>>,
    pub(super) is_inverted: bool,
}

impl Rules<'_> {
    /// A pattern that cannot be read here.
    pub(super) fn unread(&self) -> Option<&str> {
        let unread = [&self.title, &self.input, &self.group]
            .into_iter()
            .find(|rule| rule.pattern.is_none() && rule.text.is_some());
        unread.and_then(|rule| rule.text.as_deref())
    }
}

/// A node's settings: since version 7 of the pack in `ue_properties`, before that in its widgets and properties.
pub(super) struct Settings<'a> {
    pub(super) rules: Rules<'a>,
    priority: Option<f64>,
    /// How names are compared if several inputs have the same type; `None` for a pattern.
    comparison: Option<Comparison>,
    /// Whether they are compared for all inputs.
    for_all: bool,
    is_old: bool,
}

impl<'a> Settings<'a> {
    pub(super) fn of(node: &editor::Node<'a>) -> Self {
        let own = node.property("ue_properties").filter(|own| own.get("version").is_some());
        let get = |name: &str| own.map_or_else(|| node.property(name), |own| own.get(name));
        let number = |name: &str| get(name).and_then(|value| decimal(value.raw())).unwrap_or(0.0);
        let values = node.widgets.values.filter(|values| values.kind() == Kind::Array);
        // The values of an older "Seed Everywhere" are the seed and the setting that redraws it.
        let values = values
            .filter(|_| own.is_none() && node.class_type.as_deref() != Some("Seed Everywhere"))
            .map(Value::items)
            .unwrap_or_default();
        let rule = |index: usize, name: &str| {
            let text =
                own.map_or_else(|| values.get(index).copied(), |own| own.get(&[name, "_regex"].concat()));
            let text = text.and_then(Value::as_str).map(Str::decode);
            let is_inverted = own.and_then(|own| own.get(&[name, "_regex_invert"].concat()));
            let text = text.filter(|text| !matches!(&**text, "" | ".*"));
            let pattern = text.as_deref().and_then(Pattern::parse).map(Rc::new);
            Rule { text, pattern, is_inverted: is_inverted.is_some_and(|inverted| !inverted.is_falsy()) }
        };
        let restriction = |name: &str| match number(name) {
            1.0 => Some(true),
            2.0 => Some(false),
            _ => None,
        };
        Self {
            rules: Rules {
                title: rule(0, "title"),
                input: rule(1, "input"),
                group: rule(2, "group"),
                own_group: restriction("group_restricted"),
                own_color: restriction("color_restricted"),
                to_any: number("send_to_any") > 0.0,
                to_combo: number("string_to_combo") > 0.0,
            },
            priority: Some(number("priority")).filter(|priority| own.is_some() && *priority != 0.0),
            comparison: match number("repeated_type_rule") {
                1.0 => Some(Comparison::Start),
                2.0 => Some(Comparison::End),
                3.0 => Some(Comparison::Title),
                4.0 => None,
                _ => Some(Comparison::Equal),
            },
            for_all: number("apply_to_unrepeated") != 0.0,
            is_old: own.is_none(),
        }
    }

    /// Which names the inputs must have for the value of a slot.
    pub(super) fn names(
        &self,
        class: &str,
        (index, name): (usize, &Cow<'a, str>),
        is_repeated: bool,
    ) -> Result<Names<'a>, String> {
        Ok(match (class, index) {
            ("Prompts Everywhere", 0) => Names::Positive,
            ("Prompts Everywhere", 1) => Names::Negative,
            ("Seed Everywhere", _) if self.rules.input.pattern.is_none() => Names::Seed,
            _ if self.is_old || !(is_repeated || self.for_all) => Names::Any,
            _ => match self.comparison {
                Some(comparison) => Names::Like(comparison, name.clone()),
                None => return Err("chooses inputs by a pattern in the name of its own".to_owned()),
            },
        })
    }

    /// Its priority among senders: the one that was set, or the one that its version of the pack gives it.
    pub(super) fn priority(&self, class: &str, is_repeated: bool, names: &Names<'_>) -> f64 {
        if let Some(priority) = self.priority {
            return priority;
        }
        if self.is_old {
            return match class {
                "Anything Everywhere?" => 10.0,
                "Seed Everywhere" | "Prompts Everywhere" => 5.0,
                "Anything Everywhere3" => 3.0,
                _ => 2.0,
            };
        }
        let Rules { title, input, group, own_group, own_color, .. } = &self.rules;
        let has_pattern = [title, input, group].iter().any(|rule| rule.pattern.is_some());
        let parts = [
            (true, 10.0),
            (class == "Prompts Everywhere", 10.0),
            (has_pattern || is_repeated || *names == Names::Seed, 20.0),
            (own_group.is_some(), 3.0),
            (own_color.is_some(), 6.0),
        ];
        parts.iter().filter(|(counts, _)| *counts).map(|(_, part)| part).sum()
    }
}
