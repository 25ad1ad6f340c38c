// One stop of the Tab key for many parts: arrows go from part to part, Home and End to the ends.

import { findAll, on } from "./dom.js";

/** @type {{ [key: string]: (at: number, last: number) => number }} */
const MOVES = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Let the arrows move between the parts of a box; the one that has the focus is its stop.
 *
 * @param {HTMLElement} box
 * @param {string} selector of its parts
 */
export function rove(box, selector) {
  on(box, "focusin", (target) => {
    const part = target.closest(selector);
    if (part) setStop(box, selector, part);
  });
  on(box, "keydown", (target, event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const parts = findAll(box, selector).filter((part) => part.getClientRects().length);
    const at = parts.indexOf(/** @type {HTMLElement} */ (target.closest(selector)));
    if (!MOVES[key] || at < 0 || altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    parts[MOVES[key](at, parts.length - 1)].focus();
  });
}

/**
 * Make one part the stop; while the reader is among the parts, theirs is.
 *
 * @param {HTMLElement} box
 * @param {string} selector
 * @param {Element | null} stop
 */
export function setStop(box, selector, stop) {
  const parts = findAll(box, selector);
  const held = parts.find((part) => part === document.activeElement);
  for (const part of parts) part.tabIndex = part === (held ?? stop ?? parts[0]) ? 0 : -1;
}
