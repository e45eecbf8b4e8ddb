//! Editor files to be changed at random, and how they are changed.

use std::fs;
use std::path::Path;
use viewcomfy_wasm::json::Value;
use viewcomfy_wasm::json::value::Kind;

/// Files up to this size are changed: the time goes into many of them, and not into large ones.
const MAX: usize = 3 * 1024;

/// How the handmade files draw a node: nothing reads it, and it would take the changes.
const DRAWN: &str = r#""pos":[0,0],"size":[200,100],"flags":{},"order":0,"#;

/// Values that are wrong in most places.
const ODD: [&str; 30] = [
    "NaN",
    "-Infinity",
    "null",
    "true",
    "0",
    "-1",
    "-10",
    "-20",
    "1",
    "4294967295",
    "18446744073709551616",
    "1e999",
    "0.1",
    "\"\"",
    "\"*\"",
    "\"-10\"",
    "\"Reroute\"",
    "\"PrimitiveNode\"",
    "\"SetNode\"",
    "\"GetNode\"",
    "\"Power Lora Loader (rgthree)\"",
    "\"Anything Everywhere\"",
    "\"Prompts Everywhere\"",
    "\"^a.*b|(c)$\"",
    "\"%date:yyyy%%KSampler.seed%\"",
    "\"{a|{b|c}// d\\\\\"",
    "[]",
    "{}",
    "[[\"-1\",\"seed\"],[\"1\",\"width\"]]",
    "[1,2,3,4,5,6]",
];

/// Nodes of a pack that send to others by type, with all their settings.
const EVERYWHERE: &str = r#"{"version": 0.4, "nodes": [
    {"id": 1, "type": "EmptyImage", "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [1, 2]}], "widgets_values": [8, 8, 1, 0], "pos": [0, 0], "size": [9, 9], "color": "red"},
    {"id": 2, "type": "Anything Everywhere", "inputs": [{"name": "a", "type": "IMAGE", "link": 1}, {"name": "images", "type": "IMAGE", "link": 2}], "properties": {"ue_properties":
        {"version": "7.0", "title_regex": "Save|x", "input_regex": "^im.*s$", "group_regex": ".", "group_restricted": 1, "color_restricted": 2, "priority": 5, "repeated_type_rule": 1, "send_to_any": 1, "string_to_combo": 1}}},
    {"id": 3, "type": "Anything Everywhere?", "inputs": [{"name": "a", "type": "IMAGE", "link": 3}], "widgets_values": ["Save", ".*", ""], "pos": [0, 0], "size": [9, 9]},
    {"id": 4, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": null, "label": "images"}], "pos": [0, 0], "size": [9, 9], "color": "red"},
    {"id": 5, "type": "Seed Everywhere", "outputs": [{"name": "int", "type": "INT", "links": null}], "widgets_values": [5, "fixed"]},
    {"id": 6, "type": "KSampler", "inputs": [{"name": "seed", "type": "INT", "link": null, "widget": {"name": "seed"}}], "properties": {"widget_ue_connectable": {"seed": true}}}],
    "links": [[1, 1, 0, 2, 0, "IMAGE"], [2, 1, 0, 2, 1, "IMAGE"], [3, 1, 0, 3, 0, "IMAGE"]],
    "groups": [{"title": "a", "bounding": [0, -50, 500, 500]}]}"#;

/// Numbers that follow from a seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// A file, and where each of its values stands.
pub struct File {
    pub name: String,
    text: String,
    spans: Vec<Span>,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
    /// It is in a list, where it may stand twice.
    is_item: bool,
}

/// The smaller fixtures, and nests of subgraphs that share each other.
pub fn files(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    for (directory, ending) in [
        ("convert/handmade", ".ui.json"),
        ("convert/newest", ".ui.json"),
        ("convert/templates", ".ui.json"),
        ("cases", ".json"),
    ] {
        let entries = fs::read_dir(root.join("tests/fixtures").join(directory)).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let is_case = name.starts_with("conv_") && !name.ends_with(".object_info.json");
            name.ends_with(ending) && (directory != "cases" || is_case)
        });
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push(File::of(name, fs::read_to_string(&path).unwrap().replace(DRAWN, "")));
        }
    }
    files.retain(|file| file.text.len() <= MAX);
    for (name, nodes) in packs() {
        files.push(File::of(
            name.to_owned(),
            format!(r#"{{"version": 0.4, "nodes": [{nodes}], "links": [[1, 2, 0, 3, 0, "LATENT"]]}}"#),
        ));
    }
    for (levels, instances) in [(3, 2), (6, 2), (4, 3), (12, 1)] {
        files.push(File::of(format!("nest of {levels}"), nest(levels, instances)));
    }
    files.push(File::of("everywhere".to_owned(), EVERYWHERE.to_owned()));
    assert!(files.len() >= 70, "{} files", files.len());
    files
}

/// Nodes of the classes of `packs.json`, in several versions of them.
fn packs() -> [(&'static str, &'static str); 2] {
    [
        (
            "versions by values",
            r#"{"id": 1, "type": "Sampler", "widgets_values": [7, "fixed", 20, "fast"]}, {"id": 2, "type": "Sampler", "widgets_values": ["slow", 20],
            "outputs": [{"name": "LATENT", "type": "LATENT", "links": [1]}]}, {"id": 3, "type": "Sockets", "inputs": [{"name": "latent",
            "type": "LATENT", "link": 1}], "widgets_values": [5]}, {"id": 4, "type": "Places", "widgets_values": ["a", 1, 2, true, 5]}"#,
        ),
        (
            "versions by names",
            r#"{"id": 2, "type": "Sampler", "inputs": [{"name": "mode", "type": "COMBO", "widget": {"name": "mode"}}, {"name": "seed", "type": "INT",
            "widget": {"name": "seed"}}], "outputs": [{"name": "LATENT", "type": "LATENT", "links": [1]}], "widgets_values": ["slow", 3, "fixed"]},
            {"id": 3, "type": "Growing", "inputs": [{"name": "image_2", "type": "IMAGE", "link": 1}], "widgets_values": {"count": 2, "more": [1]}},
            {"id": 5, "type": "Shown", "widgets_values": ["a", {}]}"#,
        ),
    ]
}

/// A file in something that carries it, now and then.
pub fn carried(bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let kind = random.below(24);
    let Some(text) = String::from_utf8(bytes.clone()).ok().filter(|_| kind < 6) else { return bytes };
    let encoded = || serde_json::to_string(&text).unwrap();
    let carrier = match kind {
        0 => format!(r#"{{"input": {{"workflow": {text}}}}}"#),
        1 => format!(r#"{{"input": {{"workflow": {}}}}}"#, encoded()),
        2 => format!(r#"{{"workflow": {text}, "output": {text}}}"#),
        3 => format!("[{text}]"),
        4 => encoded(),
        _ => format!(
            r#"{{"a": {{"prompt": [1, "a", {{}}, {{"extra_pnginfo": {{"workflow": {text}}}}}, []]}}}}"#
        ),
    };
    carrier.into_bytes()
}

/// Subgraphs in each other with a value that is promoted to the canvas, all instances in one chain.
pub fn nest(levels: usize, instances: usize) -> String {
    let node = |id: usize, class: &str, link: usize| {
        format!(
            r#"{{"id": {id}, "type": "{class}", "mode": 0, "properties": {{"proxyWidgets": [["1", "width"]]}}, "widgets_values": [5, 6],
            "inputs": [{{"name": "width", "type": "INT", "link": {link}, "widget": {{"name": "width"}}}}], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": []}}]}}"#
        )
    };
    let definition = |level: usize| {
        let is_last = level + 1 == levels;
        let (class, count) =
            if is_last { ("EmptyImage".to_owned(), 1) } else { (format!("s{}", level + 1), instances) };
        let nodes: Vec<_> = (1..=count).map(|id| node(id, &class, id)).collect();
        let link = |id: usize| {
            format!(
                r#"{{"id": {id}, "origin_id": -10, "origin_slot": 0, "target_id": {id}, "target_slot": 0, "type": "INT"}}"#
            )
        };
        let links: Vec<_> = (1..=count).map(link).collect();
        let ids: Vec<_> = (1..=count).map(|id| id.to_string()).collect();
        format!(
            r#"{{"id": "s{level}", "nodes": [{}], "inputs": [{{"id": "w", "name": "width", "type": "INT", "linkIds": [{}]}}],
            "outputs": [{{"id": "i", "name": "IMAGE", "type": "IMAGE", "linkIds": [9]}}], "links": [{},
            {{"id": 9, "origin_id": 1, "origin_slot": 0, "target_id": -20, "target_slot": 0, "type": "IMAGE"}}]}}"#,
            nodes.join(","),
            ids.join(","),
            links.join(",")
        )
    };
    let definitions: Vec<_> = (0..levels).map(definition).collect();
    format!(
        r#"{{"version": 0.4, "nodes": [{{"id": 1, "type": "s0", "mode": 0, "inputs": [], "outputs": [{{"name": "IMAGE", "type": "IMAGE", "links": [1]}}]}},
        {{"id": 2, "type": "SaveImage", "mode": 0, "inputs": [{{"name": "images", "type": "IMAGE", "link": 1}}], "outputs": []}}],
        "links": [[1, 1, 0, 2, 0, "IMAGE"]], "definitions": {{"subgraphs": [{}]}}}}"#,
        definitions.join(",")
    )
}

impl File {
    pub fn of(name: String, text: String) -> Self {
        let mut spans = Vec::new();
        let whole = Value::parse(&text).unwrap();
        collect(whole, text.as_ptr() as usize, false, &mut spans);
        // The first is the whole file.
        spans.remove(0);
        Self { name, spans, text }
    }

    /// The file with one to four changes: nearly always of whole values, so that it stays JSON.
    pub fn changed(&self, random: &mut Random) -> Vec<u8> {
        let mut edits: Vec<(usize, usize, String)> = Vec::new();
        for _ in 0..1 + random.below(4) {
            let span = self.spans[random.below(self.spans.len())];
            if edits.iter().all(|(from, to, _)| span.end <= *from || *to <= span.start) {
                edits.push((span.start, span.end, self.instead(random, span)));
            }
        }
        edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
        let mut text = self.text.clone();
        for (start, end, instead) in edits {
            text.replace_range(start..end, &instead);
        }
        let mut bytes = text.into_bytes();
        if random.below(12) == 0 && !bytes.is_empty() {
            let at = random.below(bytes.len());
            match random.below(3) {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << random.below(8),
                _ => bytes[at] = random.next() as u8,
            }
        }
        bytes
    }

    /// What to put into the place of a value: another one of the file, an odd one, the same twice.
    fn instead(&self, random: &mut Random, span: Span) -> String {
        let value = self.value(span);
        let other = self.value(self.spans[random.below(self.spans.len())]);
        match random.below(8) {
            0 | 1 => ODD[random.below(ODD.len())].to_owned(),
            2 if other.len() < 2000 => other.to_owned(),
            // Another value of the same kind leads further: an id for an id, a node for a node.
            3..=5 => self.alike(random, value).to_owned(),
            6 if span.is_item => format!("{value},{value}"),
            _ if value.starts_with('"') => ODD[random.below(ODD.len())].to_owned(),
            _ => random.below(12).to_string(),
        }
    }

    fn alike(&self, random: &mut Random, value: &str) -> &str {
        for _ in 0..8 {
            let other = self.value(self.spans[random.below(self.spans.len())]);
            if other.as_bytes()[0] == value.as_bytes()[0] && other.len() < 2000 {
                return other;
            }
        }
        "null"
    }

    fn value(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

fn collect(value: Value<'_>, base: usize, is_item: bool, spans: &mut Vec<Span>) {
    let start = value.raw().as_ptr() as usize - base;
    spans.push(Span { start, end: start + value.raw().len(), is_item });
    match value.kind() {
        Kind::Object => value.entries().into_iter().for_each(|(_, inner)| collect(inner, base, false, spans)),
        Kind::Array => value.items().into_iter().for_each(|inner| collect(inner, base, true, spans)),
        _ => {}
    }
}
