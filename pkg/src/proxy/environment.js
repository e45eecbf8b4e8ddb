// The settings as environments commonly name them.

import { readVariables } from "../route/environment.js";

/** Each option and its variable. */
export const VARIABLES = {
  endpoint: "VIEWCOMFY_API_URL",
  clientId: "VIEWCOMFY_CLIENT_ID",
  clientSecret: "VIEWCOMFY_CLIENT_SECRET",
  token: "VIEWCOMFY_TOKEN",
};

/** See proxy.d.ts. */
export function fromEnv(env) {
  return readVariables(VARIABLES, env);
}
