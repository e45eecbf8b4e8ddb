//! SVG: JSON in a `metadata` or `desc` element.

use super::bytes::utf8;
use super::reader::Reader;
use super::texts::{Texts, begins_as_object};
use super::{Find, MAX_TEXT, damaged};
use crate::json::Value;
use crate::json::string::push_escaped_char;
use crate::text::find;
use std::borrow::Cow;

/// The elements that may contain JSON, and their names for people.
const ELEMENTS: [(&str, &str); 2] = [("metadata", "metadata element"), ("desc", "desc element")];

/// ComfyUI writes the element directly after the first tag, so the start of a file is enough in most cases.
const FIRST_PART: u64 = 32 * 1024;

/// The longest entity for a character, including `&` and `;`.
const MAX_ENTITY: usize = 12;

/// How reading the elements of a text ended.
#[derive(Debug, PartialEq, Eq)]
enum Ending {
    Whole,
    BreaksOff,
    NotJson,
}

pub(super) fn read(reader: &Reader, texts: &mut Texts) -> Find<()> {
    let start = reader.up_to(0, FIRST_PART)?;
    // The part may end in the middle of a character.
    let valid = start.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    read_elements(valid, texts);
    if texts.any() || reader.size() > MAX_TEXT as u64 {
        return Ok(());
    }
    let size = reader.size();
    match read_elements(utf8(0, reader.bytes(0, size)?)?, texts) {
        Ending::BreaksOff => damaged(size, "the file ends too early"),
        Ending::NotJson => damaged(0, "the text in its metadata is not valid JSON"),
        Ending::Whole => Ok(()),
    }
}

/// Takes the texts of each of these elements.
fn read_elements(text: &str, texts: &mut Texts) -> Ending {
    let mut rest = text;
    let mut ending = Ending::Whole;
    while let Some((at, (element, place))) = next_element(rest) {
        let Some((tag, inside)) = rest[at..].split_once('>') else { return Ending::BreaksOff };
        // Some people describe their images in words, which are not worth reading.
        let is_words = element == "desc" && !inside.trim_start().starts_with(['{', '&', '<']);
        if tag.ends_with('/') || is_words {
            rest = inside;
            continue;
        }
        let Some((content, behind)) = content_of(inside, element) else { return Ending::BreaksOff };
        rest = behind;
        let json = escape_controls(content.trim());
        match Value::parse(&json) {
            Ok(object) => texts.object(object, place),
            Err(_) if begins_as_object(&json) => ending = Ending::NotJson,
            // Other programs put a description here.
            Err(_) => {}
        }
    }
    let closed = find(rest, "</svg").is_some() || rest.trim_end().ends_with("/>");
    if closed || ending == Ending::NotJson { ending } else { Ending::BreaksOff }
}

/// Where the next of these elements begins, and which one it is.
fn next_element(text: &str) -> Option<(usize, (&'static str, &'static str))> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find('<')?;
        from = at + 1;
        let is_next = |(name, _): &&(&str, &str)| {
            let behind = text[from..].strip_prefix(name);
            behind.is_some_and(|behind| behind.starts_with(['>', '/', ' ', '\n', '\r', '\t']))
        };
        if let Some(element) = ELEMENTS.iter().find(is_next) {
            return Some((at, *element));
        }
    }
}

/// The text inside an element, and the text after the element; `None` if the element ends too early.
fn content_of<'t>(inside: &'t str, element: &str) -> Option<(String, &'t str)> {
    let mut rest = inside;
    let mut content = String::new();
    loop {
        let at = rest.find(['<', '&'])?;
        content.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(section) = rest.strip_prefix("<![CDATA[") {
            let end = find(section, "]]>")?;
            content.push_str(&section[..end]);
            rest = &section[end + 3..];
        } else if rest.strip_prefix("</").is_some_and(|end| end.starts_with(element)) {
            return Some((content, rest));
        } else if rest.starts_with("<!--") {
            rest = &rest[find(rest, "-->")? + 3..];
        } else if rest.starts_with('<') {
            rest = rest.split_once('>')?.1;
        } else {
            // Some programs write the character itself, as in "Node name for S&R".
            let end = rest.bytes().take(MAX_ENTITY).position(|byte| byte == b';');
            let entity = end.and_then(|end| Some((character(&rest[1..end])?, &rest[end + 1..])));
            let (c, behind) = entity.unwrap_or(('&', &rest[1..]));
            content.push(c);
            rest = behind;
        }
    }
}

/// The character of an entity.
fn character(entity: &str) -> Option<char> {
    match entity {
        "quot" => Some('"'),
        "apos" => Some('\''),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Restores the escapes inside strings that ComfyUI loses: it passes the JSON to a function that reads an escaped line
/// end as a real one.
fn escape_controls(json: &str) -> Cow<'_, str> {
    let (mut in_string, mut escaped) = (false, false);
    let mut out = String::new();
    let mut copied = 0;
    for (at, c) in json.char_indices() {
        if in_string && c < ' ' {
            out.push_str(&json[copied..at]);
            push_escaped_char(&mut out, c);
            copied = at + 1;
        } else if c == '"' && !escaped {
            in_string = !in_string;
        }
        escaped = c == '\\' && !escaped;
    }
    if copied == 0 {
        return json.into();
    }
    out.push_str(&json[copied..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(metadata: &str) -> (Ending, Option<String>) {
        let mut texts = Texts::default();
        let ending = read_elements(&format!("<svg>{metadata}<path/></svg>"), &mut texts);
        (ending, texts.prompt.map(|text| text.json))
    }

    #[test]
    fn json_stands_in_a_section_or_escaped() {
        let whole = (Ending::Whole, Some("{\"1\": \"<é>\"}".to_owned()));
        for metadata in [
            "<metadata><![CDATA[{\"prompt\": {\"1\": \"<é>\"}}]]></metadata>",
            "<metadata id=\"m\">{&quot;prompt&quot;: {\"1\": \"&lt;&#233;&#x3e;\"}}</metadata>",
            "<metadata>other</metadata><metadata><!-- > -->{\"prompt\":<a b=\"c\"> {\"1\": \
            \"&lt;é&gt;\"}}</a></metadata>",
        ] {
            assert_eq!(prompt(metadata), whole, "{metadata}");
        }
        assert_eq!(prompt("<metadata/><metadata>text</metadata>"), (Ending::Whole, None));
        assert_eq!(prompt("<metadata>{\"prompt\": </metadata>"), (Ending::NotJson, None));
        assert_eq!(prompt("<metadata>&nonsense;</metadata>"), (Ending::Whole, None));
        assert_eq!(prompt("<metadata><![CDATA[</metadata>"), (Ending::BreaksOff, None));
    }

    #[test]
    fn lost_escapes_are_put_back_inside_of_strings_only() {
        assert_eq!(escape_controls("{\n\"a\n\tb\": \"\\\"\n\"\n}"), "{\n\"a\\n\\tb\": \"\\\"\\n\"\n}");
        assert!(matches!(escape_controls("{\n\"a\": 1}"), Cow::Borrowed(_)));
    }
}
