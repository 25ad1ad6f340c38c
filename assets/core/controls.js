// Controls: lists, buttons, sliders and fields that choose an option or move a number.
// What was chosen goes to Python as text; a slider reports while it is dragged.

import { element, setAttribute, setText } from "./dom.js";

const builders = { select, segments, range, field, button };
let drags = 0; // each grip of a slider is one gesture: the last value counts, and undo is one step

export const controls = {
  signature: ({ items }) =>
    JSON.stringify(items.map(({ type, option, cell, label, choices }) => [type, option, cell, label, choices])),
  build({ items }) {
    const box = element("div", "controls");
    box.append(...items.map((item) => builders[item.type](item)));
    return box;
  },
  patch: (box, { items }) => items.forEach((item, i) => patchers[item.type](box.children[i], item)),
};

function labelled(text, control) {
  const box = element("label", "control");
  box.append(element("span", "control-label", text), control);
  return box;
}

function select({ option, label, choices }) {
  const node = element("select");
  node.dataset.option = option;
  node.append(...choices.map(([value, text]) => new Option(text, value)));
  return labelled(label, node);
}

function segments({ option, label, choices, event }) {
  const box = element("fieldset", "control segments");
  if (event) box.dataset.event = event; // more than a choice: Python does something, too
  box.append(element("legend", "control-label", label));
  for (const [value, text] of choices) box.append(choiceButton(option, value, text));
  return box;
}

function choiceButton(option, value, text) {
  const node = element("button", "act", text);
  node.type = "button";
  Object.assign(node.dataset, { option, value });
  return node;
}

function range({ option, cell, label }) {
  const node = element("input");
  node.type = "range";
  if (cell) node.dataset.slides = cell;
  else node.dataset.option = option;
  const box = labelled(label, node);
  box.append(element("output"));
  return box;
}

function field({ option, label }) {
  const node = element("input");
  Object.assign(node, { type: "text", autocomplete: "off", spellcheck: false, size: 8 });
  node.dataset.option = option;
  return labelled(label, node);
}

function button({ option, value, label }) {
  return choiceButton(option, value, label);
}

const patchers = {
  select(box, { value }) {
    box.querySelector("select").value = value;
  },
  segments(box, { value }) {
    for (const node of box.querySelectorAll("button")) {
      setAttribute(node, "aria-pressed", node.dataset.value === value);
    }
  },
  range(box, { value, low, high, step, shown }) {
    const node = box.querySelector("input");
    if (!node.dragged) Object.assign(node, { min: low, max: high, step, value });
    setAttribute(node, "aria-valuetext", shown);
    setText(box.querySelector("output"), shown);
  },
  field(box, { value }) {
    const node = box.querySelector("input");
    if (node !== document.activeElement) node.value = value;
  },
  button(node, { value, on }) {
    node.dataset.value = value;
    setAttribute(node, "aria-disabled", on ? "" : "true");
  },
};

export function listenToControls(root, outbox) {
  root.addEventListener("input", ({ target }) => target.type === "range" && slide(target, outbox));
  root.addEventListener("change", ({ target }) => onChange(target, outbox));
  root.addEventListener("click", ({ target }) => {
    const node = target.closest("button[data-option]");
    if (node && !node.getAttribute("aria-disabled")) choose(node, node.dataset.value, outbox);
  });
}

function slide(node, outbox) {
  node.dragged ??= `slide${++drags}-${Date.now()}`;
  const gesture = node.dragged;
  const { slides: cell, option } = node.dataset;
  if (cell) outbox.post({ kind: "slide", cell, text: node.value, gesture });
  else outbox.post({ kind: "choose", option, value: node.value, gesture });
}

function onChange(target, outbox) {
  if (target.type === "range") target.dragged = undefined; // let go: the next grip is another
  else if (target.matches("select[data-option], input[data-option]")) {
    choose(target, target.value.trim(), outbox);
  }
}

function choose(node, value, outbox) {
  const { event } = node.closest(".segments")?.dataset ?? {};
  if (event) return outbox.post({ kind: event, mode: value });
  outbox.post({ kind: "choose", option: node.dataset.option, value });
}
