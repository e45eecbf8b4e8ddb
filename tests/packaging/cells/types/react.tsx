// Uses the types of the hook.

import type { ReactNode } from "react";
import type { ViewComfyClient } from "viewcomfy-wasm";
import { useInfer } from "viewcomfy-wasm/react";

export function Fox({ client }: { client: ViewComfyClient }): ReactNode {
  const { run, status, progress } = useInfer(client);
  return (
    <button type="button" onClick={() => run({ params: { "6-inputs-text": "a red fox" } })}>
      {status} {progress?.percent}
    </button>
  );
}
