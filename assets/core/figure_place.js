// Where among the sheet's blocks the page's figure stands. The figure comes when it is drawn.

import { element } from "./dom.js";
import { addPart } from "./parts.js";

/** @import { Block, Kind } from "./types.d.ts" */

export const PLACED = "figure-placed";
export const DRAWN = "figure-drawn"; // what the document hears when the figure has been drawn

/** @type {Kind<Block>} */
const figure = {
  signature: () => "",
  build() {
    queueMicrotask(() => document.dispatchEvent(new Event(PLACED))); // by then it is on the page
    return element("div", "figure-place");
  },
  patch() {},
};

addPart({ blocks: { figure } });
