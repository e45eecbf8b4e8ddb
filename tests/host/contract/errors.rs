//! The error class, the errors that JavaScript makes and the advice on errors know the codes and facts of Rust.

use super::source::{between, body, code_words, fields, keys, modules, read};
use super::{assert_same, names_of};
use viewcomfy_wasm::ErrorCode;

/// What every error may have, whatever its code.
const OF_ALL: [&str; 3] = ["name", "code", "cause"];

#[test]
fn the_error_class_has_the_facts_of_all_codes_and_says_whose_they_are() {
    let text = read("pkg/index.d.ts");
    let mut told = Vec::new();
    for field in fields(body(&text, "ViewComfyError")) {
        if OF_ALL.contains(&&*field.name) {
            continue;
        }
        let has = |code: &&ErrorCode| code.facts().contains(&&*field.name);
        let codes: Vec<_> = ErrorCode::ALL.iter().filter(has).map(|code| code.as_str()).collect();
        let mut named = code_words(&field.about);
        named.retain(|word| names_of!(ErrorCode).contains(&word.as_str()));
        if !codes.is_empty() {
            assert_same(
                &format!("the comment on ViewComfyError.{} in pkg/index.d.ts", field.name),
                &named,
                &codes,
            );
        }
        told.push(field.name);
    }
    let mut known: Vec<_> = ErrorCode::ALL.iter().flat_map(|code| code.facts()).copied().collect();
    known.sort_unstable();
    known.dedup();
    assert_same("ViewComfyError of pkg/index.d.ts", &told, &known);
}

#[test]
fn javascript_makes_errors_of_known_codes_only() {
    let known = names_of!(ErrorCode);
    let mut made = Vec::new();
    for (file, text) in modules("pkg/src") {
        for call in text.split("new ViewComfyError(").skip(1) {
            let Some(literal) = call.trim_start().strip_prefix('"') else { continue };
            let code = literal.split('"').next().unwrap_or_default().to_owned();
            assert!(known.contains(&&*code), "{file} makes a {code:?}, which Rust does not know");
            made.push(code);
        }
    }
    for code in ErrorCode::ALL.iter().filter(|code| code.is_made_by_javascript()) {
        assert!(made.iter().any(|name| name == code.as_str()), "nothing in pkg/src makes a {code}");
    }
}

#[test]
fn every_code_has_advice_in_the_terminal_on_the_page_and_in_the_tags() {
    let shared = "pkg/src/view/advice.js";
    for files in [
        &["pkg/src/cli/advice.js"][..],
        &[shared, "www/failure-advice.js"],
        &[shared, "pkg/src/element/advice.js"],
    ] {
        let advised = |file: &&str| keys(between(&read(file), "const ADVICE = {\n", "\n};"));
        let told: Vec<_> = files.iter().flat_map(advised).collect();
        assert_same(&format!("ADVICE of {}", files.join(" with ")), &told, &names_of!(ErrorCode));
    }
}

/// What else codes are compared with: the name of the page's and the command line's own faults, the type of texts, and what a
/// route refuses.
const NOT_OURS: [&str; 3] = ["unexpected", "string", "unreachable"];

#[test]
fn codes_that_javascript_compares_with_are_known() {
    let known = [&names_of!(ErrorCode)[..], &NOT_OURS].concat();
    let mut compared = 0;
    for (file, text) in ["pkg/src", "www"].into_iter().flat_map(modules) {
        let literals = text.split("code === \"").skip(1).filter_map(|behind| behind.split('"').next());
        // Those of Node's own errors are in capitals.
        for code in literals.filter(|code| code.starts_with(|c: char| c.is_ascii_lowercase())) {
            assert!(known.contains(&code), "{file} compares a code with {code:?}, which Rust does not know");
            compared += 1;
        }
    }
    assert!(compared > 3, "only {compared} comparisons were seen");
}
