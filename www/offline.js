// Says while the browser is offline what then cannot be reached.

import { byId } from "./dom.js";

export function setUpOffline() {
  const update = () => (byId("offline").hidden = navigator.onLine);
  addEventListener("online", update);
  addEventListener("offline", update);
  update();
}
