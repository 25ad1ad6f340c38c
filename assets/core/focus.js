// Where the focus was is where it stays: on the same number where that is still on screen, else on
// the result that is open. Without this, a step reached from inside a matrix would leave the focus
// nowhere, and the next Tab would begin at the top of the page.

import { addPart, SHOWN } from "./parts.js";

/** @type {Element?} */
let before = null;

addPart({
  update(root) {
    before = root.contains(document.activeElement) ? document.activeElement : null;
  },
  listen(root) {
    root.addEventListener(SHOWN, () => {
      if (before && !before.isConnected) successor(root, before)?.focus({ preventScroll: true });
    });
  },
});

/**
 * @param {HTMLElement} root
 * @param {Element} lost
 */
function successor(root, lost) {
  const { cell = "" } = /** @type {HTMLElement} */ (lost).dataset;
  const same = cell && root.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  return /** @type {HTMLElement?} */ (same || root.querySelector(".open > .number"));
}
