// The page on activations: the numbers of each unit, and small plots over time.

import { element, setAttribute, setFormula, setText } from "../core/dom.js";

// { name, caption, option, heads: [latex], units: [{ unit, on, cells: [{ text, full, was, flat? }] }] }
// A column for each unit: read downwards, each number is made from those above it.
export const units = {
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
    setAttribute(box.querySelector("table"), "aria-label", name);
    setText(box.querySelector(".legend"), caption);
    box.querySelectorAll("button").forEach((node, j) => setAttribute(node, "aria-pressed", units[j].on));
    box.querySelectorAll("tbody tr").forEach((row, k) => {
      setFormula(row.querySelector(".tex"), heads[k]);
      row.querySelectorAll("td").forEach((node, j) => patchNumber(node, units[j], k));
    });
  },
};

function buildHead(option, units) {
  const row = element("tr");
  row.append(element("th", "", "unit"), ...units.map(({ unit }) => buildUnit(option, unit)));
  for (const node of row.children) setAttribute(node, "scope", "col");
  return row;
}

function buildUnit(option, unit) {
  const button = element("button", "act", unit);
  Object.assign(button, { type: "button", title: `Move unit ${unit}` });
  Object.assign(button.dataset, { option, value: unit });
  setAttribute(button, "aria-label", `unit ${unit}`);
  const node = element("th");
  node.append(button);
  return node;
}

function buildRow(count) {
  const name = element("th");
  setAttribute(name, "scope", "row");
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

function patchNumber(node, { on, cells }, k) {
  const { text, full, was, flat } = cells[k];
  node.classList.toggle("on", on);
  node.classList.toggle("slope", flat !== undefined);
  setAttribute(node, "title", full);
  setText(node.querySelector(".now"), text);
  setText(node.querySelector(".was"), was ? `was ${was}` : "");
  setText(node.querySelector(".flat"), flat ?? "");
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
