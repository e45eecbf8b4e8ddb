// The tags at work in their guide, loaded from the package beside the site. Behind this site nothing runs a workflow, so Run
// shows what it would send.

import { withBase } from "vitepress";
import { h, onMounted, ref } from "vue";

const TAGS = ["viewcomfy-app", "comfy-workflow"];

export const LiveElement = {
  setup() {
    const place = ref(null);
    const sent = ref("");
    onMounted(async () => {
      place.value.append(...TAGS.map(tagOf));
      place.value.addEventListener("run", (event) => {
        event.preventDefault();
        sent.value = JSON.stringify(event.detail.params, exactly, 2);
      });
      // By its address: the site's bundler leaves the package as it is.
      await import(/* @vite-ignore */ withBase("/live/element.js"));
    });
    return () =>
      h("div", { class: "live" }, [
        h("div", { class: "live-tags", ref: place }),
        sent.value && h("p", "This page has no server. Run would send:"),
        sent.value && h("pre", sent.value),
      ]);
  },
};

/** Integers of any size, digit by digit. */
function exactly(_key, value) {
  return typeof value === "bigint" ? String(value) : value;
}

function tagOf(name) {
  const tag = document.createElement(name);
  tag.setAttribute("src", withBase("/live/workflow_api.json"));
  tag.setAttribute("loading", "lazy");
  return tag;
}
