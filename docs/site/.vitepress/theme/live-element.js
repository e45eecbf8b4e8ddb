// The tags at work in their guide, loaded from the package beside the site. The site has no server: a function of this page
// answers the runs and draws.

import { withBase } from "vitepress";
import { h, onMounted, ref } from "vue";
import { drawInstead } from "./drawn-backend.js";

export const LiveElement = {
  setup() {
    const place = ref(null);
    onMounted(async () => {
      const app = tagOf("viewcomfy-app");
      app.setAttribute("endpoint", "/api/viewcomfy");
      app.clientOptions = { fetch: drawInstead };
      place.value.append(app, tagOf("comfy-workflow"));
      // By its address: the site's bundler leaves the package as it is.
      await import(/* @vite-ignore */ withBase("/live/element.js"));
    });
    return () =>
      h("div", { class: "live" }, [
        h("p", { class: "live-note" }, [
          h("b", "An example without a GPU. "),
          "Run is answered by this page, which draws your prompt and the seed. No model runs, and nothing is sent.",
        ]),
        h("div", { class: "live-tags", ref: place }),
      ]);
  },
};

function tagOf(name) {
  const tag = document.createElement(name);
  tag.setAttribute("src", withBase("/live/workflow_api.json"));
  tag.setAttribute("loading", "lazy");
  return tag;
}
