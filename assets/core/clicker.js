// A clicker's keys, Page Down and Page Up, and Esc: they work wherever the focus is.

import { isDark, lighten } from "./dark.js";
import { isHeld } from "./keyboard.js";

/** @type {{ [key: string]: 1 | -1 }} */
export const CLICKER = { PageDown: 1, PageUp: -1 };

/**
 * Deal with such a key before anything else hears it.
 *
 * @param {KeyboardEvent} event
 * @param {(by: 1 | -1) => void} go
 */
export function onClicker(event, go) {
  const by = CLICKER[event.key];
  if (isHeld(event) || !(by || event.key === "Escape")) return;
  if (by || isDark()) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  if (isDark()) return lighten();
  if (!by) return letGoLater();
  if (event.repeat) return; // a button that is held down is one press
  for (const dialog of document.querySelectorAll("dialog[open]")) {
    /** @type {HTMLDialogElement} */ (dialog).close();
  }
  letGo(); // what was being typed goes to Python first
  go(by);
}

function letGo() {
  /** @type {HTMLElement?} */ (document.activeElement)?.blur();
}

/** Esc is the field's own first: a cell takes back what was typed, a list closes. */
function letGoLater() {
  const held = document.activeElement;
  const inDialog = document.querySelector("dialog[open]");
  setTimeout(() => {
    if (!inDialog && document.activeElement === held) letGo();
  });
}
