// Controls: lists, buttons, sliders and fields that choose an option or move a number.
// What was chosen goes to Python as text; a slider reports while it is dragged.

import { element, find, findAll, isEnabled, on, setAttribute, setEnabled, setText } from "./dom.js";
import { addPart } from "./parts.js";
import { isSettled, reported } from "./settled.js";

/**
 * @import { Control, Controls, Kind, Slider } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

let drags = 0; // each grip of a slider is one gesture: the last value counts, and undo is one step

/** @type {Kind<Controls>} */
const controls = {
  signature: ({ items }) =>
    JSON.stringify(
      items.map(({ type, option, cell, label, choices }) => [type, option, cell, label, choices]),
    ),
  build({ items }) {
    const box = element("div", "controls");
    box.append(...items.map((item) => TYPES[item.type].build(item)));
    return box;
  },
  patch(box, { items }) {
    const nodes = /** @type {HTMLElement[]} */ ([...box.children]);
    items.forEach((item, i) => {
      TYPES[item.type].patch(nodes[i], item);
    });
  },
};

/**
 * @typedef {object} Drawn
 * @property {(item: Control) => HTMLElement} build
 * @property {(node: HTMLElement, item: Control) => void} patch
 */

/** @type {Record<Control["type"], Drawn>} */
const TYPES = {
  select: {
    build({ option = "", label, choices = [], event }) {
      const node = element("select");
      node.dataset.option = option;
      node.append(...choices.map(([value, text]) => new Option(text, value)));
      return reporting(labelled(label, node), event);
    },
    patch(box, { value }) {
      const node = find(box, "select");
      if (isSettled(node)) node.value = String(value);
    },
  },
  segments: {
    build({ option, label, choices = [], event }) {
      const box = reporting(element("fieldset", "control segments"), event);
      box.append(element("legend", "control-label", label));
      for (const [value, text] of choices) box.append(buildButton(option, value, text));
      return box;
    },
    patch(box, { value }) {
      for (const node of findAll(box, "button")) {
        setAttribute(node, "aria-pressed", node.dataset.value === value);
      }
    },
  },
  range: {
    build({ option, cell, label, rest }) {
      const node = element("input");
      node.type = "range";
      if (cell) node.dataset.slides = cell;
      else node.dataset.option = option;
      const slider = labelled(label, node);
      slider.append(element("output"));
      const box = element("div", "control");
      box.append(slider);
      if (rest !== undefined) box.append(buildRest(label, node.dataset));
      return box;
    },
    patch(box, item) {
      patchSlider(find(box, "input"), item);
      setText(find(box, "output"), item.shown ?? "");
      const rest = box.querySelector("button");
      if (!rest) return;
      rest.dataset.value = item.rest;
      setEnabled(rest, Boolean(item.on));
    },
  },
  field: {
    build({ option, label }) {
      const node = element("input");
      Object.assign(node, { type: "text", autocomplete: "off", spellcheck: false, size: 8 });
      node.inputMode = "decimal";
      node.dataset.option = option;
      return labelled(label, node);
    },
    patch(box, { value }) {
      const node = find(box, "input");
      if (node !== document.activeElement) node.value = String(value);
    },
  },
  button: {
    build: ({ option, value, label, event }) => reporting(buildButton(option, value, label), event),
    patch(node, item) {
      node.dataset.value = String(item.value);
      setEnabled(node, Boolean(item.on));
    },
  },
};

/**
 * Let a control report an event of its own, where it has one: Python does more than choose.
 *
 * @template {HTMLElement} N
 * @param {N} box
 * @param {string | undefined} event
 * @returns {N}
 */
function reporting(box, event) {
  if (event) box.dataset.event = event;
  return box;
}

/**
 * @param {string} text
 * @param {HTMLElement} control
 */
function labelled(text, control) {
  const box = element("label", "control");
  box.append(element("span", "control-label", text), control);
  return box;
}

/**
 * @param {string | undefined} option
 * @param {string | number} value
 * @param {string} text
 */
function buildButton(option, value, text) {
  const node = element("button", "act", text, { type: "button" });
  Object.assign(node.dataset, { option, value });
  return node;
}

/**
 * Build the button that puts a slider back.
 *
 * @param {string} label the slider's
 * @param {DOMStringMap} moves what the slider moves: an option or a number of the exercise
 */
function buildRest(label, { slides, option }) {
  const attributes = { type: "button", "aria-label": `Reset ${label}` };
  const node = element("button", "act rest", "Reset", attributes);
  if (slides) node.dataset.slides = slides;
  else node.dataset.option = option;
  return node;
}

/**
 * Bring a slider up to date; not under the reader's hand.
 *
 * @param {Slider} node
 * @param {Control} item
 */
export function patchSlider(node, { value, low, high, step, shown }) {
  const isLeft = !node.gesture && isSettled(node);
  if (isLeft) Object.assign(node, { min: low, max: high, step, value });
  setAttribute(node, "aria-valuetext", shown);
}

addPart({
  blocks: { controls },
  listen(root, outbox) {
    on(root, "input", (target) => {
      if (isSlider(target)) slide(target, outbox);
    });
    on(root, "change", (target) => onChange(target, outbox));
    on(root, "click", (target) => {
      const selector = "button:is([data-option], [data-slides])";
      const node = /** @type {HTMLElement?} */ (target.closest(selector));
      if (!node || !isEnabled(node)) return;
      if (node.dataset.slides) putBack(node, outbox);
      else choose(node, node.dataset.value ?? "", outbox);
    });
  },
});

/**
 * @param {HTMLElement} target
 * @returns {target is Slider}
 */
const isSlider = (target) => target.matches("input[type=range]");

/**
 * @param {Slider} node
 * @param {Outbox} outbox
 */
function slide(node, outbox) {
  node.gesture ??= `slide${++drags}-${Date.now()}`;
  const { gesture, value } = node;
  const { slides: cell, option } = node.dataset;
  const moved = cell
    ? { kind: "slide", cell, text: value, gesture }
    : { kind: "choose", option, value, gesture };
  reported(node, outbox.post(moved));
}

/**
 * @param {HTMLElement} button
 * @param {Outbox} outbox
 */
function putBack({ dataset: { slides: cell, value: text } }, outbox) {
  outbox.post({ kind: "slide", cell, text, gesture: `slide${++drags}-${Date.now()}` });
}

/**
 * @param {HTMLElement} target
 * @param {Outbox} outbox
 */
function onChange(target, outbox) {
  if (isSlider(target)) {
    target.gesture = undefined; // let go: the next grip is another
  } else if (target.matches("select[data-option], input[data-option]")) {
    choose(target, /** @type {HTMLInputElement} */ (target).value.trim(), outbox);
  }
}

/**
 * @param {HTMLElement} node
 * @param {string} value
 * @param {Outbox} outbox
 */
function choose(node, value, outbox) {
  const { event } = /** @type {HTMLElement?} */ (node.closest("[data-event]"))?.dataset ?? {};
  const chosen = event
    ? { kind: event, mode: value }
    : { kind: "choose", option: node.dataset.option, value };
  reported(node, outbox.post(chosen));
}
