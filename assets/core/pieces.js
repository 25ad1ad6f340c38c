// A sentence with letters in it that are typeset: what is prose and what is LaTeX, Python says.

import { element } from "./dom.js";
import { setFormula } from "./formula.js";

/** @typedef {{ text?: string, latex?: string }} Piece */

/**
 * @param {HTMLElement} node
 * @param {Piece[]} pieces
 */
export function setPieces(node, pieces) {
  const key = JSON.stringify(pieces);
  if (node.dataset.pieces === key) return;
  node.dataset.pieces = key;
  node.replaceChildren(...pieces.map((piece) => piece.text ?? typeset(piece.latex ?? "")));
}

/** @param {string} latex */
function typeset(latex) {
  const node = element("span", "letter");
  setFormula(node, latex);
  return node;
}
