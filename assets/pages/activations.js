// The page on activations: the numbers of each unit, and small plots over time.

import { element, find, findAll, setAttribute, setText, svg } from "../core/dom.js";
import { setMarked } from "../core/explain.js";
import { setFormula } from "../core/formula.js";
import { earlier } from "../core/matrix.js";
import { addPart } from "../core/parts.js";

/**
 * @import { Block, Kind } from "../core/types.d.ts"
 *
 * @typedef {object} UnitCell one number: all its digits, what it was, and whether the slope is flat
 * @property {string} text
 * @property {string} full
 * @property {string} was
 * @property {string} [gap] how far it is from what is pinned
 * @property {string} [flat] only a slope has it: a word where the unit hardly learns, else empty
 *
 * @typedef {{ unit: string, on: boolean, cells: UnitCell[] }} Unit
 *
 * @typedef {object} UnitsFields
 * @property {string} name
 * @property {string} caption
 * @property {string} option what a click on a unit's head chooses
 * @property {string[]} heads the letters of the rows, as LaTeX
 * @property {Unit[]} units
 * @typedef {Block & UnitsFields} Units
 *
 * @typedef {object} Spark
 * @property {string} title
 * @property {number} low
 * @property {number} high
 * @property {[low: string, high: string]} ends the same as text
 * @property {number[]} marks values to see the lines against
 * @property {number | null} until the last time step that has an input of the reader's own
 * @property {string} time
 * @property {(number | null)[][]} lines the cell's own, then the changed one; null is no number
 * @property {string} alt
 * @typedef {Block & { items: Spark[] }} Sparks
 */

// A column for each unit: read downwards, each number is made from those above it.
/** @type {Kind<Units>} */
const units = {
  signature: ({ heads, units }) => `${heads.join("|")}|${units.map(({ unit }) => unit)}`,
  build({ option, heads, units }) {
    const [head, body] = [element("thead"), element("tbody")];
    head.append(buildHead(option, units));
    body.append(...heads.map(() => buildRow(units.length)));
    const table = element("table", "units");
    table.append(head, body);
    const scroller = element("div", "units-box");
    scroller.append(table);
    const box = element("div");
    box.append(scroller, element("p", "legend"));
    return box;
  },
  patch(box, { name, caption, heads, units }) {
    setAttribute(find(box, "table"), "aria-label", name);
    setMarked(find(box, ".legend"), caption);
    findAll(box, "button").forEach((button, j) => {
      setAttribute(button, "aria-pressed", units[j].on);
    });
    findAll(box, "tbody tr").forEach((row, k) => {
      setFormula(find(row, ".tex"), heads[k]);
      findAll(row, "td").forEach((cell, j) => {
        patchNumber(cell, units[j].on, units[j].cells[k]);
      });
    });
  },
};

/**
 * @param {string} option
 * @param {Unit[]} units
 */
function buildHead(option, units) {
  const row = element("tr");
  row.append(element("th", "", "unit"), ...units.map(({ unit }) => buildUnit(option, unit)));
  for (const node of row.children) setAttribute(node, "scope", "col");
  return row;
}

/**
 * @param {string} option
 * @param {string} unit
 */
function buildUnit(option, unit) {
  const attributes = { type: "button", title: `Move unit ${unit}`, "aria-label": `unit ${unit}` };
  const button = element("button", "act", unit, attributes);
  Object.assign(button.dataset, { option, value: unit });
  const node = element("th");
  node.append(button);
  return node;
}

/** @param {number} count */
function buildRow(count) {
  const name = element("th", "", "", { scope: "row" });
  name.append(element("span", "tex"));
  const row = element("tr");
  row.append(name);
  for (let j = 0; j < count; j++) {
    const cell = element("td");
    cell.append(element("span", "now"), element("span", "flat"), element("span", "was"));
    row.append(cell);
  }
  return row;
}

/**
 * @param {HTMLElement} cell
 * @param {boolean} isOn
 * @param {UnitCell} number
 */
function patchNumber(cell, isOn, number) {
  const { text, full, flat } = number;
  cell.classList.toggle("on", isOn);
  cell.classList.toggle("slope", flat !== undefined);
  setAttribute(cell, "title", full);
  setText(find(cell, ".now"), text);
  setText(find(cell, ".was"), earlier(number, " · "));
  setText(find(cell, ".flat"), flat ?? "");
}

// The plots' own units; the style sheet stretches them.
const WIDTH = 300;
const HEIGHT = 100;

/** @type {Kind<Sparks>} */
const sparks = {
  signature: ({ items }) => String(items.map(({ marks }) => marks.length)),
  build({ items }) {
    const box = element("div", "sparks");
    box.append(...items.map(buildSpark));
    return box;
  },
  patch(box, { items }) {
    items.forEach((item, k) => {
      patchSpark(box.children[k], item);
    });
  },
};

/** @param {Spark} spark */
function buildSpark({ marks }) {
  const viewBox = `0 0 ${WIDTH} ${HEIGHT}`;
  const plot = svg("svg", "", { viewBox, preserveAspectRatio: "none", role: "img" });
  plot.append(...marks.map(() => svg("path", "mark")));
  plot.append(svg("path", "until"), svg("path", "own"), svg("path", "changed"));
  const box = element("figure", "spark");
  box.append(element("figcaption"), element("span", "high"), plot, element("span", "low"));
  box.append(element("span", "time"));
  return box;
}

/**
 * @param {Element} box
 * @param {Spark} spark
 */
function patchSpark(box, spark) {
  setText(find(box, "figcaption"), spark.title);
  setText(find(box, ".low"), spark.ends[0]);
  setText(find(box, ".high"), spark.ends[1]);
  setText(find(box, ".time"), spark.time);
  setAttribute(find(box, "svg"), "aria-label", spark.alt);
  const paths = sparkPaths(spark);
  findAll(box, "path").forEach((node, k) => {
    setAttribute(node, "d", paths[k]);
  });
}

/**
 * The paths of a plot: the marks, the last input, the two lines. What is larger than the plot
 * leaves it, and far outside is far enough.
 *
 * @param {Spark} spark
 */
function sparkPaths({ low, high, marks, until, lines }) {
  const x = (/** @type {number} */ t) =>
    ((WIDTH * t) / Math.max(1, lines[0].length - 1)).toFixed(1);
  const y = (/** @type {number} */ value) => {
    const place = (HEIGHT * (high - value)) / (high - low);
    return Math.max(-HEIGHT, Math.min(2 * HEIGHT, place)).toFixed(1);
  };
  return [
    ...marks.map((mark) => `M0 ${y(mark)}H${WIDTH}`),
    until === null ? "" : `M${x(until)} 0V${HEIGHT}`,
    ...lines.map((line) => linePath(line, x, y)),
  ];
}

/**
 * @param {(number | null)[]} values
 * @param {(t: number) => string} x
 * @param {(value: number) => string} y
 */
function linePath(values, x, y) {
  const pen = (/** @type {number} */ t) => (t && values[t - 1] !== null ? "L" : "M");
  return values.map((v, t) => (v === null ? "" : `${pen(t)}${x(t)} ${y(v)}`)).join("");
}

addPart({ blocks: { units, sparks } });
