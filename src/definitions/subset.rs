//! The part of the definitions that one workflow needs: a few kilobytes out of megabytes.

use super::{Definitions, types};
use crate::json::{KeyIndex, Value, Writer};
use crate::workflow::Workflow;

impl Definitions {
    /// Only the classes of a workflow, as the text of an `object_info`. From the definitions that come with the
    /// package it takes the ranges of numbers, because their choices are not complete.
    ///
    /// ```
    /// use viewcomfy_wasm::{definitions::Definitions, workflow::Workflow};
    ///
    /// let all = br#"{"KSampler": {"input": {}, "output": ["LATENT"]}, "SaveImage": {"input": {}, "output": []}}"#;
    /// let workflow = Workflow::parse(br#"{"9": {"class_type": "SaveImage", "inputs": {}}}"#)?;
    /// let subset = Definitions::parse(all.to_vec())?.subset(&workflow);
    /// assert!(subset.contains("SaveImage") && !subset.contains("KSampler"));
    /// # Ok::<(), viewcomfy_wasm::Error>(())
    /// ```
    pub fn subset(&self, workflow: &Workflow<'_>) -> String {
        let (mut json, mut seen) = (String::new(), KeyIndex::default());
        Writer::compact(&mut json).object(|out| {
            for (index, node) in workflow.nodes().iter().enumerate() {
                let Some(name) = node.class_type.and_then(Value::as_str).map(|name| name.decode()) else {
                    continue;
                };
                let text = self.class_text(&name).filter(|_| seen.claim(name.clone(), index).is_none());
                let Some(text) = text else { continue };
                out.key(&name);
                if self.is_complete() {
                    out.raw(text);
                } else {
                    self.write_ranges(out, &name);
                }
            }
        });
        json
    }

    fn write_ranges(&self, out: &mut Writer<'_>, name: &str) {
        let class = self.class(name).unwrap_or_default();
        let numbers =
            class.inputs.iter().filter(|input| matches!(&*input.spec.kind, types::INT | types::FLOAT));
        out.object(|out| {
            out.key("input").object(|out| {
                out.key("required").object(|out| {
                    for input in numbers {
                        out.key(&input.name).array(|out| {
                            out.text(&input.spec.kind);
                            out.object(|out| {
                                for bound in ["min", "max"] {
                                    if let Some(value) = input.spec.number(bound) {
                                        out.key(bound).value(value);
                                    }
                                }
                            });
                        });
                    }
                });
            });
        });
    }
}
