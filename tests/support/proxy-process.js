// A route in a process of its own, as tests of its memory and of what it writes need one: `node proxy-process.js OPTIONS KIND`,
// the options as JSON, the kind "proxy", "cloud" or "comfyui". Tells its address and, when asked, how much memory it took at most since the last time.

import { startCloudRoute } from "./cloud.js";
import { startRoute } from "./comfy-route.js";
import { startProxy } from "./proxy.js";

const STARTS = { proxy: startProxy, cloud: startCloudRoute, comfyui: startRoute };
const SAMPLED_MS = 10;

const [, , options, kind] = process.argv;
const { failures, url } = await STARTS[kind](JSON.parse(options));
let most = 0;
/** What nobody needs is given back first: when Node does so by itself depends on how busy the machine is. */
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
