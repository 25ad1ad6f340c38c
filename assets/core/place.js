// Where among the sheet's blocks the page's figure stands. The figure comes when it is drawn.

import { element } from "./dom.js";

export const PLACED = "figure-placed";

export const figure = {
  signature: () => "",
  build() {
    queueMicrotask(() => document.dispatchEvent(new Event(PLACED))); // by then it is on the page
    return element("div", "figure-place");
  },
  patch() {},
};
