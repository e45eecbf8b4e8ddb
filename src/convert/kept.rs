//! Workflows that are already in API format.

use super::{Converted, warnings};
use crate::json::number::{has_non_finite, without_non_finite};
use crate::workflow::Workflow;
use std::borrow::Cow;

/// The workflow, unchanged except that `NaN` and infinities become null, so that any JSON reader accepts the text.
///
/// ```
/// use viewcomfy_wasm::convert::keep;
/// use viewcomfy_wasm::workflow::Workflow;
///
/// let workflow = Workflow::parse(br#"{"3": {"class_type": "KSampler", "inputs": {"cfg": NaN}}}"#)?;
/// let kept = keep(&workflow);
/// assert_eq!(kept.json, r#"{"3": {"class_type": "KSampler", "inputs": {"cfg": null}}}"#);
/// assert_eq!(kept.warnings[0].input.as_deref(), Some("cfg"));
/// # Ok::<(), viewcomfy_wasm::Error>(())
/// ```
pub fn keep(workflow: &Workflow<'_>) -> Converted {
    let json = without_non_finite(workflow.text());
    let mut found = Vec::new();
    if matches!(json, Cow::Owned(_)) {
        for node in workflow.nodes() {
            let inputs = workflow.inputs(node).iter().filter(|input| has_non_finite(input.value));
            found.extend(inputs.map(|input| warnings::not_finite(&node.id.decode(), &input.name.decode())));
        }
    }
    Converted { json: json.into_owned(), warnings: found, report: None }
}
