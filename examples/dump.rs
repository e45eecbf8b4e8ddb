//! dump
use std::{env, fs};
use viewcomfy_wasm::definitions::Definitions;
use viewcomfy_wasm::editor::Document;
use viewcomfy_wasm::inspect::{api_graph, editor_graph, inspect, recipe, model::Inspection};
use viewcomfy_wasm::workflow::Workflow;
fn dump(i: &Inspection<'_>) -> String {
    let r = recipe::of(&i.graph, &i.order).unwrap();
    let n = &i.graph.nodes;
    let f = |f: &recipe::Fact| {
        let v = f.value(n).map(|v| v.text().into_owned()).unwrap_or_else(|| format!("<{}>", n[f.node].class_type.as_deref().unwrap_or("")));
        let v: String = v.chars().take(60).collect();
        let v = v.replace('\n', "/");
        if env::var("WHERE").is_ok() { format!("{v} @{}.{}", n[f.node].id, f.input.map_or("", |x| &n[f.node].inputs[x].name)) } else { v }
    };
    let fs_ = |l: &Vec<recipe::Fact>| l.iter().map(f).collect::<Vec<_>>().join(" || ");
    let o = |l: &Option<recipe::Fact>| l.as_ref().map_or("-".into(), f);
    let mut s = String::new();
    for (out, stages) in &r.outputs {
        s += &format!("OUT {} {}\n", n[*out].id, n[*out].class_type.as_deref().unwrap_or(""));
        for st in stages {
            let st = &r.stages[*st];
            s += &format!("  [{} {}] {} {} steps={} cfg={} g={} dn={} seed={} size={}x{} len={} n={}\n    + {}\n    - {}\n    M {}\n", n[st.node].id, n[st.node].class_type.as_deref().unwrap_or(""), o(&st.sampler), o(&st.scheduler), o(&st.steps), o(&st.cfg), o(&st.guidance), o(&st.denoise), o(&st.seed), o(&st.size[0]), o(&st.size[1]), o(&st.size[2]), o(&st.size[3]), fs_(&st.positive), fs_(&st.negative), fs_(&st.models));
            for l in &st.loras { s += &format!("    L {} {} {}\n", f(&l.name), o(&l.strength_model), o(&l.strength_clip)); }
        }
    }
    s
}
fn main() {
    let defs = Definitions::parse_bundled(&fs::read("pkg/definitions.json").unwrap()).unwrap();
    for a in env::args().skip(1) {
        let b = fs::read(&a).unwrap();
        let (mut s1, mut s2) = (String::new(), String::new());
        let d = if env::var("NODEFS").is_ok() { None } else { Some(&defs) };
        let t = match Workflow::open(&b, &mut s1) {
            Ok(w) => dump(&inspect(api_graph(&w), d)),
            Err(_) => match Document::open(&b, &mut s2) { Ok(doc) => match editor_graph(&doc, d) { Ok(g) => dump(&inspect(g, d)), Err(e) => format!("ERR {e}\n") }, Err(e) => format!("ERR {e}\n") },
        };
        println!("### {a}\n{t}");
    }
}
