// A dialog that says what the keys of a page do.

import { element, setAttribute } from "./dom.js";

/**
 * @param {HTMLElement} root what it stands in
 * @param {{ title: string, text: string, close: string, rows: string[][] }} help
 * @param {{ label: string, pressed: boolean, press: () => void }} toggle a button beside Close
 */
export function openKeys(root, { title, text, close, rows }, toggle) {
  const dialog = element("dialog", "guide keys", "", { "aria-labelledby": "keys-title" });
  const heading = element("h2", "", title, { id: "keys-title", tabindex: -1, autofocus: true });
  const list = element("dl");
  for (const [keys, what] of rows) {
    const row = element("div");
    const names = element("dt");
    names.append(...keys.split(", ").map((key) => element("kbd", "", key)));
    row.append(names, element("dd", "", what));
    list.append(row);
  }
  const buttons = element("div", "guide-buttons");
  buttons.append(
    buildButton(close, () => dialog.close()),
    buildToggle(toggle),
  );
  dialog.append(heading, element("p", "", text), list, buttons);
  const before = /** @type {HTMLElement?} */ (document.activeElement);
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus();
  });
  root.append(dialog);
  dialog.showModal();
}

/** @param {{ label: string, pressed: boolean, press: () => void }} toggle */
function buildToggle({ label, pressed, press }) {
  const button = buildButton(label, () => {
    press();
    setAttribute(button, "aria-pressed", button.getAttribute("aria-pressed") !== "true");
  });
  setAttribute(button, "aria-pressed", pressed);
  return button;
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function buildButton(text, act) {
  const button = element("button", "act", text, { type: "button" });
  button.addEventListener("click", act);
  return button;
}
