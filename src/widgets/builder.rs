//! What each input of a class adds to a node: a socket, a widget, or a group of sockets.

use super::defaults::default_of;
use super::{Slot, Val, Widget, WidgetKind};
use crate::definitions::{Input, Spec, types};
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::rc::Rc;

/// Collects what inputs add to a node, in the order of the inputs.
pub(super) struct Builder<'a, 'l> {
    /// Whether the file has a link into the slot of this name.
    linked: Linked<'l>,
    pub(super) widgets: Vec<Widget<'a>>,
    pub(super) slots: Vec<Slot<'a>>,
}

/// Whether the file has a link into the slot of a name.
pub(super) type Linked<'l> = &'l dyn Fn(&str) -> bool;

impl<'a, 'l> Builder<'a, 'l> {
    pub(super) fn new(linked: Linked<'l>) -> Self {
        Self { linked, widgets: Vec::new(), slots: Vec::new() }
    }

    /// Adds what an input adds; its name in the node may be longer than its own.
    pub(super) fn add(&mut self, name: Cow<'a, str>, input: &Input<'a>, required: bool) {
        let spec = &input.spec;
        let kind = spec.widget_type();
        match &*kind {
            types::AUTOGROW => return self.grow(&name, spec),
            types::MATCH_TYPE => {
                let allowed = spec.option("template").and_then(|template| template.get("allowed_types"));
                let allowed = allowed.and_then(Value::as_str).map_or(Cow::Borrowed(types::ANY), Str::decode);
                return self.socket(name, allowed, required);
            }
            _ => {}
        }
        let is_forced = spec.flag("forceInput") || (!required && spec.flag("defaultInput"));
        if is_forced || !types::WIDGETS.contains(&&*kind) {
            return self.socket(name, spec.kind.clone(), required);
        }
        if !spec.flag("socketless") {
            let slot = Slot::socket(name.clone(), spec.kind.clone());
            self.slots.push(Slot { widget: Some(name.clone()), ..slot });
        }
        self.widget(name, &kind, spec);
    }

    /// Adds an input that gets its value through a link alone.
    fn socket(&mut self, name: Cow<'a, str>, kind: Cow<'a, str>, required: bool) {
        self.slots.push(Slot { needs_link: required, ..Slot::socket(name, kind) });
    }

    fn widget(&mut self, name: Cow<'a, str>, kind: &str, spec: &Rc<Spec<'a>>) {
        let widget_kind = match kind {
            types::INT => WidgetKind::Integer,
            types::FLOAT => WidgetKind::Float,
            types::STRING => WidgetKind::Text { is_long: spec.flag("multiline") },
            types::MARKDOWN | types::TEXTAREA => WidgetKind::Text { is_long: true },
            types::COMBO => WidgetKind::Combo,
            types::DYNAMIC_COMBO => WidgetKind::Choice,
            types::CURVE => WidgetKind::Curve,
            _ => WidgetKind::Other,
        };
        let has_control = has_control(&name, kind, spec);
        let is_saved = !matches!(kind, types::IMAGE_COMPARE | types::AUDIO_UI);
        self.widgets.push(Widget {
            name,
            kind: widget_kind,
            value: default_of(kind, spec),
            is_saved,
            is_sent: kind != types::AUDIO_UI,
            spec: Some(Rc::clone(spec)),
            made_of: None,
        });
        if has_control {
            let start = spec.option("control_after_generate").filter(|start| start.as_str().is_some());
            let start = start.map_or("\"randomize\"", Value::raw);
            self.extra("control_after_generate", Some(start.into()), true, false);
            if kind == types::COMBO {
                self.extra("control_filter_list", Some("\"\"".into()), true, false);
            }
        }
        if kind == types::BOUNDING_BOX {
            for side in ["x", "y", "width", "height"] {
                self.extra(side, None, true, false);
            }
        }
        if let Some(remote) = spec.option("remote").filter(|_| kind == types::COMBO) {
            self.extra("Auto-refresh after generation", None, true, false);
            if remote.get("refresh_button").is_some_and(|button| !button.is_falsy()) {
                self.extra("refresh", Some("\"refresh\"".into()), true, true);
            }
        }
    }

    /// Adds a widget that belongs to no input.
    pub(super) fn extra(&mut self, name: &'static str, value: Val<'a>, is_saved: bool, is_sent: bool) {
        let (name, kind) = (name.into(), WidgetKind::Other);
        self.widgets.push(Widget { name, kind, value, is_saved, is_sent, spec: None, made_of: None });
    }

    /// The steps of a group: the minimum and one more, and one more after each that is linked.
    fn grow(&mut self, group: &str, spec: &Spec<'a>) {
        let Some(template) = spec.template() else { return };
        let mut steps = (template.min() + 1).min(template.max());
        let mut step = 0;
        while step < steps {
            for input in &template.steps {
                let Some(part) = template.name(input, step) else { continue };
                let name = [group, ".", &part].concat();
                if step + 1 == steps && steps < template.max() && (self.linked)(&name) {
                    steps += 1;
                }
                let allowed = match &*input.spec.kind {
                    types::MATCH_TYPE => Cow::Borrowed(types::ANY),
                    kind => Cow::Owned(kind.to_owned()),
                };
                self.slots.push(Slot::socket(name.into(), allowed));
            }
            step += 1;
        }
    }
}

/// Whether a widget is followed by one that redraws its value.
pub(super) fn has_control(name: &str, kind: &str, spec: &Spec<'_>) -> bool {
    match spec.option("control_after_generate") {
        Some(control) => !control.is_falsy() && matches!(kind, types::INT | types::FLOAT | types::COMBO),
        None => kind == types::INT && matches!(name, "seed" | "noise_seed"),
    }
}
