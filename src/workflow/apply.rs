//! Putting flattened values back into a workflow, as splices of its text.

use super::keys::is_label_key;
use super::{Keys, Workflow};
use crate::json::Value;
use crate::json::key_index::{self, KeyIndex};
use crate::json::number::has_non_finite;
use crate::json::same::same_value;
use crate::{Error, ErrorKind};

/// Returns the workflow's text with the values of `params` (flattened key → value) put in.
///
/// Whatever is not named stays byte for byte. A label is accepted when it says what the workflow says already.
///
/// # Errors
/// [`ErrorKind::UnknownParam`] for a key that the workflow does not have, [`ErrorKind::InvalidParam`] for a changed label,
/// and for `NaN` or an infinity that the workflow does not have itself.
pub fn apply(workflow: &Workflow<'_>, params: &[(&str, Value<'_>)]) -> Result<String, Error> {
    let keys = Keys::new(workflow);
    let text = workflow.text();
    let (mut splices, mut seen) = (Vec::with_capacity(params.len()), KeyIndex::default());
    for &(key, value) in params {
        let Some((_, input)) = keys.input(key) else {
            check_label(&keys, key, value)?;
            continue;
        };
        let start = offset_in(text, input.value);
        let splice = Splice { key, start, old: input.value, value };
        key_index::put(&mut splices, &mut seen, key.into(), splice);
    }
    // What is equal stays as it is written: JavaScript gives 6 for 6.0.
    splices.retain(|splice: &Splice<'_>| !same_value(splice.old, splice.value));
    if let Some(splice) = splices.iter().find(|splice| has_non_finite(splice.value)) {
        return Err(not_finite(splice.key));
    }
    splices.sort_unstable_by_key(|splice| splice.start);
    Ok(splice(text, &splices))
}

/// The error for a value that JSON cannot say and the workflow does not have.
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

fn check_label(keys: &Keys<'_, '_>, key: &str, value: Value<'_>) -> Result<(), Error> {
    match keys.label(key) {
        Some(node) if same_value(node.label(), value) => Ok(()),
        _ if is_label_key(key) => Err(Error::invalid_param(
            key,
            format!("\"{key}\" is a label for readers, not a parameter: leave it out or unchanged"),
        )),
        _ => Err(unknown_param(keys, key)),
    }
}

/// Where `value`, a span of `text`, begins in it.
fn offset_in(text: &str, value: Value<'_>) -> usize {
    value.raw().as_ptr() as usize - text.as_ptr() as usize
}

/// A value that takes the place of another, which begins at `start`.
struct Splice<'v> {
    key: &'v str,
    start: usize,
    old: Value<'v>,
    value: Value<'v>,
}

/// Puts values in, which must be in the order of the text.
fn splice(text: &str, splices: &[Splice<'_>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for Splice { start, old, value, .. } in splices {
        out.push_str(&text[copied..*start]);
        out.push_str(value.raw());
        copied = start + old.raw().len();
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
