// A row of buttons that act on the whole session: undo, redo, reset, share.

import { element, isEnabled, on, setEnabled } from "./dom.js";
import { actOf, addPart } from "./parts.js";

/** @import { Kind, Toolbar } from "./types.d.ts" */

/** @type {Kind<Toolbar>} */
const toolbar = {
  signature: ({ items }) => items.map(({ act }) => act).join(),
  build({ items }) {
    const box = element("div", "toolbar");
    for (const { act, label, help } of items) {
      const button = element("button", "act", label, { type: "button", title: help });
      button.dataset.act = act;
      box.append(button);
    }
    return box;
  },
  patch(box, { items }) {
    items.forEach((item, i) => {
      setEnabled(box.children[i], item.on);
    });
  },
};

addPart({
  blocks: { toolbar },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-act]"));
      if (!button || !isEnabled(button)) return;
      const act = button.dataset.act ?? "";
      const here = actOf(act);
      if (here) here(root, outbox);
      else outbox.post({ kind: act });
    });
  },
});
