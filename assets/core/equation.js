// An equation in numbers, and the arithmetic of the entry of it that is open.

import { element, find, findAll, setText } from "./dom.js";
import { setMarked } from "./explain.js";
import { buildSign } from "./formula.js";
import { buildMatrix, matrixSignature, patchMatrix } from "./matrix.js";
import { addPart } from "./parts.js";

/** @import { Arithmetic, Equation, Kind, Matrix, Sign } from "./types.d.ts" */

/**
 * @param {Matrix | Sign} item
 * @returns {item is Matrix}
 */
const isMatrix = (item) => "rows" in item;

/** @param {(Matrix | Sign)[]} items */
export function itemsSignature(items) {
  return items.map((item) => (isMatrix(item) ? matrixSignature(item) : item.sign)).join("/");
}

/**
 * @param {(Matrix | Sign)[]} items
 * @param {(matrix: Matrix) => HTMLElement} build how a matrix is built, if not as all are
 */
export function buildItems(items, build = buildMatrix) {
  return items.map((item) => (isMatrix(item) ? build(item) : buildSign(item.sign)));
}

/**
 * @param {HTMLElement} box
 * @param {(Matrix | Sign)[]} items
 */
export function patchItems(box, items) {
  const nodes = /** @type {HTMLElement[]} */ ([...box.children]);
  items.forEach((item, i) => {
    if (isMatrix(item)) patchMatrix(nodes[i], item);
  });
}

/** @type {Kind<Equation>} */
const equation = {
  signature: ({ items }) => itemsSignature(items),
  build({ items }) {
    const box = element("div", "equation");
    box.append(...buildItems(items));
    return box;
  },
  patch(box, { items, spot }) {
    box.classList.toggle("spot", Boolean(spot));
    patchItems(box, items);
  },
};

// Each term is a span of its own: it lights up with its operands.
/** @type {Kind<Arithmetic>} */
const entry = {
  signature: ({ terms, joiner }) => `${terms.length}${joiner}`,
  build({ terms, joiner }) {
    const box = element("div", "entry", "", { "aria-live": "polite" });
    const line = element("p", "arithmetic");
    line.append(element("span", "entry-name"), " = ");
    terms.forEach((_, k) => {
      if (k) line.append(joiner);
      line.append(element("span", "term"));
    });
    line.append(" = ", element("strong", "result"));
    box.append(line, element("p", "rule"), element("p", "note"));
    return box;
  },
  patch(box, { name, terms, uses, result, rule, note }) {
    setText(find(box, ".entry-name"), name);
    findAll(box, ".term").forEach((term, k) => {
      setText(term, terms[k]);
      term.dataset.uses = uses[k].join(" ");
    });
    setText(find(box, ".result"), result);
    setMarked(find(box, ".rule"), rule);
    setMarked(find(box, ".note"), note);
  },
};

addPart({ blocks: { equation, entry } });
