// The routes in a worker: their settings are the worker's variables and secrets.

import { routesOf } from "./routes.js";

export default {
  fetch: (request, env) => routesOf(env)(request),
};
