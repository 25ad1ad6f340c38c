// Long series are one stop for Tab, and arrows go on inside: the matrices of a page that has many
// of them, the steps of a graph. Where one equation is the page's work, Tab goes through its cells.

import { findAll, on } from "./dom.js";
import { addPart, SHOWN } from "./parts.js";
import { rove, setStop } from "./roving.js";

const MATRIX = ":is(.card, .stacked, :has(> .equation ~ .equation)) .brackets";
const GRAPH = ".graph-box";

addPart({
  listen(root) {
    root.addEventListener(SHOWN, () => {
      for (const graph of news(root, GRAPH)) {
        rove(graph, "a.node");
        setStop(graph, "a.node", null);
      }
      // Its cells have neighbours in two directions: keyboard.js knows them.
      for (const matrix of news(root, MATRIX)) {
        on(matrix, "focusin", (cell) => setStop(matrix, "[data-cell]", cell));
        setStop(matrix, "[data-cell]", null);
      }
    });
  },
});

/**
 * Return the series that have been built since the last time.
 *
 * @param {HTMLElement} root
 * @param {string} selector
 */
function news(root, selector) {
  const found = findAll(root, `:is(${selector}):not([data-series])`);
  for (const box of found) box.dataset.series = "";
  return found;
}
