// Where the focus was is where it stays: on the same number or choice where that is still on
// screen, else on the result that is open. Without this, a step reached from inside a matrix would
// leave the focus nowhere, and the next Tab would begin at the top of the page.

import { addPart, SHOWN } from "./parts.js";

const SAME = [["cell"], ["option", "value"], ["option"]]; // what makes two elements the same one

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
 * @returns {HTMLElement?}
 */
function successor(root, lost) {
  for (const names of SAME) {
    const { dataset } = /** @type {HTMLElement} */ (lost);
    if (!(names[0] in dataset)) continue;
    const is = (/** @type {string} */ name) =>
      `[data-${name}="${CSS.escape(dataset[name] ?? "")}"]`;
    const same = root.querySelector(names.map(is).join(""));
    if (same) return /** @type {HTMLElement} */ (same);
  }
  return root.querySelector(".open > .number");
}
