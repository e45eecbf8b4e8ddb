// Every way to say where the wasm comes from.

import init, { type InitInput } from "viewcomfy-wasm";

declare const module: WebAssembly.Module;
declare const bytes: Uint8Array<ArrayBuffer>;

const loaded: Promise<void> = init();
await init("/assets/viewcomfy_wasm_bg.wasm");
await init(new URL("https://example.com/viewcomfy_wasm_bg.wasm"));
await init(fetch("/viewcomfy_wasm_bg.wasm"));
await init(new Request("/viewcomfy_wasm_bg.wasm"));
await init(bytes);
await init(bytes.buffer);
await init(module);

const later: Promise<InitInput> = Promise.resolve(module);
await init(later);

// @ts-expect-error null is not a source
await init(null);
// @ts-expect-error one source at a time
await init("/a.wasm", "/b.wasm");
// @ts-expect-error nothing comes back
const nothing: WebAssembly.Exports = await init();

export { loaded, nothing };
