// One matrix or vector with brackets: cells to edit, cells to open, each shaded by its value.

import { element, setAttribute, setFormula, setText } from "./dom.js";

// A matrix: { id, label, shape, rows: [[cell]], columns?, units?, help? }
// A cell:   { at, text, full, share, edit?, was?, error?, name }
export function matrixSignature({ id, rows, columns, units }) {
  const kinds = rows.map((row) => row.map((cell) => `${cell.at}${cell.edit ? "e" : "c"}`));
  return [id, kinds, columns, units].join("|");
}

export function buildMatrix(matrix) {
  const box = element("div", "matrix");
  box.dataset.matrix = matrix.id;
  const caption = element("div", "matrix-label");
  caption.append(element("span", "letter"), element("span", "shape"));
  const table = element("div", "brackets");
  table.setAttribute("role", "group");
  const columns = matrix.rows[0].length + (matrix.units ? 1 : 0);
  table.style.setProperty("--columns", columns);
  table.classList.toggle("dense", columns > 11);
  table.classList.toggle("headed", Boolean(matrix.columns));
  if (matrix.columns) table.append(...headings(matrix));
  matrix.rows.forEach((row, j) => {
    if (matrix.units) table.append(element("span", "unit", matrix.units[j]));
    table.append(...row.map(buildCell));
  });
  box.append(caption, table, element("div", "problem"));
  box.lastChild.setAttribute("role", "alert");
  return box;
}

function headings({ columns, units }) {
  const corner = units ? [element("span", "unit")] : [];
  return [...corner, ...columns.map((text) => element("span", "column", text))];
}

export function buildCell(cell) {
  const wrap = element("span", "cell");
  const field = element(cell.edit ? "input" : "button", "number");
  field.dataset.cell = cell.at;
  if (cell.edit) {
    Object.assign(field, { type: "text", autocomplete: "off", spellcheck: false });
    field.enterKeyHint = "next";
  } else {
    field.type = "button";
  }
  wrap.append(field, element("span", "was"));
  return wrap;
}

export function patchMatrix(box, matrix) {
  setFormula(box.querySelector(".letter"), matrix.label);
  setText(box.querySelector(".shape"), matrix.shape);
  setAttribute(box.querySelector(".brackets"), "aria-label", matrix.name);
  const wraps = box.querySelectorAll(".cell");
  matrix.rows.flat().forEach((cell, i) => patchCell(wraps[i], cell));
  const error = matrix.problem ?? matrix.rows.flat().find((cell) => cell.error)?.error ?? "";
  setText(box.querySelector(".problem"), error);
  patchOffer(box.querySelector(".problem"), matrix.offer);
}

function patchOffer(problem, offer) {
  if (!offer) return;
  const button = element("button", "offer", offer.label);
  Object.assign(button.dataset, { offer: offer.id });
  problem.append(" ", button);
}

export function patchCell(wrap, cell) {
  const field = wrap.firstChild;
  wrap.classList.toggle("changed", Boolean(cell.was));
  wrap.classList.toggle("negative", cell.share < 0);
  wrap.style.setProperty("--share", Math.abs(cell.share));
  setText(wrap.lastChild, cell.was ? `was ${cell.was}` : "");
  setAttribute(field, "title", cell.full);
  setAttribute(field, "aria-invalid", cell.error ? "true" : "");
  const spoken = cell.edit ? cell.name : `${cell.name}: ${cell.text}`;
  setAttribute(field, "aria-label", cell.was ? `${spoken}, was ${cell.was}` : spoken);
  if (cell.edit) patchField(field, cell);
  else setText(field, cell.text);
}

// Never write under the caret: what is being typed stays until it is committed or given up.
function patchField(field, cell) {
  Object.assign(field, { shown: cell.text, whole: cell.full });
  if (field === document.activeElement) {
    if (field.dirty) return;
    const selected = field.selectionEnd - field.selectionStart === field.value.length;
    if (field.value !== cell.full) field.value = cell.full;
    if (selected) field.select();
  } else if (field.value !== cell.text) {
    field.value = cell.text;
  }
}
