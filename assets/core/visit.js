// A link to a place on another page; a plain click keeps the session, and its undo.

import { setAttribute, setText } from "./dom.js";

export function patchVisit(node, { label, href, page, step, t, entry }) {
  setText(node, label);
  setAttribute(node, "href", href);
  Object.assign(node.dataset, { visit: page, step, t, entry });
}

// A click with a key held opens a new tab, as with any link.
export function follow(event, link, outbox) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { visit: page, step, t, entry } = link.dataset;
  outbox.post({ kind: "visit", page, step, t: Number(t), entry: Number(entry) });
}
