// Outputs at full size, over the page: next and previous, zoom, and what can be done with each.

import { byId, el, iconButton } from "../dom.js";
import { fileSize } from "../format.js";
import { actionsFor, saveButton } from "./actions.js";
import { player } from "./media.js";
import { createPanZoom } from "./pan-zoom.js";

const STEP = 1.5;
const PAN = 80;

/** Opens the items of a gallery at one of them. Escape or the button closes it. */
export function openLightbox(items, at, uses) {
  const dialog = byId("lightbox");
  const close = () => dialog.close();
  let now = at;
  let zoom = null;
  let frame = el("div", { class: "lightbox-frame" });
  const head = el("div", { class: "lightbox-head" });
  const percent = el("output", { class: "zoom mono", "aria-label": "Zoom" });
  const zoomBar = el(
    "div",
    { class: "lightbox-zoom", role: "group", "aria-label": "Zoom" },
    iconButton("minus", "Smaller (−)", () => zoom?.zoomBy(1 / STEP)),
    percent,
    iconButton("plus", "Larger (+)", () => zoom?.zoomBy(STEP)),
    iconButton("fit", "The whole picture (0)", () => zoom?.fit()),
  );
  const several = items.length > 1;
  const previous = iconButton("back", "Previous (←)", () => show(now - 1), {
    class: "icon-button framed",
    hidden: !several,
  });
  const next = iconButton("chevron", "Next (→)", () => show(now + 1), {
    class: "icon-button framed",
    hidden: !several,
  });
  dialog.replaceChildren(
    head,
    frame,
    el("div", { class: "lightbox-foot" }, previous, zoomBar, next, iconButton("close", "Close", close)),
  );

  function show(wanted) {
    now = (wanted + items.length) % items.length;
    const item = items[now];
    const content = enlarged(item);
    const fresh = el("div", { class: "lightbox-frame" }, content);
    frame.replaceWith(fresh);
    frame = fresh;
    zoom = null;
    if (item.media.kind === "image")
      zoom = createPanZoom({
        frame,
        content,
        onChange: (scale) => (percent.textContent = `${Math.round(scale * 100)}%`),
        onSwipe: (step) => several && show(now + step),
      });
    zoomBar.hidden = zoom === null;
    zoom?.fit();
    const note = el(
      "span",
      { class: "muted" },
      factsOf(item, several ? `${now + 1} of ${items.length}` : ""),
    );
    head.replaceChildren(
      el("div", { class: "lightbox-words" }, el("bdi", { class: "file-name" }, item.output.filename), note),
      el("div", { class: "file-uses" }, saveButton(item, note), actionsFor(item, uses, note, close)),
    );
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLMediaElement) return;
    const work = keyWork(event.key);
    if (!work) return;
    event.preventDefault();
    work();
  }

  function keyWork(key) {
    const zoomed = zoom !== null && zoom.scale() > 1;
    const pan = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] }[key];
    if (zoomed && pan) return () => zoom.panBy(...pan);
    const step = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 }[key];
    if (step && several) return () => show(now + step);
    if (zoom === null) return null;
    if (key === "+" || key === "=") return () => zoom.zoomBy(STEP);
    if (key === "-") return () => zoom.zoomBy(1 / STEP);
    return key === "0" ? () => zoom.fit() : null;
  }

  dialog.onkeydown = pressed;
  // What is shown no longer is not held, and a film does not go on unseen.
  dialog.onclose = () => dialog.replaceChildren();
  show(at);
  dialog.showModal();
  (several ? next : dialog.querySelector(".lightbox-foot button:last-child")).focus();
}

function enlarged({ output, media }) {
  const { element } = media;
  if (media.kind === "video") return player("video", output, element.src);
  return el("img", { src: element.src, alt: element.alt, draggable: "false" });
}

function factsOf({ output, media }, place) {
  const size = output.size ?? output.file?.size ?? null;
  return [place, media.size, size !== null && fileSize(size)].filter(Boolean).join(" · ");
}
