//! The tables of the guides say what the lists in Rust say.

use super::source::{between, cells, code_rows, code_words, keys, read};
use super::{assert_same, names_of};
use viewcomfy_wasm::ErrorCode;
use viewcomfy_wasm::find;
use viewcomfy_wasm::inspect::model::Code;
use viewcomfy_wasm::protocol::Limits;
use viewcomfy_wasm::protocol::stream::LAST_LINES;

const GUIDE: &str = "docs/site/guide/errors.md";
const PROBLEMS: &str = "docs/site/guide/inspect.md";

/// The codes in the first column of all tables of codes.
fn codes(document: &str) -> Vec<String> {
    code_rows(document).into_iter().flat_map(|row| code_words(cells(row)[0])).collect()
}

#[test]
fn error_codes() {
    assert_same("the tables of docs/site/guide/errors.md", &codes(&read(GUIDE)), &names_of!(ErrorCode));
}

#[test]
fn problem_codes() {
    assert_same(&format!("the table of {PROBLEMS}"), &codes(&read(PROBLEMS)), &names_of!(Code));
}

#[test]
fn tables_name_no_fact_that_an_error_does_not_have() {
    let all: Vec<_> = ErrorCode::ALL.iter().flat_map(|code| code.facts()).copied().collect();
    let mut named = 0;
    for row in code_rows(&read(GUIDE)) {
        let cells = cells(row);
        let codes = code_words(cells[0]);
        let known = ErrorCode::ALL.iter().filter(|code| codes.iter().any(|name| name == code.as_str()));
        let facts: Vec<_> = known.flat_map(|code| code.facts()).copied().collect();
        let words = cells[1..].iter().flat_map(|cell| code_words(cell));
        for word in words.filter(|word| all.contains(&word.as_str())) {
            assert!(facts.contains(&word.as_str()), "{GUIDE} says that {codes:?} has `{word}`");
            named += 1;
        }
    }
    assert!(named > 10, "only {named} facts were seen");
}

#[test]
fn kinds_of_files() {
    let d_ts = read("pkg/inspect.d.ts");
    let mut missing = Vec::new();
    for (place, text) in [
        (
            "the table of docs/site/guide/calls.md",
            between(&read("docs/site/guide/calls.md"), "| `findWorkflow(file, { promptId? })` |", "|\n"),
        ),
        (
            "the first lines of docs/site/guide/find.md",
            between(&read("docs/site/guide/find.md"), "# Find", "```"),
        ),
        (
            "the comment on findWorkflow in pkg/inspect.d.ts",
            between(&d_ts, "* Finds the workflow", "@returns"),
        ),
        (
            "the start page, www/index.html",
            between(&read("www/index.html"), "<h3>Any file ComfyUI saved</h3>", "</li>"),
        ),
    ] {
        let words: Vec<_> =
            text.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_ascii_lowercase).collect();
        let unnamed = find::Format::ALL.iter().filter(|format| !words.contains(&format.to_string()));
        missing.extend(unnamed.map(|format| format!("{format} is missing from {place}")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_kind_of_file_has_a_name_on_the_page() {
    let text = read("www/workflow-head.js");
    let names = keys(between(&text, "const FORMATS = {\n", "\n};"));
    assert_same("FORMATS of www/workflow-head.js", &names, &names_of!(find::Format));
}

#[test]
fn limits_in_the_declarations_are_those_in_rust() {
    let text = read("pkg/index.d.ts");
    let logs = format!("The last lines of the log, at most {LAST_LINES} (");
    assert!(text.contains(&logs), "pkg/index.d.ts does not say {logs:?}");
    let event = format!("in bytes of its data; default {},", grouped(Limits::default().max_event));
    assert!(text.contains(&event), "pkg/index.d.ts does not say {event:?}");
}

/// `16,777,216`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy).collect();
    groups.join(",")
}
