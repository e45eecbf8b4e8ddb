// A client component: rendered on the server too, where it is idle; the wasm is loaded in the browser.
"use client";

import { useEffect, useMemo, useState } from "react";
import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";
import { useInfer } from "viewcomfy-wasm/react";

export function Runner({ workflow }) {
  const [client, setClient] = useState(null);
  const { run, status, logs, result, error } = useInfer(client);

  useEffect(() => {
    init().then(() => setClient(new ViewComfyClient({ endpoint: "/api/viewcomfy" })));
  }, []);
  useEffect(() => {
    if (client) run({ workflow, params: { "6-inputs-text": "a red fox", "3-inputs-seed": "random" } });
  }, [client, run, workflow]);

  const keys = useMemo(() => client && Object.keys(flattenWorkflow(workflow)), [client, workflow]);
  const picture = useMemo(() => result && URL.createObjectURL(result.outputs[0].file), [result]);
  const [shown, setShown] = useState(false);
  return (
    <main>
      <p id="status">{error ? `${error}` : shown ? "done" : status}</p>
      {/* biome-ignore lint/performance/noImgElement: a picture that is in memory already needs no loader */}
      {picture && <img id="picture" src={picture} alt="What the run made" onLoad={() => setShown(true)} />}
      <pre id="log">{logs.join("\n")}</pre>
      <pre id="keys">{keys?.join("\n")}</pre>
    </main>
  );
}
