// A server component: it reads the workflow and hands it to the one that runs in the browser.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { Runner } from "./runner.jsx";

export default async function Page() {
  const workflow = await readFile(join(process.cwd(), "workflow_api.json"), "utf8");
  return <Runner workflow={workflow} />;
}
