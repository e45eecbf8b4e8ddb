// The tags in React: 19 sets properties by itself, 18 gets them by a ref, as the guide has it.

import { StrictMode, useEffect, useRef, version } from "react";
import { createRoot } from "react-dom/client";
import "viewcomfy-wasm/element";

const VALUES = { "6-inputs-text": "a red fox" };
const workflow = await (await fetch("/workflow_api.json")).text();

function App() {
  const app = useRef(null);
  useEffect(() => {
    if (version.startsWith("18")) Object.assign(app.current, { workflow, values: VALUES });
  }, []);
  const properties = version.startsWith("18") ? { ref: app } : { workflow, values: VALUES };
  return (
    <>
      <viewcomfy-app endpoint="/api/viewcomfy" {...properties} />
      <comfy-workflow src="/workflow_api.json" />
    </>
  );
}

const place = document.body.appendChild(document.createElement("main"));
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
document.title = `React ${version}`;
