// One matrix or vector with brackets: cells to edit, cells to open, each shaded by its value.

import { element, find, findAll, on, setAttribute, setText } from "./dom.js";
import { setFormula } from "./formula.js";
import { addPart, openingOf } from "./parts.js";

/** @import { Field, Matrix, MatrixCell } from "./types.d.ts" */

const DENSE = 11; // columns: with more of them, each is narrower

addPart({
  listen(root, outbox) {
    on(root, "click", (target) => {
      const offer = /** @type {HTMLElement?} */ (target.closest("[data-offer]"));
      if (offer) return outbox.post({ kind: "accept", offer: offer.dataset.offer });
      const die = /** @type {HTMLElement?} */ (target.closest("[data-random]"));
      if (die) return outbox.post({ kind: "randomise", matrix: die.dataset.random });
      const cell = /** @type {HTMLElement?} */ (target.closest("[data-cell]"));
      if (cell) outbox.post({ kind: openingOf(cell), cell: cell.dataset.cell });
    });
  },
});

/** @param {Matrix} matrix */
export function matrixSignature({ id, rows, columns, units, random }) {
  const kinds = rows.map((row) => row.map(cellSignature));
  return [id, kinds, columns, units, random].join("|");
}

/** @param {MatrixCell} cell */
export const cellSignature = ({ at, edit }) => `${at}${edit ? "e" : "c"}`;

/** @param {Matrix} matrix */
export function buildMatrix(matrix) {
  const box = element("div", "matrix");
  box.dataset.matrix = matrix.id;
  const caption = element("div", "matrix-label");
  caption.append(element("span", "letter"), element("span", "shape"));
  if (matrix.random) caption.append(buildDie(matrix.id, matrix.random));
  box.append(caption, buildBrackets(matrix), element("div", "problem", "", { role: "alert" }));
  return box;
}

/**
 * A die: it draws the matrix anew.
 *
 * @param {string} id
 * @param {string} label
 */
function buildDie(id, label) {
  const attributes = { type: "button", title: label, "aria-label": label };
  const button = element("button", "die", "⚄", attributes);
  button.dataset.random = id;
  return button;
}

/** @param {Matrix} matrix */
function buildBrackets({ rows, columns, units }) {
  const table = element("div", "brackets", "", { role: "group" });
  const wide = rows[0].length + (units ? 1 : 0);
  table.style.setProperty("--columns", String(wide));
  table.classList.toggle("dense", wide > DENSE);
  table.classList.toggle("headed", Boolean(columns));
  if (columns && units) table.append(element("span", "unit"));
  if (columns) table.append(...columns.map((text) => element("span", "column", text)));
  rows.forEach((row, j) => {
    if (units) table.append(element("span", "unit", units[j]));
    table.append(...row.map(buildCell));
  });
  return table;
}

/** @param {MatrixCell} cell */
export function buildCell(cell) {
  const wrap = element("span", "cell");
  const field = element(cell.edit ? "input" : "button", "number");
  field.dataset.cell = cell.at;
  field.type = cell.edit ? "text" : "button";
  if (cell.edit) {
    Object.assign(field, { autocomplete: "off", spellcheck: false, enterKeyHint: "next" });
    field.inputMode = "decimal"; // touch.js has what this keyboard lacks
  }
  wrap.append(field, element("span", "was"));
  return wrap;
}

/**
 * @param {HTMLElement} box
 * @param {Matrix} matrix
 */
export function patchMatrix(box, { label, name, shape, rows, problem, offer }) {
  setFormula(find(box, ".letter"), label);
  setText(find(box, ".shape"), shape);
  setAttribute(find(box, ".brackets"), "aria-label", name);
  const cells = rows.flat();
  findAll(box, ".cell").forEach((wrap, i) => {
    patchCell(wrap, cells[i]);
  });
  const line = find(box, ".problem");
  setText(line, problem ?? cells.find((cell) => cell.error)?.error ?? "");
  if (offer) line.append(" ", buildOffer(offer));
}

/** @param {NonNullable<Matrix["offer"]>} offer */
function buildOffer({ id, label }) {
  const button = element("button", "offer", label);
  button.dataset.offer = id;
  return button;
}

/**
 * @param {HTMLElement} wrap
 * @param {MatrixCell} cell
 */
export function patchCell(wrap, cell) {
  const field = find(wrap, ".number");
  wrap.classList.toggle("changed", Boolean(cell.was));
  wrap.classList.toggle("pinned", Boolean(cell.gap));
  wrap.classList.toggle("negative", cell.share < 0);
  wrap.style.setProperty("--share", String(Math.abs(cell.share)));
  setText(find(wrap, ".was"), earlier(cell, "\n"));
  setAttribute(field, "title", cell.full);
  setAttribute(field, "aria-invalid", cell.error ? "true" : "");
  const spoken = cell.edit ? cell.name : `${cell.name}: ${cell.text}`;
  setAttribute(field, "aria-label", cell.was ? `${spoken}, ${earlier(cell, ", ")}` : spoken);
  if (cell.edit) patchField(/** @type {Field} */ (field), cell);
  else setText(field, cell.text);
}

/**
 * Return what a number was before the last edit or, where a setting is pinned, what it is there and
 * how far it has moved.
 *
 * @param {{ was?: string, gap?: string }} number
 * @param {string} between
 */
export function earlier({ was, gap }, between) {
  if (!was) return "";
  return gap ? `pinned ${was}${between}${gap}` : `was ${was}`;
}

/**
 * Never write under the caret: what is being typed stays until it is committed or given up.
 *
 * @param {Field} field
 * @param {MatrixCell} cell
 */
function patchField(field, { text, full }) {
  Object.assign(field, { printed: text, full });
  if (field !== document.activeElement) {
    if (field.value !== text) field.value = text;
    return;
  }
  if (field.dirty) return;
  const selected = isAllSelected(field);
  if (field.value !== full) field.value = full;
  if (selected) field.select();
}

/** @param {HTMLInputElement} field */
export function isAllSelected({ selectionStart, selectionEnd, value }) {
  return Number(selectionEnd) - Number(selectionStart) === value.length;
}
