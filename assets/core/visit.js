// A link to a place on another page; a plain click keeps the session, and its undo.

import { on, setAttribute, setText } from "./dom.js";
import { addPart } from "./parts.js";

/** @import { Visit } from "./types.d.ts" */

/**
 * @param {HTMLAnchorElement} link
 * @param {Visit} visit
 */
export function patchVisit(link, visit) {
  setText(link, visit.label);
  aim(link, visit);
}

/**
 * Let a link lead to a place, whatever it shows.
 *
 * @param {HTMLElement | SVGElement} link
 * @param {Omit<Visit, "label">} visit
 */
export function aim(link, { href, page, step, t, entry, look_up: lookUp = "" }) {
  setAttribute(link, "href", href);
  Object.assign(link.dataset, { visit: page, step, t, entry, lookUp });
}

addPart({
  listen(root, outbox) {
    on(root, "click", (target, event) => {
      const link = /** @type {HTMLElement?} */ (target.closest("a[data-visit]"));
      if (!link || !isPlain(event)) return;
      event.preventDefault();
      const { visit: page, step, t, entry, lookUp: query } = link.dataset;
      const place = { page, step, t: Number(t), entry: Number(entry) };
      outbox.post(query ? { kind: "look_up", ...place, query } : { kind: "visit", ...place });
    });
  },
});

/**
 * Tell whether a click is for this tab: with a key held, or another button, it is for a new one.
 *
 * @param {MouseEvent} event
 */
export function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }) {
  return !(button || ctrlKey || metaKey || shiftKey || altKey);
}
