// The ripple: gates and states as a strip of numbers, each with what it was before the last edit,
// and a sentence on how far that edit travelled. Everything in it leads to its step and entry.

import { element, find, findAll, on, setAttribute, setText } from "../core/dom.js";
import { addPart } from "../core/parts.js";
import { rove, setStop } from "../core/roving.js";

/**
 * @import { Block, Kind } from "../core/types.d.ts"
 *
 * @typedef {object} Number_ one number; `cell` is its address
 * @property {string} cell
 * @property {string} name
 * @property {string} text
 * @property {number} share
 * @property {boolean} here
 * @property {string} [was]
 *
 * @typedef {{ label: string, stage: string, numbers: Number_[], more: boolean }} StripPart
 * @typedef {{ text: string, cell?: string, t?: number }} Clause with a cell, it leads there
 * @typedef {Block & { name: string, t: number, parts: StripPart[], clauses: Clause[] }} Ripple
 */

const LEADING = "[data-enter]";

/** @type {Kind<Ripple>} */
const ripple = {
  signature: ({ parts }) => parts.map(({ label, numbers }) => label + numbers.length).join(),
  build({ name, parts }) {
    const box = element("div", "ripple");
    const strip = element("div", "strip", "", { role: "group", "aria-label": name });
    strip.append(...parts.map(buildPart));
    box.append(strip, element("p", "travel", "", { role: "status" }));
    rove(strip, LEADING);
    return box;
  },
  patch(box, { t, parts, clauses }) {
    const strip = find(box, ".strip");
    const numbers = parts.flatMap((part) => part.numbers);
    findAll(strip, LEADING).forEach((node, k) => {
      patchNumber(node, numbers[k], t);
    });
    setStop(strip, LEADING, strip.querySelector("[aria-current]"));
    patchSentence(find(box, ".travel"), clauses);
  },
};

/** @param {StripPart} part */
function buildPart({ label, stage, numbers, more }) {
  const box = element("span", "strip-part");
  box.dataset.stage = stage;
  const row = element("span", "strip-row");
  row.append(...numbers.map(buildNumber));
  if (more) row.append("…");
  box.append(element("span", "strip-label", label), row);
  return box;
}

/** @param {Number_} number */
function buildNumber({ cell }) {
  const button = element("button", "strip-number", "", { type: "button" });
  button.dataset.enter = cell;
  button.append(element("span", "strip-was"), element("span", "strip-now"));
  return button;
}

/**
 * @param {HTMLElement} button
 * @param {Number_} number
 * @param {number} t
 */
function patchNumber(button, { name, text, was, share, here }, t) {
  button.dataset.t = String(t);
  setText(find(button, ".strip-was"), was ? `${was} →` : "");
  setText(find(button, ".strip-now"), text);
  setAttribute(button, "aria-label", name);
  setAttribute(button, "title", name);
  setAttribute(button, "aria-current", here ? "true" : "");
  button.classList.toggle("moved", Boolean(was));
  button.classList.toggle("negative", share < 0);
  button.style.setProperty("--share", String(Math.abs(share)));
}

/**
 * @param {HTMLElement} line
 * @param {Clause[]} clauses
 */
function patchSentence(line, clauses) {
  const said = JSON.stringify(clauses);
  if (line.dataset.said === said) return;
  line.dataset.said = said;
  line.replaceChildren(...clauses.flatMap((clause) => [buildClause(clause), " "]));
}

/** @param {Clause} clause */
function buildClause({ text, cell, t }) {
  if (cell === undefined) return element("span", "", text);
  const button = element("button", "leading", text, { type: "button" });
  Object.assign(button.dataset, { enter: cell, t: String(t) });
  return button;
}

addPart({
  blocks: { ripple },
  marks: {
    "is-step": ".step-operation",
    "is-product": ".step-numbers .headed",
    "is-wide": ".step-numbers .column:nth-of-type(8)",
    "has-times": '[data-choice="t"]',
  },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest(LEADING));
      if (!button) return;
      const { enter: cell, t } = button.dataset;
      outbox.post({ kind: "enter", cell, t: Number(t) });
    });
  },
});
