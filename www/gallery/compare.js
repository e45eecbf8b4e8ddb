// Two runs over each other, with a divider that is moved: by pointer, or by the slider below from the keyboard.

import { el } from "../dom.js";
import { differences, picturesOf, runCaption } from "./kept-pictures.js";
import { openViewer } from "./viewer.js";

/** Opens the comparison of two kept runs, the later one on the right. */
export async function compareRuns(runs) {
  const [later, earlier] = runs;
  const sides = [earlier, later];
  const { pictures, release } = await picturesOf(sides);
  const images = sides.map((_, at) =>
    el("img", { draggable: "false", class: at === 1 ? "compare-over" : null }),
  );
  const frame = el("div", { class: "compare-frame" }, images, el("span", { class: "compare-line" }));
  const divider = el("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 50,
    class: "slider",
    "aria-label": "Divider between the two pictures",
  });
  const move = (percent) => {
    divider.value = String(percent);
    frame.style.setProperty("--at", `${percent}%`);
  };
  divider.addEventListener("input", () => move(Number(divider.value)));
  followPointer(frame, move);
  const captions = sides.map(({ run }, side) =>
    el(
      "div",
      { class: "compare-side" },
      el("b", {}, side === 0 ? "Left" : "Right"),
      runCaption(run),
      pickerOf(pictures[side], images[side], side === 0 ? "Left" : "Right"),
    ),
  );
  openViewer({
    label: "Comparison of two runs",
    title: "Two runs compared",
    body: frame,
    foot: el(
      "div",
      { class: "lightbox-foot compare-foot" },
      divider,
      el("div", { class: "compare-sides" }, captions),
      differencesOf(sides),
    ),
    onClose: release,
  });
  move(50);
  divider.focus();
}

/** Which picture of a run is compared; a choice only where it made several. */
function pickerOf(pictures, image, side) {
  const show = (at) => {
    image.src = pictures[at]?.src ?? "";
    image.alt = pictures[at] ? `${side}: ${pictures[at].filename}` : `${side}: not kept`;
  };
  show(0);
  if (pictures.length === 0) return el("span", { class: "muted" }, "Its picture is not kept");
  if (pictures.length === 1) return el("bdi", { class: "muted" }, pictures[0].filename);
  const choice = el(
    "select",
    { class: "field", "aria-label": `${side} picture` },
    pictures.map(({ filename }, at) => el("option", { value: at }, filename)),
  );
  choice.addEventListener("change", () => show(Number(choice.value)));
  return choice;
}

function differencesOf(runs) {
  const rows = differences(runs);
  if (rows.length === 0) return el("p", { class: "muted" }, "Both ran with the same values.");
  return el(
    "div",
    { class: "compare-values" },
    el(
      "table",
      {},
      el("caption", { class: "visually-hidden" }, "Values that differ"),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["Parameter", "Left", "Right"].map((word) => el("th", { scope: "col" }, word)),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map(([key, texts]) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, el("code", {}, key)),
            texts.map((text) => el("td", { dir: "auto" }, text)),
          ),
        ),
      ),
    ),
  );
}

function followPointer(frame, move) {
  const to = (event) => {
    const box = frame.getBoundingClientRect();
    move(Math.round(Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100))));
  };
  frame.addEventListener("pointerdown", (event) => {
    frame.setPointerCapture(event.pointerId);
    to(event);
  });
  frame.addEventListener("pointermove", (event) => frame.hasPointerCapture(event.pointerId) && to(event));
}
