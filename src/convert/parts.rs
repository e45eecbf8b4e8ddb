//! What inputs bring to a node: sockets, widgets, defaults.

use super::open_graph::{Slot, Val, Widget, WidgetKind};
use crate::definitions::{Input, Spec};
use crate::json::{Str, Value};
use std::borrow::Cow;
use std::rc::Rc;

const DYNAMIC_COMBO: &str = "COMFY_DYNAMICCOMBO_V3";
const AUTOGROW: &str = "COMFY_AUTOGROW_V3";
const MATCH_TYPE: &str = "COMFY_MATCHTYPE_V3";

/// Types of inputs that are widgets, and not mere sockets.
const WIDGETS: [&str; 28] = [
    "INT",
    "FLOAT",
    "BOOLEAN",
    "STRING",
    "COMBO",
    "MARKDOWN",
    "TEXTAREA",
    "COLOR",
    "COLORS",
    "CURVE",
    "RANGE",
    "CHART",
    "GALLERIA",
    "BOUNDING_BOX",
    "BOUNDING_BOXES",
    "IMAGECOMPARE",
    "PAINTER",
    "COMPOSITOR",
    "VIDEO_EDIT",
    "IMAGEUPLOAD",
    "AUDIOUPLOAD",
    "AUDIO_UI",
    "AUDIO_RECORD",
    "WEBCAM",
    "LOAD_3D",
    "LOAD_3D_ADVANCED",
    "PREVIEW_3D",
    DYNAMIC_COMBO,
];

/// True when an input of this kind has a widget of its own.
pub fn is_widget(spec: &Spec<'_>) -> bool {
    let kind = spec.text("widgetType").map_or_else(|| spec.kind.clone(), Str::decode);
    WIDGETS.contains(&&*kind)
}

/// What inputs bring to a node, in the order of the inputs.
pub struct Parts<'a, 'l> {
    /// Whether the file has a link into the slot of this name.
    pub linked: &'l dyn Fn(&str) -> bool,
    pub widgets: Vec<Widget<'a>>,
    pub slots: Vec<Slot<'a>>,
}

impl<'a> Parts<'a, '_> {
    /// Adds what an input brings; its name in the node may be longer than its own.
    pub fn add(&mut self, name: Cow<'a, str>, input: &Input<'a>, required: bool) {
        let spec = &input.spec;
        let kind = spec.text("widgetType").map_or_else(|| spec.kind.clone(), Str::decode);
        match &*kind {
            AUTOGROW => return self.grow(&name, spec),
            MATCH_TYPE => {
                let allowed = spec.option("template").and_then(|template| template.get("allowed_types"));
                let allowed = allowed.and_then(Value::as_str).map_or(Cow::Borrowed("*"), Str::decode);
                return self.slots.push(Slot::socket(name, allowed));
            }
            _ => {}
        }
        let is_forced = spec.flag("forceInput") || (!required && spec.flag("defaultInput"));
        if is_forced || !WIDGETS.contains(&&*kind) {
            return self.slots.push(Slot::socket(name, spec.kind.clone()));
        }
        if !spec.flag("socketless") {
            let slot = Slot::socket(name.clone(), spec.kind.clone());
            self.slots.push(Slot { widget: Some(name.clone()), ..slot });
        }
        self.widget(name, &kind, spec);
    }

    fn widget(&mut self, name: Cow<'a, str>, kind: &str, spec: &Rc<Spec<'a>>) {
        let widget_kind = match kind {
            "INT" => WidgetKind::Integer,
            "FLOAT" => WidgetKind::Float,
            "STRING" => WidgetKind::Text { is_long: spec.flag("multiline") },
            "MARKDOWN" | "TEXTAREA" => WidgetKind::Text { is_long: true },
            "COMBO" => WidgetKind::Combo,
            DYNAMIC_COMBO => WidgetKind::Choice,
            "CURVE" => WidgetKind::Curve,
            _ => WidgetKind::Other,
        };
        let by_name = matches!(&*name, "seed" | "noise_seed");
        let is_saved = !matches!(kind, "IMAGECOMPARE" | "AUDIO_UI");
        self.widgets.push(Widget {
            name,
            kind: widget_kind,
            value: default_of(kind, spec),
            is_saved,
            is_sent: kind != "AUDIO_UI",
            spec: Some(Rc::clone(spec)),
        });
        let has_control = match spec.option("control_after_generate") {
            Some(control) => !control.is_falsy() && matches!(kind, "INT" | "FLOAT" | "COMBO"),
            None => kind == "INT" && by_name,
        };
        if has_control {
            self.extra("control_after_generate", None, true, false);
            if kind == "COMBO" {
                self.extra("control_filter_list", None, true, false);
            }
        }
        if kind == "BOUNDING_BOX" {
            for side in ["x", "y", "width", "height"] {
                self.extra(side, None, true, false);
            }
        }
        if let Some(remote) = spec.option("remote").filter(|_| kind == "COMBO") {
            self.extra("Auto-refresh after generation", None, true, false);
            if remote.get("refresh_button").is_some_and(|button| !button.is_falsy()) {
                self.extra("refresh", Some("\"refresh\"".into()), true, true);
            }
        }
    }

    /// Adds a widget that stands for no input.
    pub fn extra(&mut self, name: &'static str, value: Val<'a>, is_saved: bool, is_sent: bool) {
        let (name, kind) = (name.into(), WidgetKind::Other);
        self.widgets.push(Widget { name, kind, value, is_saved, is_sent, spec: None });
    }

    /// The steps of a group: the least ones and one more, and one more behind each that is linked.
    fn grow(&mut self, group: &str, spec: &Spec<'a>) {
        let Some(template) = spec.template() else { return };
        let mut steps = (template.min + 1).min(template.max);
        let mut step = 0;
        while step < steps {
            for input in &template.steps {
                let Some(part) = template.name(input, step) else { continue };
                let name = [group, ".", &part].concat();
                if step + 1 == steps && steps < template.max && (self.linked)(&name) {
                    steps += 1;
                }
                let allowed = match &*input.spec.kind {
                    MATCH_TYPE => Cow::Borrowed("*"),
                    kind => Cow::Owned(kind.to_owned()),
                };
                self.slots.push(Slot::socket(name.into(), allowed));
            }
            step += 1;
        }
    }
}

/// What a widget begins with.
fn default_of<'a>(kind: &str, spec: &Spec<'a>) -> Val<'a> {
    let own = spec.option("default");
    let raw = |value: Value<'a>| Cow::Borrowed(value.raw());
    let value = match kind {
        "INT" | "FLOAT" => own.map_or("0".into(), raw),
        "BOOLEAN" => own.map_or("false".into(), raw),
        "STRING" | "MARKDOWN" | "TEXTAREA" => own.map_or("\"\"".into(), raw),
        "COMBO" => return default_choice(spec),
        DYNAMIC_COMBO => {
            let keys = spec.option("options").map(Value::items).unwrap_or_default();
            let own = own.filter(|own| !own.is_falsy());
            return own.or_else(|| keys.first()?.get("key")).map(raw);
        }
        "COLOR" => own.map_or("\"#000000\"".into(), raw),
        "BOUNDING_BOX" => own.map_or(r#"{"x":0,"y":0,"width":512,"height":512}"#.into(), raw),
        "RANGE" => own.map_or(r#"{"min":0,"max":1}"#.into(), raw),
        "COLORS" | "BOUNDING_BOXES" | "GALLERIA" => own.map_or("[]".into(), raw),
        "IMAGECOMPARE" => r#"["",""]"#.into(),
        "PAINTER" => own.map_or("\"\"".into(), raw),
        "LOAD_3D" | "LOAD_3D_ADVANCED" | "PREVIEW_3D" | "WEBCAM" | "AUDIO_RECORD" => "\"\"".into(),
        _ => return own.map(raw),
    };
    Some(value)
}

fn default_choice<'a>(spec: &Spec<'a>) -> Val<'a> {
    if spec.flag("multi_select") {
        return Some("[]".into());
    }
    let own = spec.option("default").filter(|own| !own.is_falsy());
    own.or_else(|| first_choice(spec)).map(|value| value.raw().into())
}

/// The first of a combo's choices.
pub fn first_choice<'a>(spec: &Spec<'a>) -> Option<Value<'a>> {
    spec.listed()?.items().into_iter().next()
}
