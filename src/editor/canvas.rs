//! Where things are on the editor's canvas.

use super::read::{self, Fields};
use crate::json::Value;
use crate::json::number::decimal;
use crate::json::value::Kind;
use std::borrow::Cow;

/// A rectangle on the canvas, with the numbers as the file writes them.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub struct Rect<'a> {
    pub x: Value<'a>,
    pub y: Value<'a>,
    pub width: Value<'a>,
    pub height: Value<'a>,
}

/// A coloured frame around nodes.
#[derive(Debug)]
pub struct Group<'a> {
    /// The whole frame, as the file writes it.
    pub value: Value<'a>,
    /// Its title.
    pub title: Cow<'a, str>,
    /// Its colour; `None` if the file does not say.
    pub color: Option<Cow<'a, str>>,
    /// Where it is.
    pub position: Rect<'a>,
}

impl<'a> Rect<'a> {
    /// From `pos` and `size`: arrays, or the objects `{"0": …, "1": …}` that typed arrays become.
    pub(super) fn of_node(position: Option<Value<'a>>, size: Option<Value<'a>>) -> Option<Self> {
        let [x, y] = pair(position?)?;
        let [width, height] = pair(size?)?;
        Some(Self { x, y, width, height })
    }

    /// From `[x, y, width, height]`.
    fn of_bounding(value: Value<'a>) -> Option<Self> {
        let [x, y, width, height] = read::list(value)[..] else { return None };
        let numbers = [x, y, width, height];
        numbers.into_iter().all(is_place).then_some(Self { x, y, width, height })
    }

    /// The edges, as numbers: left, top, right, bottom.
    pub fn edges(&self) -> Option<[f64; 4]> {
        let number = |value: Value<'_>| decimal(value.raw());
        let (left, top) = (number(self.x)?, number(self.y)?);
        Some([left, top, left + number(self.width)?, top + number(self.height)?])
    }
}

fn pair(value: Value<'_>) -> Option<[Value<'_>; 2]> {
    let (first, second) = match value.kind() {
        Kind::Array => {
            let mut items = value.items().into_iter();
            (items.next()?, items.next()?)
        }
        _ => (value.get("0")?, value.get("1")?),
    };
    (is_place(first) && is_place(second)).then_some([first, second])
}

/// A number that can be a place on the canvas.
fn is_place(value: Value<'_>) -> bool {
    value.kind() == Kind::Number && value.is_finite()
}

impl<'a> Group<'a> {
    /// Reads a frame; `None` for one without a place.
    pub(super) fn read(value: Value<'a>) -> Option<Self> {
        let fields = Fields::of(value);
        Some(Self {
            value,
            title: fields.text("title").unwrap_or_default(),
            color: fields.text("color"),
            position: Rect::of_bounding(fields.get("bounding")?)?,
        })
    }
}
