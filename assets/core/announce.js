// A step that was reached without its list: its name is read aloud. The list says itself what was
// chosen in it, and a lecture has words of its own.

import { element, findAll, setText } from "./dom.js";
import { addPart, SHOWN } from "./parts.js";

addPart({
  listen(root) {
    const line = element("p", "spoken", "", { role: "status" });
    let before = "";
    root.addEventListener(SHOWN, () => {
      const now = whereIn(root);
      if (!line.isConnected) root.append(line);
      if (before && now !== before && !saysItself(root)) setText(line, now);
      before = now;
    });
  },
});

/**
 * Return the step and the time step on screen, as their lists write them.
 *
 * @param {HTMLElement} root
 */
function whereIn(root) {
  const lists = /** @type {HTMLSelectElement[]} */ (findAll(root, ".walk select"));
  return lists.map((list) => list.selectedOptions[0]?.text ?? "").join(", ");
}

/** @param {HTMLElement} root */
function saysItself(root) {
  return document.activeElement?.matches(".walk select") || root.querySelector(".lecture-bar");
}
