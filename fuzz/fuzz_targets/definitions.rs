//! Definitions of a server: each listed class can be used, alone and in a workflow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use viewcomfy_fuzz::assert_strict_json;
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::form;
use viewcomfy_wasm::inspect::file_to_json;
use viewcomfy_wasm::json::string::write_literal;
use viewcomfy_wasm::workflow::Workflow;

fuzz_target!(|data: &[u8]| {
    let Ok(definitions) = Definitions::parse(data.to_vec()) else { return };
    for name in definitions.names() {
        assert!(definitions.has(name));
        let Some(class) = definitions.class(name) else { continue };
        let mut file = "{\"1\":{\"class_type\":".to_owned();
        write_literal(&mut file, name);
        file.push_str(",\"inputs\":{");
        for (at, input) in class.inputs.iter().take(20).enumerate() {
            file.push_str(if at > 0 { "," } else { "" });
            write_literal(&mut file, &input.name);
            file.push_str(":1");
        }
        file.push_str("}}}");
        let json = file_to_json(file.as_bytes(), Some(&definitions)).expect("a workflow of one node");
        assert_strict_json(&json);
        let workflow = Workflow::parse(file.as_bytes()).expect("a workflow of one node");
        let schema = form::schema(&workflow, Some(&definitions), None).expect("a form without a design");
        assert_strict_json(&form::to_json(&schema));
    }
});
