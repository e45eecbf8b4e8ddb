// The run as a React component, with the package's hook.

import { clientOf, endpointNotes, requestLines } from "./javascript.js";

/** @param {import("./programs.js").Parts} parts */
export function reactFor({ workflowName, params, sendWorkflow, route = null }) {
  const [first, ...rest] = clientOf(route);
  const options = [first, ...rest.map((line) => `    ${line}`)].join("\n");
  return [
    'import { useEffect, useState } from "react";',
    'import init, { ViewComfyClient } from "viewcomfy-wasm";',
    'import { useInfer } from "viewcomfy-wasm/react";',
    "",
    "export function Workflow() {",
    "  const [client, setClient] = useState(null);",
    "  const { run, cancel, status, progress, result, error } = useInfer(client);",
    '  const busy = status === "waiting" || status === "running";',
    "",
    ...endpointNotes(route).map((line) => `  ${line}`),
    "  useEffect(() => {",
    `    init().then(() => setClient(new ViewComfyClient(${options})));`,
    "  }, []);",
    "",
    "  async function start() {",
    `    const workflow = await (await fetch(${JSON.stringify(`/${workflowName}`)})).text();`,
    "    await run({",
    ...requestLines(params, sendWorkflow).map((line) => `    ${line}`),
    "    });",
    "  }",
    "",
    "  return (",
    "    <>",
    "      <button onClick={start} disabled={!client || busy}>Run</button>",
    "      <button onClick={cancel} disabled={!busy}>Cancel</button>",
    "      {busy && <progress max={100} value={progress?.percent ?? undefined} />}",
    '      {error && <p role="alert">{error.message}</p>}',
    "      {result?.outputs.map((output) => <p key={output.filename}>{output.filename}</p>)}",
    "    </>",
    "  );",
    "}",
  ].join("\n");
}
