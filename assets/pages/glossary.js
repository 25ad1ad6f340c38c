// The list of terms. Looking for one happens here, at each key; Python is told, for the address.

import { element, find, findAll, on, setText } from "../core/dom.js";
import { addPart } from "../core/parts.js";

/**
 * @import { Block, Kind } from "../core/types.d.ts"
 *
 * @typedef {object} Line one term; `of` is a cell that has it, where the one on screen has not
 * @property {string} key
 * @property {string} term
 * @property {string} of
 * @property {string} symbol
 * @property {string} shape
 * @property {string} text
 *
 * @typedef {object} GlossaryFields
 * @property {string} label what the field is called
 * @property {string} found what was looked for when the page was opened
 * @property {string} nothing what is said where no term fits
 * @property {Line[]} lines
 * @typedef {Block & GlossaryFields} Glossary
 */

/** @type {Kind<Glossary>} */
const glossary = {
  signature: ({ lines }) => lines.map(({ key, of, text }) => key + of + text).join(),
  build({ label, found, nothing, lines }) {
    const box = element("div", "glossary");
    const name = element("label", "", label);
    const field = element("input", "", "", { type: "search", autocomplete: "off" });
    field.dataset.find = "";
    field.value = found;
    name.append(field);
    const list = element("dl");
    list.append(...lines.map(buildLine));
    box.append(name, element("p", "nothing", nothing, { role: "status" }), list);
    show(box);
    return box;
  },
  patch(box, { lines }) {
    findAll(box, ".shape").forEach((node, k) => {
      setText(node, lines[k].shape);
    });
  },
};

/** @param {Line} line */
function buildLine({ term, of, symbol, text }) {
  const line = element("div");
  const name = element("dt", "", term);
  if (of) name.append(" ", element("span", "of", of));
  name.append(" ", element("span", "symbol", symbol), " ", element("span", "shape"));
  line.append(name, element("dd", "", text));
  return line;
}

/**
 * Show the terms that fit what is looked for.
 *
 * @param {HTMLElement} box
 */
function show(box) {
  const wanted = find(box, "input").value.trim().toLowerCase();
  const lines = findAll(box, "dl > div");
  for (const line of lines) line.hidden = !line.textContent?.toLowerCase().includes(wanted);
  find(box, ".nothing").hidden = lines.some((line) => !line.hidden);
}

addPart({
  blocks: { glossary },
  listen(root, outbox) {
    on(root, "input", (target) => {
      const field = /** @type {HTMLInputElement} */ (target);
      if (field.dataset.find === undefined) return;
      show(/** @type {HTMLElement} */ (field.closest(".glossary")));
      const value = field.value.trim().replace(/\s+/g, "+") || "+";
      outbox.post({ kind: "choose", option: "find", value, gesture: "find" });
    });
  },
});
