// The page on gate space: a waterfall with its editors and sliders.

import { patchSlider } from "../core/controls.js";
import { element, find, setAttribute, setText } from "../core/dom.js";
import { buildCell, cellSignature, patchCell } from "../core/matrix.js";
import { addPart } from "../core/parts.js";

/**
 * @import { Block, Control, Kind, MatrixCell } from "../core/types.d.ts"
 *
 * @typedef {object} Row one line of the waterfall, as a part of the plot's width from 0 to 1
 * @property {"column" | "rest" | "part" | "other" | "z" | "gate"} row
 * @property {string} label
 * @property {string} text
 * @property {MatrixCell} [value]
 * @property {MatrixCell} [weight]
 * @property {Control | null} [slide] moves the value
 * @property {[left: number, width: number]} bar
 * @property {number} zero
 * @property {number} sign
 * @property {[low: string, high: string]} scale
 * @property {string} [what] what the row is the sum or the squash of
 * @property {string} [lacks] what the printed numbers above lack of the printed total
 * @property {string} [told] the row as a sentence
 *
 * @typedef {object} WaterfallFields
 * @property {string[]} heads v, W and push
 * @property {Row[]} rows
 * @property {string} problem
 * @typedef {Block & WaterfallFields} Waterfall
 */

/** @type {Kind<Waterfall>} */
const waterfall = {
  signature: ({ rows }) => rows.map(rowSignature).join(),
  build({ rows }) {
    const box = element("div", "waterfall");
    const problem = element("p", "problem", "", { role: "alert" });
    box.append(buildHead(), ...rows.map(buildRow), buildScale(), problem);
    return box;
  },
  patch(box, { heads, rows, problem }) {
    const [head, ...lines] = /** @type {HTMLElement[]} */ ([...box.children]);
    heads.forEach((text, k) => {
      setText(head.children[k], text);
    });
    // z has the scale of all rows above it; the gate, in the last row, has its own.
    patchScale(head, rows[rows.length - 2]);
    patchScale(lines[rows.length], rows[rows.length - 1]);
    setWidths(box, rows);
    rows.forEach((row, k) => {
      patchRow(lines[k], row);
    });
    const errors = rows.flatMap(({ value, weight }) => [value?.error, weight?.error]);
    setText(find(box, ".problem"), problem || errors.find(Boolean) || "");
  },
};

/**
 * All rows have the same columns: as wide as their longest number, within reason.
 *
 * @param {HTMLElement} box
 * @param {Row[]} rows
 */
function setWidths(box, rows) {
  const cells = rows.flatMap(({ value, weight }) => [value, weight]);
  const longest = (/** @type {({ text: string } | undefined)[]} */ items) =>
    String(Math.min(10, Math.max(4, ...items.map((item) => item?.text.length ?? 0))));
  box.style.setProperty("--cell", longest(cells));
  box.style.setProperty("--digits", longest(rows));
}

/** @param {Row} row */
function rowSignature({ row, value, weight, slide }) {
  const cells = [value, weight].map((cell) => (cell ? cellSignature(cell) : ""));
  return [row, ...cells, slide?.cell].join();
}

function buildHead() {
  const head = buildScale();
  head.prepend(...["fall-value", "fall-weight", "fall-text"].map((name) => element("span", name)));
  return head;
}

function buildScale() {
  const row = element("div", "fall-row fall-head");
  const track = element("span", "fall-scale");
  track.append(...[0, 1, 2].map(() => element("span")));
  row.append(track);
  return row;
}

/**
 * Set the ends of a scale, and where its 0 is if that is not near an end.
 *
 * @param {HTMLElement} row
 * @param {Row} of
 */
function patchScale(row, { scale, zero }) {
  const [low, middle, high] = /** @type {HTMLElement[]} */ ([...find(row, ".fall-scale").children]);
  setText(low, scale[0]);
  setText(high, scale[1]);
  setText(middle, zero > 0.25 && zero < 0.75 ? "0" : "");
  middle.style.left = percent(zero);
}

/** @param {number} part */
const percent = (part) => `${part * 100}%`;

/** @param {Row} row */
function buildRow({ row, value, weight, slide }) {
  const box = element("div", `fall-row fall-${row}`, "", { role: "group" });
  box.append(element("span", "fall-label"));
  if (value) box.append(buildNumber(value, "fall-value"));
  if (slide) box.append(buildSlider(slide));
  if (weight) box.append(element("span", "fall-times", "×"), buildNumber(weight, "fall-weight"));
  const track = element("span", "fall-track");
  track.append(element("span", "fall-zero"), element("span", "fall-bar"));
  box.append(element("span", "fall-what"), element("span", "fall-text"), track);
  return box;
}

/**
 * @param {MatrixCell} cell
 * @param {string} place
 */
function buildNumber(cell, place) {
  const node = buildCell(cell);
  node.classList.add(place);
  return node;
}

/** @param {Control} slide */
function buildSlider({ cell, label }) {
  const node = element("input", "fall-slide", "", { type: "range", "aria-label": label });
  node.dataset.slides = cell;
  return node;
}

/**
 * @param {HTMLElement} box
 * @param {Row} row
 */
function patchRow(box, row) {
  const { label, text, value, weight, slide, bar, zero, sign, what, lacks, told } = row;
  setText(find(box, ".fall-label"), label);
  setText(find(box, ".fall-text"), text);
  setText(find(box, ".fall-what"), [what, lacks].filter(Boolean).join(" "));
  setAttribute(box, "aria-label", told ?? `${label}: ${text}`);
  box.dataset.sign = String(sign);
  if (value) patchCell(find(box, ".fall-value"), value);
  if (weight) patchCell(find(box, ".fall-weight"), weight);
  if (slide) patchSlider(/** @type {HTMLInputElement} */ (find(box, ".fall-slide")), slide);
  const [left, width] = bar;
  Object.assign(find(box, ".fall-bar").style, { left: percent(left), width: percent(width) });
  find(box, ".fall-zero").style.left = percent(zero);
}

addPart({ blocks: { waterfall }, marks: { "is-gate-space": ".waterfall" } });
