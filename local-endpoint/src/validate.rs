//! What ComfyUI would refuse, reported in ComfyUI's format.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::classes;
use crate::workflow::Workflow;

/// A workflow that can run.
#[derive(Debug)]
pub struct Valid {
    /// Output nodes that can run, in file order.
    pub outputs: Vec<String>,
    /// Log lines about the rest.
    pub notes: Vec<String>,
    /// What is wrong with outputs that are left out, as in ComfyUI's response.
    pub node_errors: Map<String, Value>,
}

/// An additional check of a node, which may return a node error.
type Check<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// Checks a workflow; the error is the body of ComfyUI's 400 response.
pub fn validate(workflow: &Workflow, strict: bool) -> Result<Valid, Value> {
    validate_with(workflow, strict, &|_| None)
}

/// The same, with an additional check of each node.
pub fn validate_with(workflow: &Workflow, strict: bool, check: Check<'_>) -> Result<Valid, Value> {
    let mut notes = Vec::new();
    for id in workflow.ids() {
        check_class(workflow, id, strict, &mut notes)?;
    }
    let outputs = outputs(workflow);
    if outputs.is_empty() {
        return Err(body("prompt_no_outputs", "Prompt has no outputs", "", json!({}), Map::new()));
    }
    let mut faults = Faults::default();
    let (good, bad): (Vec<&str>, Vec<&str>) =
        outputs.iter().partition(|output| Search::new(workflow, output, check, &mut faults).run());
    if good.is_empty() {
        return Err(faults.into_body());
    }
    // ComfyUI leaves out the outputs that cannot run and runs the others.
    notes.extend(bad.iter().map(|id| {
        format!(
            "Failed to validate prompt for output {id} ({}): output will be ignored",
            workflow.class_type(id)
        )
    }));
    let outputs = good.into_iter().map(str::to_owned).collect();
    Ok(Valid { outputs, notes, node_errors: faults.nodes })
}

fn check_class(workflow: &Workflow, id: &str, strict: bool, notes: &mut Vec<String>) -> Result<(), Value> {
    let class_type = workflow.class_type(id);
    let title = workflow.title(id);
    let missing = |message: String, class: Value, title: Value| {
        let extra = json!({"node_id": id, "class_type": class, "node_title": title});
        Err(body("missing_node_type", &message, &format!("Node ID '#{id}'"), extra, Map::new()))
    };
    if class_type.is_empty() {
        let name = title.map_or(format!("ID #{id}"), str::to_owned);
        let message = format!(
            "Node '{name}' has no class_type. The workflow may be corrupted or a custom node is missing."
        );
        return missing(message, Value::Null, title.into());
    }
    if classes::is_own(class_type) {
        return Ok(());
    }
    if strict {
        let name = title.unwrap_or(class_type);
        let message = format!("Node '{name}' not found. The custom node may not be installed.");
        return missing(message, class_type.into(), name.into());
    }
    notes.push(format!("{class_type} (node {id}) is a custom node: it is walked without being computed"));
    Ok(())
}

/// The output nodes. A custom node counts as one if no other node uses its outputs.
fn outputs(workflow: &Workflow) -> Vec<&str> {
    let used: HashSet<&str> =
        workflow.ids().flat_map(|id| workflow.links(id)).map(|(_, link)| link.node).collect();
    workflow
        .ids()
        .filter(|id| classes::is_output(workflow.class_type(id)).unwrap_or_else(|| !used.contains(id)))
        .collect()
}

/// The node errors so far, in the order found.
#[derive(Default)]
struct Faults {
    nodes: Map<String, Value>,
    details: String,
}

impl Faults {
    fn add(&mut self, workflow: &Workflow, id: &str, output: &str, error: Value) {
        if id == output && self.details.is_empty() {
            let text = |key: &str| error[key].as_str().unwrap_or_default();
            self.details = format!("{}: {}", text("message"), text("details"));
        }
        let entry = self.nodes.entry(id).or_insert_with(
            || json!({"errors": [], "dependent_outputs": [], "class_type": workflow.class_type(id)}),
        );
        for (list, value) in [("errors", error), ("dependent_outputs", output.into())] {
            if let Some(list) = entry[list].as_array_mut().filter(|list| !list.contains(&value)) {
                list.push(value);
            }
        }
    }

    fn into_body(self) -> Value {
        let message = "Prompt outputs failed validation";
        body("prompt_outputs_failed_validation", message, &self.details, json!({}), self.nodes)
    }
}

/// Follows the links upward from one output.
struct Search<'a> {
    workflow: &'a Workflow,
    output: &'a str,
    check: Check<'a>,
    faults: &'a mut Faults,
    done: HashSet<&'a str>,
    sound: bool,
}

impl<'a> Search<'a> {
    fn new(workflow: &'a Workflow, output: &'a str, check: Check<'a>, faults: &'a mut Faults) -> Self {
        Self { workflow, output, check, faults, done: HashSet::new(), sound: true }
    }

    /// Whether everything upstream of the output is valid.
    fn run(mut self) -> bool {
        self.walk();
        self.sound
    }

    /// Depth first with an explicit stack: a workflow may be deeper than a thread's stack allows.
    fn walk(&mut self) {
        let mut path = vec![(self.output, self.targets(self.output))];
        while let Some((id, rest)) = path.last_mut() {
            let Some(next) = rest.pop() else {
                self.done.insert(id);
                path.pop();
                continue;
            };
            if self.done.contains(next) {
                continue;
            }
            if let Some(start) = path.iter().position(|(id, _)| *id == next) {
                let cycle: Vec<&str> = path[start..].iter().map(|(id, _)| *id).collect();
                self.report_cycle(&cycle);
                return;
            }
            path.push((next, self.targets(next)));
        }
    }

    /// The nodes that a node's inputs link to, last one first; links to missing nodes are reported.
    fn targets(&mut self, id: &'a str) -> Vec<&'a str> {
        let mut targets = Vec::new();
        if let Some(error) = (self.check)(id) {
            self.sound = false;
            self.faults.add(self.workflow, id, self.output, error);
        }
        for (_, link) in self.workflow.links(id) {
            if self.workflow.has(link.node) {
                targets.push(link.node);
                continue;
            }
            self.sound = false;
            let details = format!("'{}'", link.node);
            let extra = json!({"exception_type": "KeyError", "traceback": []});
            let error =
                node_error("exception_during_validation", "Exception when validating node", &details, extra);
            self.faults.add(self.workflow, id, self.output, error);
        }
        targets.reverse();
        targets
    }

    fn report_cycle(&mut self, cycle: &[&str]) {
        self.sound = false;
        let steps: Vec<String> = cycle
            .iter()
            .chain(&cycle[..1])
            .map(|id| format!("{id} ({})", self.workflow.class_type(id)))
            .collect();
        for id in cycle {
            let extra = json!({"node_id": id, "cycle_nodes": cycle});
            let error =
                node_error("dependency_cycle", "Dependency cycle detected", &steps.join(" -> "), extra);
            self.faults.add(self.workflow, id, self.output, error);
        }
    }
}

fn node_error(kind: &str, message: &str, details: &str, extra_info: Value) -> Value {
    json!({"type": kind, "message": message, "details": details, "extra_info": extra_info})
}

fn body(kind: &str, message: &str, details: &str, extra_info: Value, nodes: Map<String, Value>) -> Value {
    json!({"error": node_error(kind, message, details, extra_info), "node_errors": nodes})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, strict: bool) -> Result<Valid, Value> {
        validate(&Workflow::new(serde_json::from_str(text).unwrap()), strict)
    }

    const SAVE: &str = r#""3":{"class_type":"SaveImage","inputs":{"images":["2",0]}}"#;

    #[test]
    fn names_a_node_without_a_class() {
        let body = check(r#"{"1":{"inputs":{}}}"#, false).unwrap_err();
        let expected = json!({
            "error": {
                "type": "missing_node_type",
                "message": "Node 'ID #1' has no class_type. The workflow may be corrupted or a custom node is missing.",
                "details": "Node ID '#1'",
                "extra_info": {"node_id": "1", "class_type": null, "node_title": null}
            },
            "node_errors": {}
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn refuses_custom_nodes_only_when_strict() {
        let text = r#"{"1":{"class_type":"NoSuchNode","inputs":{}}}"#;
        assert_eq!(check(text, true).unwrap_err()["error"]["details"], "Node ID '#1'");
        let valid = check(text, false).unwrap();
        assert_eq!(valid.outputs, ["1"]);
        assert!(valid.notes[0].contains("without being computed"));
    }

    #[test]
    fn wants_an_output() {
        let body = check(r#"{"1":{"class_type":"EmptyImage","inputs":{}}}"#, false).unwrap_err();
        assert_eq!(body["error"]["type"], "prompt_no_outputs");
    }

    #[test]
    fn finds_links_into_nowhere() {
        let body = check(&format!("{{{SAVE}}}"), false).unwrap_err();
        assert_eq!(body["error"]["details"], "Exception when validating node: '2'");
        let error = &body["node_errors"]["3"]["errors"][0];
        assert_eq!(error["type"], "exception_during_validation");
        assert_eq!(error["extra_info"]["exception_type"], "KeyError");
        assert_eq!(body["node_errors"]["3"]["dependent_outputs"], json!(["3"]));
    }

    #[test]
    fn finds_cycles() {
        let text = format!(
            r#"{{"1":{{"class_type":"ImageInvert","inputs":{{"image":["2",0]}}}},
                "2":{{"class_type":"ImageInvert","inputs":{{"image":["1",0]}}}},{SAVE}}}"#
        );
        let body = check(&text, false).unwrap_err();
        assert_eq!(body["error"]["details"], "");
        for id in ["1", "2"] {
            let error = &body["node_errors"][id]["errors"][0];
            assert_eq!(error["details"], "2 (ImageInvert) -> 1 (ImageInvert) -> 2 (ImageInvert)");
            assert_eq!(error["extra_info"], json!({"node_id": id, "cycle_nodes": ["2", "1"]}));
        }
    }

    #[test]
    fn runs_the_good_output_beside_a_bad_one() {
        let good = r#""8":{"class_type":"PreviewImage","inputs":{"images":["7",0]}},"7":{"class_type":"EmptyImage","inputs":{}}"#;
        let valid = check(&format!("{{{SAVE},{good}}}"), false).unwrap();
        assert_eq!(valid.outputs, ["8"]);
        assert!(valid.notes[0].contains("output 3"));
    }
}
