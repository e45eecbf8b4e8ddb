//! Reads what the published files say: unions and fields of declarations, tables of documents, keys of objects.
//!
//! The files are the project's own and formatted by tools, so lines are all the grammar that is needed.

use std::fs;
use std::path::Path;

/// The text of a file of the project.
pub fn read(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between two texts.
#[track_caller]
pub fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, behind) = text.split_once(start).unwrap_or_else(|| panic!("there is no {start:?}"));
    behind.split_once(end).unwrap_or_else(|| panic!("there is no {end:?} behind {start:?}")).0
}

/// Every text in double quotes.
pub fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every text in backticks.
pub fn code_words(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The body of an interface or a class of a declaration file.
#[track_caller]
pub fn body<'t>(declarations: &'t str, name: &str) -> &'t str {
    let start = declarations
        .find(&format!(" {name} {{\n"))
        .or_else(|| declarations.find(&format!(" {name} extends ")));
    let behind = &declarations[start.unwrap_or_else(|| panic!("{name} is not declared"))..];
    between(behind, "{\n", "\n}")
}

/// A field of an interface or a class.
pub struct Field {
    pub name: String,
    /// Its comment; that of the field before it where it has none.
    pub about: String,
    /// What stands behind the colon.
    pub kind: String,
}

/// The fields of a body, methods left out.
pub fn fields(body: &str) -> Vec<Field> {
    let (mut fields, mut about, mut is_new) = (Vec::<Field>::new(), String::new(), true);
    for line in body.lines() {
        let inside = line.strip_prefix("  ").unwrap_or_default();
        let is_comment = inside.starts_with("/**") || inside.starts_with(" *");
        if is_comment {
            if std::mem::take(&mut is_new) {
                about.clear();
            }
            about.push_str(inside);
            continue;
        }
        is_new = true;
        let declared = inside.strip_prefix("readonly ").unwrap_or(inside);
        let end = declared.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(declared.len());
        let (name, rest) = declared.split_at(end);
        match rest.trim_start_matches('?').strip_prefix(':') {
            Some(kind) if !name.is_empty() => {
                fields.push(Field { name: name.to_owned(), about: about.clone(), kind: kind.to_owned() });
            }
            _ => {
                if let Some(field) = fields.last_mut() {
                    field.kind.push_str(line);
                }
            }
        }
    }
    fields
}

/// The names of the fields of a declared interface or class.
#[track_caller]
pub fn field_names(declarations: &str, name: &str) -> Vec<String> {
    fields(body(declarations, name)).into_iter().map(|field| field.name).collect()
}

/// The rows of all tables whose first column is called `code`.
pub fn code_rows(document: &str) -> Vec<&str> {
    let mut rows = Vec::new();
    let mut is_inside = false;
    for line in document.lines() {
        is_inside = line.starts_with("| code |") || (is_inside && line.starts_with('|'));
        if is_inside && line.starts_with("| `") {
            rows.push(line);
        }
    }
    rows
}

/// The cells of a row.
pub fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split(" | ").map(str::trim).collect()
}

/// The keys of an object literal that stands at the top of a module.
pub fn keys(literal: &str) -> Vec<String> {
    let names = literal.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(':'));
    names
        .map(|(name, _)| name.to_owned())
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// Every JavaScript file under a directory, with its name.
pub fn modules(directory: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut left = vec![directory.to_owned()];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&directory)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{directory}/{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                left.push(name);
            } else if name.ends_with(".js") {
                found.push((name.clone(), read(&name)));
            }
        }
    }
    found
}
