// A proxy in a process of its own, as tests of its memory and of what it writes need one: `node proxy-process.js OPTIONS`,
// the options as JSON. Tells its address and, when asked, how much memory it took at most since the last time.

import { startProxy } from "./proxy.js";

const SAMPLED_MS = 10;

const { failures, url } = await startProxy(JSON.parse(process.argv[2]));
let most = 0;
const sample = () => {
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
