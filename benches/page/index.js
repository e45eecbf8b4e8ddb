// The functions of the benchmark's page that the driver calls: `globalThis.bench`.

import { flattenRounds } from "./flatten.js";
import { lookRounds } from "./look.js";
import { drop, prepare, receive, receiveLogs, verify } from "./receive.js";

Object.assign(globalThis, {
  bench: { drop, flattenRounds, lookRounds, prepare, receive, receiveLogs, verify },
});
