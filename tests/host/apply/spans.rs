//! What differs between two texts of JSON, by the places of their values.

use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::value::Kind;

/// Whether the later text is the earlier one but for values of nodes: every byte outside of them is the same.
pub fn only_values_differ(earlier: &str, later: &str) -> bool {
    let mut rebuilt = Rebuilt { earlier, text: String::with_capacity(later.len()), copied: 0, changes: 0 };
    let (whole, changed) = (Value::parse(earlier).unwrap(), Value::parse(later).unwrap());
    let is_right = rebuilt.walk(whole, changed, Where::Outside);
    rebuilt.text.push_str(&earlier[rebuilt.copied..]);
    is_right && rebuilt.text == later
}

/// What kind of place a value stands in.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    Outside,
    Nodes,
    Node,
    Values,
    Inside,
}

/// The earlier text with the values of the later one.
struct Rebuilt<'t> {
    earlier: &'t str,
    text: String,
    copied: usize,
    changes: usize,
}

impl<'t> Rebuilt<'t> {
    fn walk(&mut self, earlier: Value<'t>, later: Value<'_>, at: Where) -> bool {
        if earlier.raw() == later.raw() {
            return true;
        }
        if at == Where::Inside {
            return self.replace(earlier.raw(), later.raw());
        }
        match (earlier.kind(), later.kind()) {
            (Kind::Object, Kind::Object) => {
                let (old, new) = (earlier.entries(), later.entries());
                let both = old.iter().zip(&new);
                for ((name, old), (other, new)) in both {
                    if name.raw() != other.raw() || !self.walk(*old, *new, inside(at, name.raw())) {
                        return false;
                    }
                }
                let may_grow = at == Where::Values || at == Where::Node && new.len() == old.len() + 1;
                let last = (
                    old.last().map(|(_, value)| *value),
                    new.get(old.len().wrapping_sub(1)).map(|(_, value)| *value),
                );
                old.len() == new.len() || may_grow && self.grow(earlier, later, last)
            }
            (Kind::Array, Kind::Array) => {
                let (old, new) = (earlier.items(), later.items());
                let part = if at == Where::Nodes {
                    Where::Node
                } else if at == Where::Values {
                    Where::Inside
                } else {
                    at
                };
                let mut both = old.iter().zip(&new);
                if !both.all(|(old, new)| self.walk(*old, *new, part)) {
                    return false;
                }
                let last = (old.last().copied(), new.get(old.len().wrapping_sub(1)).copied());
                old.len() == new.len() || at == Where::Values && self.grow(earlier, later, last)
            }
            _ => at == Where::Values && self.replace(earlier.raw(), later.raw()),
        }
    }

    fn replace(&mut self, old: &str, new: &str) -> bool {
        let start = old.as_ptr() as usize - self.earlier.as_ptr() as usize;
        self.text.push_str(&self.earlier[self.copied..start]);
        self.text.push_str(new);
        self.copied = start + old.len();
        self.changes += 1;
        true
    }

    /// What the later list or object has behind the last part of the earlier one.
    fn grow(
        &mut self,
        earlier: Value<'t>,
        later: Value<'_>,
        last: (Option<Value<'t>>, Option<Value<'_>>),
    ) -> bool {
        let behind = |whole: &str, last: Option<Value<'_>>| match last {
            Some(last) => last.raw().as_ptr() as usize - whole.as_ptr() as usize + last.raw().len(),
            None => 1,
        };
        let (from, to) = (behind(earlier.raw(), last.0), behind(later.raw(), last.1));
        let Some(added) = later.raw()[to..].strip_suffix(&earlier.raw()[from..]) else { return false };
        self.replace(&earlier.raw()[from..from], added)
    }
}

fn inside(at: Where, name: &str) -> Where {
    match (at, name) {
        (Where::Outside, "nodes") => Where::Nodes,
        (Where::Node, "widgets_values" | "widgets_values_named") => Where::Values,
        (Where::Node, _) => Where::Outside,
        (Where::Values, _) => Where::Inside,
        _ => at,
    }
}
