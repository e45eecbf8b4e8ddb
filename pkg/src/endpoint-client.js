// The client of servers: it asks endpoints by endpoint-fetch.js unless it was given a fetch.

import { nameClass } from "./class-name.js";
import { endpointFetch } from "./endpoint-fetch.js";

/** @param {new (options: any) => object} Client the client that asks by the global fetch */
export function askingEndpoints(Client) {
  return class ViewComfyClient extends Client {
    static {
      nameClass(ViewComfyClient, "ViewComfyClient");
    }

    constructor(options) {
      super(withFetch(options));
    }
  };
}

/** What was given stays as it is, getters and all; a fetch of the caller's own counts. */
function withFetch(options) {
  if (typeof options !== "object" || options === null || options.fetch !== undefined) return options;
  return Object.create(options, { fetch: { value: endpointFetch } });
}
