// The page on activations: a row of numbers for each unit, and small plots over time.

import { element, setAttribute, setFormula, setText } from "./dom.js";

// A table: { name, caption, option, heads: [latex], rows: [{ unit, on, cells: [{ text, full, was, told? }] }] }
export const units = {
  signature: ({ heads, rows }) => `${heads.join("|")}|${rows.map((row) => row.unit)}`,
  build({ option, heads, rows }) {
    const table = element("table", "units");
    const body = element("tbody");
    body.append(...rows.map((row) => buildRow(option, row)));
    table.append(buildHead(heads), body);
    const scroller = element("div", "units-box");
    scroller.append(table);
    const box = element("div");
    box.append(scroller, element("p", "legend"));
    return box;
  },
  patch(box, { name, caption, heads, rows }) {
    setAttribute(box.querySelector("table"), "aria-label", name);
    setText(box.querySelector(".legend"), caption);
    box.querySelectorAll("thead .tex").forEach((node, k) => setFormula(node, heads[k]));
    box.querySelectorAll("tbody tr").forEach((node, j) => patchRow(node, rows[j]));
  },
};

function buildHead(heads) {
  const row = element("tr");
  row.append(element("th", "", "unit"));
  for (const _ of heads) row.append(element("th"));
  [...row.children].slice(1).forEach((node) => node.append(element("span", "tex")));
  row.querySelectorAll("th").forEach((node) => setAttribute(node, "scope", "col"));
  const head = element("thead");
  head.append(row);
  return head;
}

function buildRow(option, { unit, cells }) {
  const row = element("tr");
  const name = element("th");
  const button = element("button", "act", unit);
  Object.assign(button, { type: "button", title: `Move unit ${unit}` });
  Object.assign(button.dataset, { option, value: unit });
  setAttribute(button, "aria-label", `unit ${unit}`);
  setAttribute(name, "scope", "row");
  name.append(button);
  row.append(name);
  for (const _ of cells) {
    const cell = element("td", "value");
    cell.append(element("span", "now"), element("span", "was"), element("span", "flat"));
    row.append(cell);
  }
  return row;
}

function patchRow(row, { on, cells }) {
  row.classList.toggle("on", on);
  setAttribute(row.querySelector("button"), "aria-pressed", on);
  row.querySelectorAll(".value").forEach((node, k) => {
    const { text, full, was, told } = cells[k];
    node.classList.toggle("changed", Boolean(was));
    setAttribute(node, "title", full);
    setText(node.firstChild, text);
    setText(node.querySelector(".was"), was ? `was ${was}` : "");
    setText(node.lastChild, told ?? "");
  });
}

// Small plots over time: { items: [{ title, low, high, ends, marks, until, lines, alt }] }
// The first line is the cell's own, the second the changed one; null is no number. What is larger
// than the plot leaves it. `marks` are values to see it against, `until` the last input given.
const WIDTH = 300;
const HEIGHT = 100;
const SVG = "http://www.w3.org/2000/svg";

export const sparks = {
  signature: ({ items }) => String(items.map(({ marks }) => marks.length)),
  build({ items }) {
    const box = element("div", "sparks");
    box.append(...items.map(buildSpark));
    return box;
  },
  patch: (box, { items }) => items.forEach((item, k) => patchSpark(box.children[k], item)),
};

function buildSpark({ marks }) {
  const plot = svg("svg", "");
  setAttribute(plot, "viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  setAttribute(plot, "preserveAspectRatio", "none");
  setAttribute(plot, "role", "img");
  plot.append(...marks.map(() => svg("path", "mark")));
  plot.append(svg("path", "until"), svg("path", "own"), svg("path", "changed"));
  const box = element("figure", "spark");
  box.append(element("figcaption"), element("span", "high"), plot, element("span", "low"));
  box.append(element("span", "time"));
  return box;
}

function svg(tag, name) {
  const node = document.createElementNS(SVG, tag);
  setAttribute(node, "class", name);
  return node;
}

function patchSpark(box, { title, low, high, ends, marks, until, time, lines, alt }) {
  setText(box.querySelector("figcaption"), title);
  setText(box.querySelector(".low"), ends[0]);
  setText(box.querySelector(".high"), ends[1]);
  setText(box.querySelector(".time"), time);
  setAttribute(box.querySelector("svg"), "aria-label", alt);
  const x = (t) => ((WIDTH * t) / Math.max(1, lines[0].length - 1)).toFixed(1);
  const far = (y) => Math.max(-HEIGHT, Math.min(2 * HEIGHT, y)); // far outside is far enough
  const y = (value) => far((HEIGHT * (high - value)) / (high - low)).toFixed(1);
  const paths = [
    ...marks.map((mark) => `M0 ${y(mark)}H${WIDTH}`),
    until === null ? "" : `M${x(until)} 0V${HEIGHT}`,
    ...lines.map((line) => drawn(line, x, y)),
  ];
  box.querySelectorAll("path").forEach((node, k) => setAttribute(node, "d", paths[k]));
}

function drawn(values, x, y) {
  const pen = (t) => (t && values[t - 1] !== null ? "L" : "M");
  return values.map((value, t) => (value === null ? "" : `${pen(t)}${x(t)} ${y(value)}`)).join("");
}
