//! Puts parameters back into a workflow, as splices of its text.

use super::keys::is_label_key;
use super::{Keys, Workflow};
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};
use crate::json::number::has_non_finite;
use crate::json::same::same_value;
use crate::{Error, ErrorKind};
use std::ops::Range;

/// Returns the workflow's text with the values of `params` (parameter key and value) put in.
///
/// Everything else stays byte for byte. A label is accepted if it says what the workflow says already. The [first
/// page](crate#flatten-a-workflow-and-apply-parameters) has an example.
///
/// # Errors
/// [`ErrorKind::UnknownParam`] for a key that the workflow does not have, [`ErrorKind::InvalidParam`] for a label that
/// differs, and for `NaN` or an infinity that the workflow itself does not have there.
pub fn apply(workflow: &Workflow<'_>, params: &[(&str, Value<'_>)]) -> Result<String, Error> {
    let keys = Keys::new(workflow);
    let text = workflow.text();
    let (mut changes, mut seen) = (Vec::with_capacity(params.len()), KeyIndex::default());
    for &(key, value) in params {
        let Some((_, input)) = keys.input(key) else {
            check_label(&keys, key, value)?;
            continue;
        };
        key_index::put(&mut changes, &mut seen, key.into(), (key, input.value, value));
    }
    // An equal value stays as it is written: JavaScript gives 6 for 6.0.
    changes.retain(|(_, old, value)| !same_value(*old, *value));
    if let Some((key, ..)) = changes.iter().find(|(.., value)| has_non_finite(*value)) {
        return Err(not_finite(key));
    }
    let mut splices = Vec::with_capacity(changes.len());
    for (_, old, value) in &changes {
        splices.push(Splice::of(text, *old, value.raw()));
    }
    Ok(splice(text, splices))
}

/// The error for a value that JSON cannot express and the workflow does not have.
pub(crate) fn not_finite(key: &str) -> Error {
    Error::invalid_param(
        key,
        format!("the value of \"{key}\" has NaN or Infinity in it: a number must be finite"),
    )
}

/// The error for a key that `keys` does not have.
pub(crate) fn unknown_param(keys: &Keys<'_, '_>, key: &str) -> Error {
    let nearest = keys.nearest(key);
    let advice = match nearest.as_slice() {
        [] => "flatten the workflow to see the keys there are".to_owned(),
        near => format!("did you mean {}?", quoted_list(near)),
    };
    ErrorKind::UnknownParam {
        message: format!("the workflow has no parameter \"{key}\": {advice}"),
        key: key.into(),
        nearest,
    }
    .into()
}

fn quoted_list(keys: &[String]) -> String {
    keys.iter().map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(" or ")
}

/// Skips a label that says what the workflow says already; any other key that is not a parameter is refused.
pub(crate) fn check_label(keys: &Keys<'_, '_>, key: &str, value: Value<'_>) -> Result<(), Error> {
    match keys.label(key) {
        Some(node) if same_value(node.label(), value) => Ok(()),
        _ if is_label_key(key) => Err(Error::invalid_param(
            key,
            format!("\"{key}\" is a label for readers, not a parameter: leave it out or unchanged"),
        )),
        _ => Err(unknown_param(keys, key)),
    }
}

/// A text that replaces a part of another text.
pub(crate) struct Splice<'v> {
    /// The part that is replaced, in bytes.
    pub range: Range<usize>,
    /// The new text.
    pub text: &'v str,
}

impl<'v> Splice<'v> {
    /// Replaces `old`, a value that is a part of `whole`.
    pub fn of(whole: &str, old: Value<'_>, text: &'v str) -> Self {
        let start = old.raw().as_ptr() as usize - whole.as_ptr() as usize;
        Self { range: start..start + old.raw().len(), text }
    }
}

/// Replaces parts of a text that do not overlap.
pub(crate) fn splice(text: &str, mut splices: Vec<Splice<'_>>) -> String {
    splices.sort_unstable_by_key(|splice| splice.range.start);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for splice in splices {
        out.push_str(&text[copied..splice.range.start]);
        out.push_str(splice.text);
        copied = splice.range.end;
    }
    out.push_str(&text[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::flatten;

    const TEXT: &str = r#"{ "3": {"inputs": {"seed": 18446744073709551615, "cfg": 6.0, "dup": 1, "dup": 2e1},
        "class_type": "KSampler"},  "6-x": {"inputs": {"text": "a", "m": ["3", 0]}, "_meta": {"title": "Pr\u00f6mpt"}} }"#;

    fn applied(params: &[(&str, &str)]) -> Result<String, Error> {
        let workflow = Workflow::parse(TEXT.as_bytes())?;
        let values: Vec<_> =
            params.iter().filter_map(|(key, raw)| Some((*key, Value::parse(raw).ok()?))).collect();
        apply(&workflow, &values)
    }

    fn nearest(outcome: &Result<String, Error>) -> Option<&[String]> {
        match outcome.as_ref().err()?.kind() {
            ErrorKind::UnknownParam { nearest, .. } => Some(nearest),
            _ => None,
        }
    }

    #[test]
    fn untouched_parts_stay_byte_for_byte() {
        let expected = TEXT.replace("6.0", "7.50").replace("\"a\"", "\"é\"").replace("2e1", "3");
        assert_eq!(
            applied(&[("6-x-inputs-text", "\"é\""), ("3-inputs-cfg", "7.50"), ("3-inputs-dup", "3")]),
            Ok(expected)
        );
    }

    #[test]
    fn flattened_values_put_back_change_nothing() {
        let workflow = Workflow::parse(TEXT.as_bytes());
        let same = workflow.and_then(|workflow| {
            let entries = flatten::entries(&workflow);
            let keys: Vec<_> = entries.iter().map(flatten::Entry::key).collect();
            let params: Vec<_> =
                keys.iter().map(String::as_str).zip(entries.iter().map(|e| e.value)).collect();
            apply(&workflow, &params)
        });
        assert_eq!(same, Ok(TEXT.to_owned()));
    }

    #[test]
    fn the_last_value_for_a_key_counts() {
        let expected = TEXT.replace("6.0", "3");
        assert_eq!(
            applied(&[("3-inputs-cfg", "1"), ("3-inputs-cfg", "2"), ("3-inputs-cfg", "3")]),
            Ok(expected)
        );
    }

    #[test]
    fn unknown_keys_name_their_neighbours() {
        let error = applied(&[("3-inputs-cgf", "1")]);
        assert!(nearest(&error).is_some_and(|nearest| nearest[0] == "3-inputs-cfg"), "{error:?}");
        let error = applied(&[("nothing like it", "1")]);
        assert!(nearest(&error).is_some_and(<[String]>::is_empty), "{error:?}");
    }

    #[test]
    fn labels_cannot_be_changed() {
        assert_eq!(applied(&[("_6-x-node-class_type-info", "\"Prömpt\"")]), Ok(TEXT.to_owned()));
        let changed = applied(&[("_6-x-node-class_type-info", "\"Other\"")]);
        assert!(changed.as_ref().is_err_and(|error| error.code().as_str() == "invalid_param"), "{changed:?}");
    }
}
