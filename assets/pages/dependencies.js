// The page on dependencies: the steps as a graph of links, and the stacked product.

import { element, setAttribute, setFormula, setText } from "../core/dom.js";
import { buildMatrix, matrixSignature, patchMatrix } from "../core/matrix.js";

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, name, attributes = {}) {
  const node = document.createElementNS(SVG, tag);
  if (name) setAttribute(node, "class", name);
  for (const [key, value] of Object.entries(attributes)) setAttribute(node, key, value);
  return node;
}

// { alt, size: [w, h], node: [w, h], gap, heads: [{ x, text }], bands: [{ x, y, w, h, stage, text?, above? }],
//   nodes: [{ name, x, y, stage, lines: [text], given, told, spoken, visit }], edges: [[from, to]], hint }
export const graph = {
  signature: ({ size, nodes, edges }) => `${size}|${nodes.map(({ name }) => name)}|${edges}`,
  build(block) {
    const box = element("div", "graph");
    const scroller = element("div", "graph-box");
    scroller.append(drawing(block));
    setAttribute(scroller, "tabindex", "0");
    setAttribute(scroller, "role", "group");
    box.append(scroller, element("p", "graph-told"));
    for (const type of ["pointerover", "focusin"]) box.addEventListener(type, ({ target }) => light(box, target));
    for (const type of ["pointerleave", "focusout"]) box.addEventListener(type, () => light(box, null));
    return box;
  },
  patch(box, block) {
    box.block = block;
    setAttribute(box.firstChild, "aria-label", block.alt);
    const nodes = box.querySelectorAll("a");
    block.nodes.forEach((node, k) => patchNode(nodes[k], node));
    light(box, document.activeElement);
  },
};

function drawing({ size: [width, height], node, gap, heads, bands, nodes, edges }) {
  const root = svg("svg", "", { viewBox: `0 0 ${width} ${height}` });
  root.style.minWidth = `${Math.min(width, 900) * 0.8}px`;
  root.append(...bands.map(buildBand), ...heads.map(buildHead));
  const at = Object.fromEntries(nodes.map((one) => [one.name, one]));
  root.append(...edges.map(([from, to]) => buildEdge(at[from], at[to], node[0], gap)));
  root.append(...nodes.map((one) => buildNode(one, node)));
  return root;
}

function buildBand({ x, y, w, h, stage, text, above }) {
  const group = svg("g", "band");
  group.dataset.stage = stage;
  group.append(svg("rect", "", { x, y, width: w, height: h, rx: 10 }));
  if (text) {
    const words = svg("text", "", { x: x + w / 2, y: above });
    words.textContent = text;
    group.append(words);
  }
  return group;
}

function buildHead({ x, text }) {
  const words = svg("text", "graph-head", { x, y: 16 });
  words.textContent = text;
  return words;
}

function buildEdge(from, to, width, gap) {
  const [a, b] = [from.x + width / 2, to.x - width / 2];
  const turn = Math.max(a, b - gap); // along its own row, then over to the row of the step
  const bend = (b - turn) / 2;
  const d = `M${a} ${from.y}H${turn}C${turn + bend} ${from.y} ${b - bend} ${to.y} ${b} ${to.y}`;
  const path = svg("path", "edge", { d });
  Object.assign(path.dataset, { from: from.name, to: to.name });
  return path;
}

function buildNode({ name, x, y, stage, given, lines }, [width, height]) {
  const link = svg("a", given ? "node given" : "node");
  Object.assign(link.dataset, { node: name, stage });
  link.append(svg("rect", "", { x: x - width / 2, y: y - height / 2, width, height, rx: 7 }));
  lines.forEach((_, k) => {
    const dy = (k - (lines.length - 1) / 2) * 15 + 5;
    link.append(svg("text", k ? "node-number" : "node-name", { x, y: y + dy }));
  });
  return link;
}

function patchNode(link, { lines, spoken, visit }) {
  const texts = link.querySelectorAll("text");
  if (texts.length !== lines.length) rebuildLines(link, lines);
  link.querySelectorAll("text").forEach((node, k) => setText(node, lines[k]));
  setAttribute(link, "aria-label", spoken);
  if (!visit) return;
  setAttribute(link, "href", visit.href);
  Object.assign(link.dataset, { visit: visit.page, step: visit.step, t: visit.t, entry: visit.entry });
}

function rebuildLines(link, lines) {
  link.querySelectorAll("text").forEach((node) => node.remove());
  const box = link.querySelector("rect");
  const [x, y] = ["x", "y"].map((key) => Number(box.getAttribute(key)));
  const [width, height] = ["width", "height"].map((key) => Number(box.getAttribute(key)));
  lines.forEach((_, k) => {
    const dy = (k - (lines.length - 1) / 2) * 15 + 5;
    link.append(svg("text", k ? "node-number" : "node-name", { x: x + width / 2, y: y + height / 2 + dy }));
  });
}

// What a step needs, and what needs it, with all that is behind: the rest steps back.
function light(box, target) {
  const name = target?.closest?.("a[data-node]")?.dataset.node;
  const { edges, nodes, hint } = box.block;
  const needs = reached(name, edges, 1, 0);
  const needed = reached(name, edges, 0, 1);
  box.classList.toggle("lighting", Boolean(name));
  for (const node of box.querySelectorAll("a")) {
    const one = node.dataset.node;
    node.classList.toggle("here", one === name);
    node.classList.toggle("needs", needs.has(one));
    node.classList.toggle("needed", needed.has(one));
  }
  for (const edge of box.querySelectorAll(".edge")) {
    const { from, to } = edge.dataset;
    const back = needs.has(from) && (to === name || needs.has(to));
    edge.classList.toggle("lit", back || (needed.has(to) && (from === name || needed.has(from))));
  }
  setText(box.lastChild, nodes.find((one) => one.name === name)?.told ?? hint);
}

function reached(name, edges, here, there) {
  const found = new Set();
  const open = name ? [name] : [];
  while (open.length) {
    const one = open.pop();
    for (const edge of edges) {
      if (edge[here] === one && !found.has(edge[there])) {
        found.add(edge[there]);
        open.push(edge[there]);
      }
    }
  }
  return found;
}

// { items: [matrix or { sign }], stages: [stage of each row] }: one equation, its rows in the
// colours of the stages that they belong to.
export const stack = {
  signature: ({ items, stages }) =>
    items.map((item) => (item.rows ? matrixSignature(item) : item.sign)).join("/") + stages,
  build({ items, stages }) {
    const box = element("div", "equation stacked");
    box.append(...items.map((item) => (item.rows ? coloured(item, stages) : sign(item.sign))));
    setAttribute(box, "tabindex", "0");
    setAttribute(box, "role", "group");
    return box;
  },
  patch(box, { items, alt }) {
    setAttribute(box, "aria-label", alt);
    items.forEach((item, k) => item.rows && patchMatrix(box.children[k], item));
  },
};

function coloured(item, stages) {
  const box = buildMatrix(item);
  if (item.rows.length !== stages.length) return box;
  const width = item.rows[0].length;
  box.querySelectorAll(".cell").forEach((cell, k) => (cell.dataset.stage = stages[Math.floor(k / width)]));
  box.querySelectorAll(".unit").forEach((unit, k) => {
    const row = item.columns ? k - 1 : k;
    if (row >= 0) unit.dataset.stage = stages[row];
  });
  return box;
}

function sign(latex) {
  const node = element("span", "sign");
  setFormula(node, latex);
  return node;
}
