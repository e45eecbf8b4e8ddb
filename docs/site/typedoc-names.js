// Makes TypeDoc's pages say what a reader types: the file "proxy-node.d.ts" is "viewcomfy-wasm/proxy/node", the default
// export of an entry is "init", and a heading carries the very anchor that links to it name.

import { Converter, ReflectionKind } from "typedoc";
import { MarkdownPageEvent } from "typedoc-plugin-markdown";

const PACKAGE = "viewcomfy-wasm";
const ENTRY_OF_FILE = { index: "", "proxy-node": "/proxy/node" };
const DEFAULT_EXPORT = ReflectionKind.Function | ReflectionKind.CallSignature;
/** For the style sheet, and no link for editing: the page is generated. */
const FRONT_MATTER = "---\npageClass: reference\neditLink: false\n---\n\n";
const ANCHOR_BEFORE_HEADING = /<a id="([^"]+)"><\/a>\n\n(#+ .+)/g;

/** TypeDoc calls this when it loads the plugin. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.getReflectionsByKind(ReflectionKind.Module)) {
      entry.name = PACKAGE + (ENTRY_OF_FILE[entry.name] ?? `/${entry.name}`);
    }
    for (const reflection of project.getReflectionsByKind(DEFAULT_EXPORT)) {
      if (reflection.name === "default") reflection.name = "init";
    }
  });
  // VitePress would give the heading an anchor of its own making, and number equal ones differently.
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    page.contents = FRONT_MATTER + (page.contents ?? "").replace(ANCHOR_BEFORE_HEADING, "$2 {#$1}");
  });
}
