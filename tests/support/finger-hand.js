// A finger on a phone: every tapped control is at least 44 pixels wide and high, and nothing covers it.

import { expect } from "@playwright/test";

import { expectInSight, hitBeside } from "./in-sight.js";

/** The phone that Playwright emulates. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Points to each side of the centre, in whole pixels as in hit testing: rounded corners are not part of a target. */
const REACH = 21;
const AROUND = [
  [0, 0],
  [-REACH, 0],
  [REACH, 0],
  [0, -REACH],
  [0, REACH],
];

/** Creates it for a page. Controls are found by role and accessible name. */
export function fingerHand(page) {
  // Once there is a listener, the browser does not open a file dialog.
  page.on("filechooser", () => {});
  const find = (role, name) =>
    page.getByRole(role, { name, exact: typeof name === "string" }).filter({ visible: true });

  let session = null;

  /** Scrolls to a control, as a thumb does, and checks that it can be tapped without hitting another. */
  async function reach(role, name) {
    const control = find(role, name).first();
    await expect(control).toBeVisible();
    await control.evaluate((element) => element.scrollIntoView({ block: "center", inline: "center" }));
    await expectInSight(control);
    const message = `${role} "${name}" must be a target of 44 px`;
    expect(await smallestSide(control), message).toBeGreaterThanOrEqual(44);
    await expect.poll(() => hitBeside(control, AROUND), { message }).toEqual([]);
    return control;
  }

  async function press(role, name) {
    const control = await reach(role, name);
    // A tap becomes a click a moment later, which also places the caret in a text.
    await Promise.all([clickOn(control), control.tap()]);
    return control;
  }

  async function sees(role, name) {
    const seen = find(role, name).first();
    await expectInSight(seen);
    return seen;
  }

  /** One finger, put down at the first point and at rest on the last before it is lifted: lifted while moving, it would fling. */
  async function stroke(points) {
    session ??= await page.context().newCDPSession(page);
    // Each event has a timestamp in seconds; the last is now, so that later events come after it.
    let timestamp = Date.now() / 1000 - points.length - 1;
    const touch = (type, touchPoints) => {
      timestamp += 1;
      return session.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp });
    };
    const [start, ...rest] = points.map(([x, y]) => ({ x, y }));
    await touch("touchStart", [start]);
    for (const point of rest) await touch("touchMove", [point]);
    await touch("touchEnd", []);
  }

  /** Points on a horizontal line over an element, from one fraction of its width to another. */
  async function across(element, from, to) {
    const { x, y, width, height } = await element.boundingBox();
    const steps = [0, 0.25, 0.5, 0.75, 1];
    return steps.map((step) => [x + width * (from + (to - from) * step), y + height / 2]);
  }

  return {
    reach,
    press,
    sees,
    toggle: press,
    async seesText(text) {
      await expectInSight(page.getByText(text).filter({ visible: true }).first());
    },
    async type(role, name, text) {
      // The caret appears after the tap, and fields may be rebuilt after it when definitions have loaded: then tap again.
      await expect(async () => {
        const field = await press(role, name);
        await expect(field).toBeFocused({ timeout: 5_000 });
        await page.keyboard.press("ControlOrMeta+A");
        expect(await isAllSelected(field)).toBe(true);
      }).toPass();
      await page.keyboard.type(text);
    },
    tab: (name) => press("tab", name),
    async choose(role, name, file) {
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(role, name)]);
      await chooser.setFiles({ name: file.name, mimeType: file.type, buffer: file.bytes });
    },
    run: () => press("button", "Run"),
    cancel: () => press("button", "Cancel"),
    paint: async (sheet) => stroke(await across(sheet, 0.2, 0.8)),
    /** On a picture with a divider, the finger moves the divider itself. */
    async slide(role, name, frame) {
      await stroke(await across(frame, 0.5, 0.25));
      await expect(find(role, name)).toHaveValue("25");
    },
  };
}

async function isAllSelected(field) {
  return field.evaluate((input) => input.selectionStart === 0 && input.selectionEnd === input.value.length);
}

/** Waits until a control is clicked. */
async function clickOn(control) {
  await control.evaluate((element) => {
    return new Promise((resolve) => {
      element.addEventListener("click", () => resolve(null), { once: true });
    });
  });
}

/** The smaller side of the area that takes a press: a control, its label, or a pseudo-element over it. */
async function smallestSide(control) {
  return control.evaluate((element) => {
    const target = element.closest("label") ?? element;
    const box = target.getBoundingClientRect();
    const over = getComputedStyle(target, "::after");
    const larger = (side) => Math.max(box[side], over.position === "absolute" ? parseFloat(over[side]) : 0);
    return Math.min(larger("width"), larger("height"));
  });
}
