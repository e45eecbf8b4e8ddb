// A route in a separate process, for tests of its memory and of its output: `node proxy-process.js OPTIONS KIND`,
// the options as JSON, the kind "proxy", "cloud" or "comfyui". Sends its address and, on request, its peak memory since the
// last time.

import { startCloudRoute } from "./cloud.js";
import { startRoute } from "./comfy-route.js";
import { startProxy } from "./proxy.js";

const STARTS = { proxy: startProxy, cloud: startCloudRoute, comfyui: startRoute };
const SAMPLED_MS = 10;

const [, , options, kind] = process.argv;
const { failures, url } = await STARTS[kind](JSON.parse(options));
let most = 0;
/** Collects garbage first: when Node does so by itself depends on how busy the machine is. */
const sample = () => {
  globalThis.gc({ type: "minor" });
  most = Math.max(most, process.memoryUsage.rss());
};
setInterval(sample, SAMPLED_MS);

process.on("message", () => {
  sample();
  process.send({
    rss: most,
    failures: failures.map(({ cause, ...told }) => ({ ...told, cause: `${cause}` })),
  });
  most = 0;
});
process.on("disconnect", () => process.exit());
process.send({ url });
