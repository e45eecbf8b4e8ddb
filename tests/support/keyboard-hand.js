// The keyboard alone: controls are reached with Tab, as by a user without a mouse. The test itself does not click, focus or
// fill anything.

import { expect } from "@playwright/test";

import { expectInSight } from "./in-sight.js";

/** The most presses of Tab that a user should need. */
const MOST_TABS = 60;

/** Makes it for a page. Controls are named by role and accessible name. */
export function keyboardHand(page) {
  const { keyboard } = page;
  // From the first listener on the browser opens no window for files.
  page.on("filechooser", () => {});
  const find = (role, name) =>
    page.getByRole(role, { name, exact: typeof name === "string" }).filter({ visible: true });

  /** Presses Tab until a control has the focus; with `back`, Shift+Tab. */
  async function reach(role, name, { back = false } = {}) {
    const key = back ? "Shift+Tab" : "Tab";
    const passed = [];
    while (!(await hasFocus(find(role, name)))) {
      passed.push(await focusedWords(page));
      const told = `${role} "${name}" is not reached by ${MOST_TABS} presses of ${key}, but: ${passed.join(", ")}`;
      expect(passed.length, told).toBeLessThanOrEqual(MOST_TABS);
      await keyboard.press(key);
    }
    const control = page.locator(":focus");
    await expectInSight(control);
    return control;
  }

  async function pressKey(key) {
    await keyboard.press(key);
    await expectFocus();
  }

  /** Checks that the focus has not been lost to the body. */
  async function expectFocus() {
    await expect.poll(() => focusedWords(page)).not.toBe("body");
  }

  async function press(role, name, way) {
    await reach(role, name, way);
    await pressKey("Enter");
  }

  async function sees(role, name) {
    const seen = find(role, name).first();
    await expectInSight(seen);
    await expectFocus();
    return seen;
  }

  return {
    reach,
    press,
    sees,
    async seesText(text) {
      await expectInSight(page.getByText(text).filter({ visible: true }).first());
      await expectFocus();
    },
    async toggle(role, name) {
      await reach(role, name);
      await pressKey("Space");
    },
    async type(role, name, text) {
      await reach(role, name);
      await keyboard.press("ControlOrMeta+A");
      await keyboard.type(text);
    },
    async tab(name) {
      await reach("tab", /./);
      for (let presses = 0; !(await hasFocus(find("tab", name))); presses += 1) {
        expect(presses, `tab "${name}" is not reached by arrow keys`).toBeLessThan(10);
        await pressKey("ArrowRight");
      }
    },
    async choose(role, name, file) {
      await reach(role, name);
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), keyboard.press("Enter")]);
      await chooser.setFiles({ name: file.name, mimeType: file.type, buffer: file.bytes });
    },
    run: () => pressKey("Control+Enter"),
    cancel: () => pressKey("Escape"),
    /** Draws a line to the right from the middle. */
    async paint() {
      await keyboard.down("Space");
      for (let presses = 0; presses < 12; presses += 1) await keyboard.press("ArrowRight");
      await keyboard.up("Space");
    },
    async slide(role, name) {
      const slider = await reach(role, name);
      for (let presses = 0; presses < 5; presses += 1) await keyboard.press("ArrowLeft");
      await expect(slider).toHaveValue("45");
    },
  };
}

async function hasFocus(locator) {
  return locator.evaluateAll((all) => all.includes(document.activeElement));
}

/** The focused element in a few words, for a failure. */
async function focusedWords(page) {
  return page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) return "body";
    const name = activeElement.getAttribute("aria-label") ?? activeElement.textContent ?? "";
    return `${activeElement.localName} ${name.trim().slice(0, 40)}`.trim();
  });
}
