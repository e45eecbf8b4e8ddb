// The page shows what its worker tells; the wasm and the run are in the worker.

const $ = (id) => document.querySelector(`#${id}`);
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

worker.onmessage = async ({ data: { keys, line, picture } }) => {
  if (keys) $("keys").textContent = keys.join("\n");
  if (line) $("log").append(`${line}\n`);
  if (!picture) return;
  $("picture").src = URL.createObjectURL(picture);
  await $("picture").decode();
  $("status").textContent = "done";
};
worker.onerror = ({ message }) => {
  $("status").textContent = `Error: ${message}`;
};
worker.postMessage({ workflow: await (await fetch("workflow_api.json")).text() });
