//! Writes the package's JavaScript glue: `bindgen <input.wasm> <output directory> <name>`.
//!
//! It exists so that the glue's version is locked beside `wasm-bindgen` itself.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, directory, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen <input.wasm> <output directory> <name>");
        return ExitCode::from(2);
    };
    match generate(input, directory, name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bindgen: {message}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &str, directory: &str, name: &str) -> Result<(), String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .out_name(name)
        // The public types are written by hand; these describe the glue to the type check of pkg/*.js.
        .typescript(true)
        // Without it `init()` has no `new URL("…_bg.wasm", import.meta.url)` to load from.
        .omit_default_module_path(false)
        .remove_producers_section(true);
    bindgen.web(true).map_err(|error| format!("{error:#}"))?;
    bindgen.generate(directory).map_err(|error| format!("{error:#}"))
}
