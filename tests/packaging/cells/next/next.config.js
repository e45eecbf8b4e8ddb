// Not about the package: this app lies inside another project, so Next.js is told where its own packages begin.

import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root };
