// The page on dependencies: the steps as a graph of links, and the stacked product.

import { element, find, findAll, setAttribute, setText, svg } from "../core/dom.js";
import { buildItems, itemsSignature, patchItems } from "../core/equation.js";
import { buildMatrix } from "../core/matrix.js";
import { addPart } from "../core/parts.js";
import { aim } from "../core/visit.js";

/**
 * @import { Block, Equation, Kind, Matrix, Visit } from "../core/types.d.ts"
 *
 * @typedef {[from: string, to: string]} Edge
 * @typedef {[width: number, height: number]} Size
 *
 * @typedef {object} GraphNode `given` is what a time step begins with
 * @property {string} name
 * @property {number} x its middle, in pixels of the drawing
 * @property {number} y
 * @property {string} stage
 * @property {boolean} given
 * @property {string[]} lines its letter, and its numbers where they are shown
 * @property {string} told what it is, what it needs and what needs it
 * @property {string} spoken
 * @property {Omit<Visit, "label">} [visit]
 *
 * @typedef {object} Band drawn behind one affine map; `text`, at `above`, is the name of all
 * @property {number} x
 * @property {number} y
 * @property {number} w
 * @property {number} h
 * @property {string} stage
 * @property {string} [text]
 * @property {number} [above]
 *
 * @typedef {object} GraphFields
 * @property {string} alt
 * @property {Size} size of the drawing
 * @property {Size} node of each node
 * @property {number} gap between two columns
 * @property {{ x: number, text: string }[]} heads of the columns
 * @property {Band[]} bands
 * @property {GraphNode[]} nodes
 * @property {Edge[]} edges
 * @property {string} hint what is said while no node is pointed at
 * @typedef {Block & GraphFields} Graph
 *
 * @typedef {Equation & { stages: string[], alt: string }} Stack the stage of each row
 */

const LINE = 15; // pixels from one line of a node to the next
const LEAST = 0.8; // of its own size: a smaller screen scrolls sideways
const WIDEST = 900; // pixels: what wider graphs are squeezed to before that

/** @type {Kind<Graph, HTMLElement & { block?: Graph }>} */
const graph = {
  signature: ({ size, nodes, edges }) => `${size}|${nodes.map(({ name }) => name)}|${edges}`,
  build(block) {
    const box = element("div", "graph");
    const scroller = element("div", "graph-box", "", { tabindex: 0, role: "group" });
    scroller.append(drawing(block));
    box.append(scroller, element("p", "graph-told"));
    for (const type of ["pointerover", "focusin"]) {
      box.addEventListener(type, ({ target }) => light(box, target));
    }
    for (const type of ["pointerleave", "focusout"]) {
      box.addEventListener(type, () => light(box, null));
    }
    return box;
  },
  patch(box, block) {
    box.block = block;
    setAttribute(find(box, ".graph-box"), "aria-label", block.alt);
    findAll(box, "a").forEach((link, k) => {
      patchNode(link, block.nodes[k]);
    });
    light(box, document.activeElement);
  },
};

/** @param {Graph} graph */
function drawing({ size: [width, height], node, gap, heads, bands, nodes, edges }) {
  const root = svg("svg", "", { viewBox: `0 0 ${width} ${height}` });
  root.style.minWidth = `${Math.min(width, WIDEST) * LEAST}px`;
  const at = Object.fromEntries(nodes.map((one) => [one.name, one]));
  root.append(
    ...bands.map(buildBand),
    ...heads.map(buildHead),
    ...edges.map(([from, to]) => buildEdge(at[from], at[to], node[0], gap)),
    ...nodes.map((one) => buildNode(one, node)),
  );
  return root;
}

/** @param {Band} band */
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

/** @param {Graph["heads"][number]} head */
function buildHead({ x, text }) {
  const words = svg("text", "graph-head", { x, y: 16 });
  words.textContent = text;
  return words;
}

/**
 * @param {GraphNode} from
 * @param {GraphNode} to
 * @param {number} width
 * @param {number} gap
 */
function buildEdge(from, to, width, gap) {
  const [a, b] = [from.x + width / 2, to.x - width / 2];
  const turn = Math.max(a, b - gap); // along its own row, then over to the row of the step
  const bend = (b - turn) / 2;
  const d = `M${a} ${from.y}H${turn}C${turn + bend} ${from.y} ${b - bend} ${to.y} ${b} ${to.y}`;
  const path = svg("path", "edge", { d });
  Object.assign(path.dataset, { from: from.name, to: to.name });
  return path;
}

/**
 * @param {GraphNode} node
 * @param {Size} size
 */
function buildNode({ name, x, y, stage, given }, [width, height]) {
  const link = svg("a", given ? "node given" : "node");
  Object.assign(link.dataset, { node: name, stage });
  link.append(svg("rect", "", { x: x - width / 2, y: y - height / 2, width, height, rx: 7 }));
  return link;
}

/**
 * @param {HTMLElement} link
 * @param {GraphNode} node
 */
function patchNode(link, node) {
  const { lines, spoken, visit } = node;
  if (link.querySelectorAll("text").length !== lines.length) rebuildLines(link, node);
  findAll(link, "text").forEach((words, k) => {
    setText(words, lines[k]);
  });
  setAttribute(link, "aria-label", spoken);
  if (visit) aim(link, visit);
}

/**
 * Make room for the lines of a node, about its middle; the first of them is its name.
 *
 * @param {HTMLElement} link
 * @param {GraphNode} node
 */
function rebuildLines(link, { x, y, lines }) {
  for (const words of findAll(link, "text")) words.remove();
  lines.forEach((_, k) => {
    const dy = (k - (lines.length - 1) / 2) * LINE + 5; // 5: from a letter's middle to its foot
    link.append(svg("text", k ? "node-number" : "node-name", { x, y: y + dy }));
  });
}

/**
 * Light what a step needs, and what needs it, with all that is behind: the rest steps back.
 *
 * @param {HTMLElement & { block?: Graph }} box
 * @param {EventTarget | null} target
 */
function light(box, target) {
  const { edges, nodes, hint } = /** @type {Graph} */ (box.block);
  const link = target instanceof Element ? target.closest("a[data-node]") : null;
  const name = /** @type {SVGElement?} */ (link)?.dataset.node;
  const needs = reachable(
    name,
    edges.map(([from, to]) => [to, from]),
  );
  const needed = reachable(name, edges);
  box.classList.toggle("lighting", Boolean(name));
  for (const { dataset, classList } of findAll(box, "a")) {
    const node = dataset.node ?? "";
    classList.toggle("here", node === name);
    classList.toggle("needs", needs.has(node));
    classList.toggle("needed", needed.has(node));
  }
  for (const { dataset, classList } of findAll(box, ".edge")) {
    const { from = "", to = "" } = dataset;
    const isBehind = needs.has(from) && (to === name || needs.has(to));
    const isAhead = needed.has(to) && (from === name || needed.has(from));
    classList.toggle("lit", isBehind || isAhead);
  }
  setText(find(box, ".graph-told"), nodes.find((node) => node.name === name)?.told ?? hint);
}

/**
 * Return all that edges lead to from here, over any number of them.
 *
 * @param {string | undefined} start
 * @param {Edge[]} edges
 */
export function reachable(start, edges) {
  /** @type {Set<string>} */
  const found = new Set();
  const open = start ? [start] : [];
  for (let here = open.pop(); here; here = open.pop()) {
    for (const [from, to] of edges) {
      if (from !== here || found.has(to)) continue;
      found.add(to);
      open.push(to);
    }
  }
  return found;
}

// One equation, its rows in the colours of the stages that they belong to.
/** @type {Kind<Stack>} */
const stack = {
  signature: ({ items, stages }) => itemsSignature(items) + stages,
  build({ items, stages }) {
    const box = element("div", "equation stacked", "", { tabindex: 0, role: "group" });
    box.append(...buildItems(items, (matrix) => buildColoured(matrix, stages)));
    return box;
  },
  patch(box, { items, alt }) {
    setAttribute(box, "aria-label", alt);
    patchItems(box, items);
  },
};

/**
 * @param {Matrix} matrix
 * @param {string[]} stages
 */
function buildColoured(matrix, stages) {
  const box = buildMatrix(matrix);
  if (matrix.rows.length !== stages.length) return box;
  const width = matrix.rows[0].length;
  findAll(box, ".cell").forEach((cell, k) => {
    cell.dataset.stage = stages[Math.floor(k / width)];
  });
  findAll(box, ".unit").forEach((unit, k) => {
    const row = matrix.columns ? k - 1 : k; // the corner above the units is one of them, too
    if (row >= 0) unit.dataset.stage = stages[row];
  });
  return box;
}

addPart({ blocks: { graph, stack } });
