// Formulas, drawn by KaTeX with the styles and fonts that Streamlit's page has for the same KaTeX.

import { element, loadScript } from "./dom.js";

let isReady = false;
const loaded = loadScript(new URL("../vendor/katex.min.js", import.meta.url)).then(() => {
  isReady = true;
});

/**
 * Show LaTeX as a formula; until KaTeX has arrived, as its source.
 *
 * @param {HTMLElement} node
 * @param {string} latex
 */
export function setFormula(node, latex) {
  if (node.dataset.latex === latex) return;
  node.dataset.latex = latex;
  if (isReady) return draw(node);
  loaded.then(() => draw(node));
  node.textContent = latex;
}

/** @param {HTMLElement} node */
function draw(node) {
  window.katex.render(node.dataset.latex ?? "", node, { throwOnError: false });
}

/**
 * Return what stands between two matrices.
 *
 * @param {string} latex
 */
export function buildSign(latex) {
  const node = element("span", "sign");
  setFormula(node, latex);
  return node;
}
