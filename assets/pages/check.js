// The check page: one row for each step, with a box for each entry, marked as soon as it is left.
// What is typed goes to Python exactly as it stands; nothing is parsed here.

import { element, setAttribute, setFormula, setText } from "../core/dom.js";
import { BLOCK, leaves } from "../core/keyboard.js";
import { patchVisit } from "../core/visit.js";

const LONGEST = 200; // characters: what Python keeps

const INVALID = new Set(["wrong", "impossible", "error"]);

export const answers = {
  signature: ({ entries, acts }) =>
    [...entries.map((entry) => entry.at), ...acts.map((act) => act.kind)].join(),
  build(block) {
    const row = element("section", "answer-row");
    const asked = element("div", "asked");
    asked.append(element("h3"), element("span", "tex"));
    const boxes = element("div", "boxes");
    boxes.setAttribute("role", "group");
    boxes.append(...block.entries.map(buildBox));
    const acts = element("div", "row-acts");
    acts.append(...block.acts.map(({ kind }) => buildAct(kind)));
    const line = element("p", "line");
    line.setAttribute("role", "status");
    row.append(asked, boxes, acts, line, element("div", "told"));
    return row;
  },
  patch(row, block) {
    row.dataset.stage = block.stage;
    row.dataset.row = block.step;
    setText(row.querySelector("h3"), block.title);
    setFormula(row.querySelector(".tex"), block.latex);
    setAttribute(row.querySelector(".boxes"), "aria-label", block.name);
    block.entries.forEach((entry, j) => patchBox(row.querySelectorAll(".box")[j], entry));
    block.acts.forEach((act, k) => patchAct(row.querySelectorAll(".row-acts button")[k], act));
    setText(row.querySelector(".line"), block.line);
    patchTold(row.querySelector(".told"), block.told);
  },
};

function buildBox({ at }) {
  const box = element("div", "box");
  const field = element("input", "answer");
  const mark = element("span", "mark");
  mark.id = `mark-${at.replace(/\W/g, "-")}`;
  Object.assign(field, { type: "text", autocomplete: "off", spellcheck: false, maxLength: LONGEST });
  Object.assign(field, { enterKeyHint: "next", inputMode: "text" });
  field.dataset.answer = at;
  field.setAttribute("aria-describedby", mark.id);
  box.append(element("span", "unit"), field, mark);
  return box;
}

function patchBox(box, { text, unit, name, state, mark }) {
  const [label, field, note] = box.children;
  setText(label, unit);
  setAttribute(field, "aria-label", name);
  setAttribute(field, "aria-invalid", INVALID.has(state) ? "true" : "");
  box.dataset.state = state;
  setText(note, mark);
  // Never write under the caret: what is being typed stays until it is left.
  if (field.value !== text && !(field === document.activeElement && field.dirty)) field.value = text;
}

function buildAct(kind) {
  const node = element("button", "act");
  node.type = "button";
  node.dataset.help = kind;
  return node;
}

function patchAct(node, { label, name, on, pressed }) {
  setText(node, label);
  setAttribute(node, "aria-label", name);
  setAttribute(node, "aria-expanded", pressed);
  setAttribute(node, "aria-disabled", on ? "" : "true");
}

function patchTold(box, told) {
  const key = JSON.stringify(told);
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...told.map(buildTold));
}

function buildTold({ title, lines, links }) {
  const box = element("div", "told-entry");
  box.append(element("h4", "", title), ...lines.map((line) => element("p", "", line)));
  for (const visit of links) {
    const link = element("a");
    patchVisit(link, visit);
    box.append(link);
  }
  return box;
}

// How far the reader has come: a bar, and the numbers in words.
export const score = {
  signature: () => "",
  build() {
    const box = element("div", "score");
    const bar = element("progress");
    bar.setAttribute("aria-label", "Entries answered");
    box.append(bar, element("p"));
    return box;
  },
  patch(node, { value, most, text }) {
    Object.assign(node.firstChild, { max: most, value });
    setText(node.lastChild, text);
  },
};

export function listenToAnswers(root, outbox) {
  const answer = ({ target }) => target.matches("[data-answer]") && target;
  root.addEventListener("focusin", (event) => answer(event) && (event.target.dirty = false));
  root.addEventListener("focusout", (event) => answer(event) && commit(event.target, outbox));
  root.addEventListener("keydown", (event) => answer(event) && onKey(event, root, outbox));
  root.addEventListener("paste", (event) => answer(event) && onPaste(event, outbox));
  root.addEventListener("click", ({ target }) => {
    const node = target.closest("[data-help]");
    if (node && !node.getAttribute("aria-disabled")) help(node, outbox);
  });
}

function commit(field, outbox) {
  if (field.dirty) outbox.post({ kind: "answer", cell: field.dataset.answer, text: field.value });
  field.dirty = false;
  field.closest(".answer-row").dataset.last = field.dataset.answer;
}

// Enter, Left and Right go through the entries in the order of the calculation; Up and Down go to
// the step above or below.
function onKey(event, root, outbox) {
  const field = event.target;
  const next = event.altKey || event.ctrlKey || event.metaKey ? null : target(event, root, field);
  if (!next || (event.key.startsWith("Arrow") && !leaves(field, event.key))) return;
  event.preventDefault();
  commit(field, outbox);
  next.focus();
  next.select();
}

function target({ key, shiftKey }, root, field) {
  const along = { Enter: shiftKey ? -1 : 1, ArrowRight: 1, ArrowLeft: -1 }[key];
  const across = { ArrowDown: 1, ArrowUp: -1 }[key];
  const all = [...root.querySelectorAll("[data-answer]")];
  if (along) return all[all.indexOf(field) + along] ?? field;
  if (!across) return null;
  const rows = [...root.querySelectorAll(".answer-row")];
  const here = field.closest(".answer-row");
  const column = [...here.querySelectorAll("[data-answer]")].indexOf(field);
  const others = rows[rows.indexOf(here) + across]?.querySelectorAll("[data-answer]");
  return others ? others[Math.min(column, others.length - 1)] : field;
}

// A whole vector at once: Python takes it apart, entry by entry, as it was typed.
function onPaste(event, outbox) {
  const text = event.clipboardData.getData("text/plain");
  if (!BLOCK.test(text.trim())) return;
  event.preventDefault();
  event.target.dirty = false;
  outbox.post({ kind: "answers", cell: event.target.dataset.answer, text });
}

function help(node, outbox) {
  const row = node.closest(".answer-row");
  outbox.post({ kind: "help", what: node.dataset.help, step: row.dataset.row, cell: row.dataset.last ?? "" });
}
