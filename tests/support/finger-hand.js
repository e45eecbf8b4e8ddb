// A finger on a phone: what is tapped is at least 44 pixels wide and high, and nothing lies over it.

import { expect } from "@playwright/test";

import { expectInSight, hitBeside } from "./in-sight.js";

/** A phone, as Playwright makes one. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** To each side of the centre, in whole pixels, as browsers hit: rounded corners are not part of a target. */
const REACH = 21;
const AROUND = [
  [0, 0],
  [-REACH, 0],
  [REACH, 0],
  [0, -REACH],
  [0, REACH],
];

/** Makes it for a page. Controls are named by role and accessible name. */
export function fingerHand(page) {
  // From the first listener on the browser opens no window for files.
  page.on("filechooser", () => {});
  const find = (role, name) =>
    page.getByRole(role, { name, exact: typeof name === "string" }).filter({ visible: true });

  let session = null;

  /** Scrolls to a control, as a thumb does, and sees that it can be tapped without hitting another. */
  async function reach(role, name) {
    const control = find(role, name).first();
    await expect(control).toBeVisible();
    await control.evaluate((element) => element.scrollIntoView({ block: "center", inline: "center" }));
    await expectInSight(control);
    const message = `${role} "${name}" is a target of 44 px`;
    expect(await smallestSide(control), message).toBeGreaterThanOrEqual(44);
    await expect.poll(() => hitBeside(control, AROUND), { message }).toEqual([]);
    return control;
  }

  async function press(role, name) {
    const control = await reach(role, name);
    // A tap is a click a moment later, and places the caret in a text with it.
    await Promise.all([clickOn(control), control.tap()]);
    return control;
  }

  async function sees(role, name) {
    const seen = find(role, name).first();
    await expectInSight(seen);
    return seen;
  }

  /** One finger, put down at the first point, at rest on the last before it is lifted: lifted in flight it would fling. */
  async function stroke(points) {
    session ??= await page.context().newCDPSession(page);
    // Each event says when it was, in seconds; the last is now, so that what follows comes after it.
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

  /** Points on a level line over an element, from one part of its width to another. */
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
      // The caret of a tap comes behind it, and so may fields that are built anew with what became known: then one taps again.
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
    /** On a picture with a divider the finger moves that itself. */
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

/** The smaller side of what takes a press: a control, the label around it, or what a style sheet lays over it. */
async function smallestSide(control) {
  return control.evaluate((element) => {
    const target = element.closest("label") ?? element;
    const box = target.getBoundingClientRect();
    const over = getComputedStyle(target, "::after");
    const larger = (side) => Math.max(box[side], over.position === "absolute" ? parseFloat(over[side]) : 0);
    return Math.min(larger("width"), larger("height"));
  });
}
