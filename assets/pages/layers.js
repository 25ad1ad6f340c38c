// The page on layers and directions: a stack drawn over time, each cell a link to that layer.

import { element, find, findAll, on, setAttribute, setText, svg } from "../core/dom.js";
import { addPart } from "../core/parts.js";
import { setStop } from "../core/roving.js";
import { isPlain } from "../core/visit.js";

/**
 * @import { Block, Kind } from "../core/types.d.ts"
 *
 * @typedef {object} Entry a number; `share` is its shade, −1 to 1
 * @property {string} text
 * @property {number} share
 *
 * @typedef {object} LayerNode `reads`, `before`, `on`: whose numbers it reads, who reads its own
 * @property {string} name
 * @property {number} x its middle, in pixels of the drawing
 * @property {number} y its top
 * @property {number} height
 * @property {Entry[]} entries
 * @property {string} told
 * @property {string[]} reads
 * @property {string} before
 * @property {string[]} on
 * @property {string} lane what its link adds to that of the whole stack
 * @property {number} layer counted from 0; the inputs are −1
 * @property {number} back whether it is a backward lane: 0 or 1
 * @property {number} t counted from 0
 * @property {boolean} here whether its time step is the one on screen
 *
 * @typedef {object} LayerEdge
 * @property {string} start
 * @property {string} end
 * @property {string} path
 * @property {boolean} along
 *
 * @typedef {{ x: number, y: number, lines: string[] }} Label
 *
 * @typedef {object} LayersFields
 * @property {string} alt
 * @property {string} hint
 * @property {string} search the link of the whole stack; empty where it is too long
 * @property {[width: number, height: number]} size
 * @property {[width: number, line: number]} box
 * @property {Label[]} labels
 * @property {Label[]} heads
 * @property {LayerNode[]} nodes
 * @property {LayerEdge[]} edges
 * @typedef {Block & LayersFields} Layers
 */

const LINE = 16; // pixels from one line of a label to the next
const CELLS = ".layer-cell";

/** @type {Kind<Layers, HTMLElement & { block?: Layers }>} */
const layers = {
  signature: ({ size, heads, labels, nodes, edges }) =>
    JSON.stringify([
      size,
      heads,
      labels,
      nodes.map(({ name, entries }) => [name, entries.length]),
      edges.length,
    ]),
  build(block) {
    const box = element("div", "layers");
    const scroller = element("div", "layers-box", "", { tabindex: 0, role: "group" });
    scroller.append(drawing(block));
    box.append(scroller, element("p", "layers-told"));
    for (const type of ["pointerover", "focusin"]) {
      box.addEventListener(type, ({ target }) => light(box, target));
    }
    for (const type of ["pointerleave", "focusout"]) {
      box.addEventListener(type, () => light(box, null));
    }
    on(box, "keydown", (target, event) => move(box, target, event));
    return box;
  },
  patch(box, block) {
    box.block = block;
    setAttribute(find(box, ".layers-box"), "aria-label", block.alt);
    findAll(box, ".layer-node").forEach((node, k) => {
      patchNode(node, block.nodes[k], block.search);
    });
    const stop = box.querySelector(`${CELLS}.now`);
    setStop(box, CELLS, stop);
    light(box, document.activeElement);
  },
};

/** @param {Layers} block */
function drawing({ size: [width, height], box, labels, heads, nodes, edges }) {
  const root = svg("svg", "", { viewBox: `0 0 ${width} ${height}`, width, height });
  root.append(
    arrowhead(),
    ...edges.map(buildEdge),
    ...labels.map((label) => buildLabel(label, "layer-label")),
    ...heads.map((head) => buildLabel(head, "layer-head")),
    ...nodes.map((node) => buildNode(node, box)),
  );
  return root;
}

function arrowhead() {
  const marker = svg("marker", "", {
    id: "layers-arrow",
    viewBox: "0 0 8 8",
    refX: 7,
    refY: 4,
    markerWidth: 8,
    markerHeight: 8,
    markerUnits: "userSpaceOnUse",
    orient: "auto",
  });
  marker.append(svg("path", "", { d: "M0 0L8 4L0 8Z" }));
  const definitions = svg("defs");
  definitions.append(marker);
  return definitions;
}

/** @param {LayerEdge} edge */
function buildEdge({ start, end, path: d, along }) {
  const path = svg("path", along ? "layer-edge along" : "layer-edge", { d });
  Object.assign(path.dataset, { start, end });
  return path;
}

/**
 * @param {Label} label
 * @param {string} name
 */
function buildLabel({ x, y, lines }, name) {
  const group = svg("g", name);
  lines.forEach((text, k) => {
    const middle = y + (k - (lines.length - 1) / 2) * LINE + 5; // 5: from there to a letter's foot
    const words = svg("text", "", { x, y: middle });
    words.textContent = text;
    group.append(words);
  });
  return group;
}

/**
 * @param {LayerNode} node
 * @param {[number, number]} box
 */
function buildNode({ name, x, y, height, entries, layer, back, t }, [width, line]) {
  const isCell = layer >= 0;
  const node = svg(isCell ? "a" : "g", isCell ? "layer-node layer-cell" : "layer-node");
  Object.assign(node.dataset, { node: name, layer, back, t });
  const left = x - width / 2;
  node.append(svg("rect", "layer-box", { x: left, y, width, height, rx: 7 }));
  const pad = (height - entries.length * line) / 2;
  entries.forEach((_, k) => {
    const top = y + pad + k * line;
    const shape = { x: left + 4, y: top + 1, width: width - 8, height: line - 2, rx: 3 };
    node.append(svg("rect", "shade", shape), svg("text", "", { x, y: top + line / 2 + 4.5 }));
  });
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {LayerNode} data
 * @param {string} search
 */
function patchNode(node, { entries, told, lane, here }, search) {
  node.classList.toggle("now", here);
  const shades = findAll(node, ".shade");
  findAll(node, "text").forEach((words, k) => {
    setText(words, entries[k].text);
    shades[k].style.setProperty("--share", String(Math.abs(entries[k].share)));
    shades[k].classList.toggle("negative", entries[k].share < 0);
  });
  if (node.tagName !== "a") return;
  setAttribute(node, "aria-label", told);
  setAttribute(node, "href", search ? `./${search}${lane}` : "#");
}

/**
 * Light what a cell reads and who reads it, and say it with the numbers.
 *
 * @param {HTMLElement & { block?: Layers }} box
 * @param {EventTarget | null} target
 */
function light(box, target) {
  const { nodes, hint } = /** @type {Layers} */ (box.block);
  const node = target instanceof Element ? target.closest(".layer-node") : null;
  const name = /** @type {SVGElement?} */ (node)?.dataset.node;
  const here = nodes.find((one) => one.name === name);
  box.classList.toggle("lighting", Boolean(here));
  for (const { dataset, classList } of findAll(box, ".layer-node")) {
    const at = dataset.node ?? "";
    classList.toggle("here", at === name);
    classList.toggle("read", Boolean(here?.reads.includes(at)));
    classList.toggle("before", Boolean(here) && here?.before === at);
    classList.toggle("on", Boolean(here?.on.includes(at)));
  }
  for (const { dataset, classList } of findAll(box, ".layer-edge")) {
    classList.toggle("lit", Boolean(name) && (dataset.start === name || dataset.end === name));
  }
  setText(find(box, ".layers-told"), here?.told ?? hint);
}

/** @type {{ [key: string]: [right: number, up: number] }} */
const MOVES = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Go from cell to cell by the arrow keys: up and down the layers, along the time steps.
 *
 * @param {HTMLElement} box
 * @param {HTMLElement} target
 * @param {KeyboardEvent} event
 */
function move(box, target, event) {
  const cell = /** @type {HTMLElement?} */ (target.closest(CELLS));
  const [right, up] = MOVES[event.key] ?? [0, 0];
  if (!cell || !(right || up) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const lanes = [...new Set(findAll(box, CELLS).map(laneOf))];
  const lane = lanes[lanes.indexOf(laneOf(cell)) + up];
  const t = Number(cell.dataset.t) + right;
  const next = findAll(box, CELLS).find(
    (one) => laneOf(one) === lane && Number(one.dataset.t) === t,
  );
  if (!next) return;
  setStop(box, CELLS, next);
  next.focus();
  setStop(box, CELLS, next);
}

/** @param {HTMLElement} cell */
const laneOf = ({ dataset: { layer, back } }) => `${layer}${back}`;

addPart({
  blocks: { layers },
  listen(root, outbox) {
    on(root, "click", (target, event) => {
      const cell = /** @type {HTMLElement?} */ (target.closest(CELLS));
      if (!cell || !isPlain(event)) return;
      event.preventDefault();
      const { layer, back, t } = cell.dataset;
      outbox.post({ kind: "open_lane", layer: Number(layer), back: Number(back), t: Number(t) });
    });
  },
});
