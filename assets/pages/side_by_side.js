// The page side by side: the steps of two cells beside each other, and what is said of each.

import { element, find, findAll, on, setAttribute, setText } from "../core/dom.js";
import { setFormula } from "../core/formula.js";
import { addPart } from "../core/parts.js";
import { patchVisit } from "../core/visit.js";

/**
 * @import { Block, Kind, Visit } from "../core/types.d.ts"
 *
 * @typedef {{ latex: string, numbers: string, name: string }} Made
 *
 * @typedef {object} Row
 * @property {string} title
 * @property {"same" | "numbers" | "other" | "left" | "right"} mark how the two differ
 * @property {string} said the same in words
 * @property {(Made | null)[]} cells the left and the right one; null where there is no such step
 * @property {string[]} opens the step of the cell on screen that a click leads to; empty for none
 *
 * @typedef {object} TableFields
 * @property {string} name
 * @property {string[]} heads
 * @property {(Visit | null)[]} visits
 * @property {Row[]} rows
 * @typedef {Block & TableFields} Table
 */

// Each step has a line of its own with its title, and below it both cells: so there is room for
// both formulas on a narrow screen, too.
/** @type {Kind<Table>} */
const beside = {
  signature: ({ visits, rows }) =>
    JSON.stringify([
      visits.map((visit) => visit === null),
      rows.map(({ cells, opens }) => [cells.map((cell) => cell === null), opens]),
    ]),
  build({ visits, rows }) {
    const table = element("table", "beside");
    const head = element("tr");
    head.append(...visits.map(buildHead));
    const top = element("thead");
    top.append(head);
    table.append(top, ...rows.map(buildRow));
    return table;
  },
  patch(table, { name, heads, visits, rows }) {
    setAttribute(table, "aria-label", name);
    findAll(table, "thead th").forEach((head, k) => {
      setText(find(head, "span"), heads[k]);
      const [visit, link] = [visits[k], head.querySelector("a")];
      if (visit && link) patchVisit(link, visit);
    });
    findAll(table, "tbody").forEach((body, k) => {
      patchRow(body, rows[k]);
    });
  },
};

/** @param {Visit | null} visit */
function buildHead(visit) {
  const head = element("th", "", "", { scope: "col" });
  head.append(element("span"));
  if (visit) head.append(element("a", "visit"));
  return head;
}

/** @param {Row} row */
function buildRow({ cells, opens }) {
  const title = element("th", "", "", { scope: "rowgroup", colspan: 2 });
  title.append(element("span", "task"), element("span", "how"));
  const [above, below] = [element("tr"), element("tr")];
  above.append(title);
  below.append(...cells.map((cell, k) => buildCell(cell, opens[k])));
  const body = element("tbody");
  body.append(above, below);
  return body;
}

/**
 * @param {Made | null} made
 * @param {string} opens
 */
function buildCell(made, opens) {
  const cell = element("td");
  if (!made) {
    cell.append(element("span", "none", "—"));
    return cell;
  }
  const numbers = opens
    ? element("button", "vector", "", { type: "button" })
    : element("span", "vector");
  numbers.dataset.beside = opens;
  cell.append(element("span", "tex"), numbers);
  return cell;
}

/**
 * @param {HTMLElement} body
 * @param {Row} row
 */
function patchRow(body, { title, mark, said, cells }) {
  setAttribute(body, "class", mark);
  setText(find(body, ".task"), title);
  setText(find(body, ".how"), said);
  findAll(body, "td").forEach((cell, k) => {
    const made = cells[k];
    if (!made) return;
    setFormula(find(cell, ".tex"), made.latex);
    const numbers = find(cell, ".vector");
    setText(numbers, made.numbers);
    if (numbers.dataset.beside) setAttribute(numbers, "title", `${made.name}, step by step`);
  });
}

addPart({
  blocks: { beside },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("button[data-beside]"));
      if (button) outbox.post({ kind: "open_beside", step: button.dataset.beside ?? "" });
    });
  },
});
