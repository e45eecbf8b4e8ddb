// Looking into workflows: what is found, told, converted.

import init, {
  type ConvertWarning,
  diffWorkflows,
  type FoundWorkflow,
  findWorkflow,
  formSchema,
  inspectWorkflow,
  NodeDefinitions,
  type Problem,
  toApiFormat,
} from "viewcomfy-wasm/inspect";

await init();
const found: FoundWorkflow | null = await findWorkflow(new Blob([]));
const text: string = found?.prompt?.json ?? "{}";
const server = new NodeDefinitions(text);
const bundled: NodeDefinitions = await NodeDefinitions.bundled();
const problems: Problem[] = inspectWorkflow(text, { objectInfo: server }).problems;
const from: string | null = bundled.bundledFrom;
const titles: string[] = formSchema(text, { objectInfo: server }).basic.map((group) => group.title);
const same: boolean = diffWorkflows(text, new Uint8Array()).same;

const converted = await toApiFormat(text, { dynamicPrompts: 7n, now: new Date(), strict: true });
const warnings: ConvertWarning[] = converted.warnings;
// @ts-expect-error there is no such way
await toApiFormat(text, { dynamicPrompts: "random" });
// @ts-expect-error a path is not a file
await findWorkflow("picture.png");

export { from, problems, same, titles, warnings };
