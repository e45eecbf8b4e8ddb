// What scripts/page.js bundles to dagre.js, for the type check, which runs without a build.

export { Graph, layout } from "@dagrejs/dagre";
