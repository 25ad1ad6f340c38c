// The check page: one row for each step, with a box for each entry, marked as soon as it is left.
// What is typed goes to Python exactly as it stands; nothing is parsed here.

import {
  element,
  find,
  findAll,
  isEnabled,
  on,
  setAttribute,
  setEnabled,
  setText,
} from "../core/dom.js";
import { setFormula } from "../core/formula.js";
import { isHeld, leavesBy, pastedBlock } from "../core/keyboard.js";
import { addPart, SHOWN } from "../core/parts.js";
import { patchVisit } from "../core/visit.js";

/**
 * @import { Block, Field, Kind, Visit } from "../core/types.d.ts"
 * @import { Outbox } from "../core/outbox.js"
 *
 * @typedef {object} AnswerEntry a box; `mark` says what became of the answer
 * @property {string} at
 * @property {string} text
 * @property {string} unit
 * @property {string} name
 * @property {string} state
 * @property {string} mark
 *
 * @typedef {object} Act a button beside the boxes: a hint, or why
 * @property {string} kind
 * @property {string} label
 * @property {string} name
 * @property {boolean} on
 * @property {boolean} pressed
 *
 * @typedef {{ title: string, lines: string[], links: Visit[] }} Told what is said of one entry
 *
 * @typedef {object} AnswersFields
 * @property {string} step
 * @property {string} stage
 * @property {string} title
 * @property {string} latex
 * @property {string} name
 * @property {number} columns of a matrix; 0 for a vector
 * @property {string} enough how precise is enough
 * @property {AnswerEntry[]} entries
 * @property {Act[]} acts
 * @property {string} line what became of the step
 * @property {Told[]} told
 * @typedef {Block & AnswersFields} Answers
 *
 * @typedef {Block & { value: number, most: number, text: string }} Score
 */

const LONGEST = 200; // characters: what Python keeps
/** @type {{ [letter: string]: string }} */
const HELP_KEYS = { h: "hint", y: "why" }; // with Alt, in a box of the row
const INVALID = new Set(["wrong", "impossible", "error"]);

/** @type {Kind<Answers>} */
const answers = {
  signature: ({ entries, acts }) =>
    [...entries.map(({ at }) => at), ...acts.map(({ kind }) => kind)].join(),
  build({ entries, acts }) {
    const row = element("section", "answer-row");
    const asked = element("div", "asked");
    asked.append(element("h3"), element("span", "tex"), element("p", "enough"));
    const boxes = element("div", "boxes", "", { role: "group" });
    boxes.append(...entries.map(buildBox));
    const buttons = element("div", "row-acts");
    buttons.append(...acts.map(buildAct));
    const line = element("p", "line", "", { role: "status" });
    row.append(asked, boxes, buttons, line, element("div", "told"));
    return row;
  },
  patch(row, { stage, step, title, latex, name, columns, enough, entries, acts, line, told }) {
    Object.assign(row.dataset, { stage, row: step });
    setText(find(row, "h3"), title);
    setFormula(find(row, ".tex"), latex);
    setText(find(row, ".enough"), enough);
    const boxes = find(row, ".boxes");
    setAttribute(boxes, "aria-label", name);
    boxes.classList.toggle("as-matrix", columns > 0);
    boxes.style.setProperty("--columns", String(columns));
    findAll(row, ".box").forEach((box, j) => {
      patchBox(box, entries[j]);
    });
    findAll(row, ".row-acts button").forEach((button, k) => {
      patchAct(button, acts[k]);
    });
    setText(find(row, ".line"), line);
    patchTold(find(row, ".told"), told);
  },
};

/** @param {AnswerEntry} entry */
function buildBox({ at }) {
  const box = element("div", "box");
  const mark = element("span", "mark");
  mark.id = `mark-${at.replace(/\W/g, "-")}`;
  const field = element("input", "answer", "", { "aria-describedby": mark.id });
  Object.assign(field, { type: "text", inputMode: "decimal", enterKeyHint: "next" });
  Object.assign(field, { autocomplete: "off", spellcheck: false, maxLength: LONGEST });
  field.dataset.answer = at;
  box.append(element("span", "unit"), field, mark);
  return box;
}

/**
 * @param {HTMLElement} box
 * @param {AnswerEntry} entry
 */
function patchBox(box, { text, unit, name, state, mark }) {
  const field = /** @type {Field} */ (find(box, "input"));
  box.dataset.state = state;
  setText(find(box, ".unit"), unit);
  setText(find(box, ".mark"), mark);
  setAttribute(field, "aria-label", name);
  setAttribute(field, "aria-invalid", INVALID.has(state) ? "true" : "");
  // Never write under the caret: what is being typed stays until it is left.
  const isTyping = field === document.activeElement && field.dirty;
  if (field.value !== text && !isTyping) field.value = text;
}

/** @param {Act} act */
function buildAct({ kind }) {
  // Tab goes from box to box, and never where a number that is typed would be lost.
  const key = Object.keys(HELP_KEYS).find((letter) => HELP_KEYS[letter] === kind) ?? "";
  const keys = `Alt+${key.toUpperCase()}`;
  const attributes = { type: "button", tabindex: "-1", title: keys, "aria-keyshortcuts": keys };
  const node = element("button", "act", "", attributes);
  node.dataset.help = kind;
  return node;
}

/**
 * @param {HTMLElement} button
 * @param {Act} act
 */
function patchAct(button, act) {
  setText(button, act.label);
  setAttribute(button, "aria-label", act.name);
  setAttribute(button, "aria-expanded", act.pressed);
  setEnabled(button, act.on);
}

/**
 * @param {HTMLElement} box
 * @param {Told[]} told
 */
function patchTold(box, told) {
  const key = JSON.stringify(told);
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...told.map(buildTold));
}

/** @param {Told} told */
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
/** @type {Kind<Score>} */
const score = {
  signature: () => "",
  build() {
    const box = element("div", "score");
    const bar = element("progress", "", "", { "aria-label": "Entries answered" });
    box.append(bar, element("p"));
    return box;
  },
  patch(box, { value, most, text }) {
    Object.assign(find(box, "progress"), { max: most, value });
    setText(find(box, "p"), text);
  },
};

addPart({
  blocks: { answers, score },
  listen(root, outbox) {
    on(root, "focusin", (target) => {
      if (isAnswer(target)) target.dirty = false;
    });
    on(root, "focusout", (target) => {
      if (isAnswer(target)) commit(target, outbox);
    });
    on(root, "keydown", (target, event) => {
      if (!isAnswer(target)) return;
      if (event.altKey) askByKey(target, event, outbox);
      else if (!isHeld(event)) onKey(target, event, root, outbox);
    });
    on(root, "paste", (target, event) => {
      const text = isAnswer(target) && pastedBlock(event);
      if (!text) return;
      outbox.post({ kind: "answers", cell: target.dataset.answer, text });
      target.value = ""; // what was being typed there is not kept beside what was pasted
    });
    root.addEventListener(SHOWN, () => {
      if (!("goesOn" in root.dataset)) return;
      delete root.dataset.goesOn;
      fieldsIn(root)[0]?.focus();
    });
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-help]"));
      if (button && isEnabled(button)) askForHelp(button, outbox);
    });
  },
});

/**
 * @param {HTMLElement} target
 * @returns {target is Field}
 */
const isAnswer = (target) => target.matches("[data-answer]");

/** @param {HTMLElement} node */
const rowOf = (node) => /** @type {HTMLElement} */ (node.closest(".answer-row"));

/**
 * @param {Field} field
 * @param {Outbox} outbox
 */
function commit(field, outbox) {
  const { answer } = field.dataset;
  if (field.dirty) outbox.post({ kind: "answer", cell: answer, text: field.value });
  field.dirty = false;
  rowOf(field).dataset.last = answer; // help is about the entry that was left last
}

/**
 * @param {Field} field
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onKey(field, event, root, outbox) {
  const next = nextField(event, root, field);
  if (!next || (event.key.startsWith("Arrow") && !leavesBy(field, event.key))) return;
  if (event.key === "Tab" && next === field) return; // out of the boxes, as anywhere
  event.preventDefault();
  commit(field, outbox);
  if (event.key === "Enter" && !event.shiftKey && next === field) goOn(root, outbox);
  next.focus();
  next.select();
}

/**
 * Go on to the next time step, and there to its first box.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function goOn(root, outbox) {
  const choice = /** @type {HTMLSelectElement?} */ (root.querySelector("[data-choice=t]"));
  if (!choice || choice.selectedIndex === choice.length - 1) return;
  root.dataset.goesOn = "";
  outbox.post({ kind: "go_on" });
}

/**
 * Return where a key leads. Tab, Enter, Left and Right go through the entries in the order of the
 * calculation; Up and Down go to the step above or below.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Field} field
 */
function nextField({ key, shiftKey }, root, field) {
  const on = shiftKey ? -1 : 1;
  const along = { Tab: on, Enter: on, ArrowRight: 1, ArrowLeft: -1 }[key];
  const across = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (along) return neighbour(fieldsIn(root), field, along);
  return across ? fieldAcross(root, field, across) : null;
}

/**
 * @param {HTMLElement} root
 * @param {Field} field
 * @param {number} by
 */
function fieldAcross(root, field, by) {
  const here = rowOf(field);
  const row = neighbour(findAll(root, ".answer-row"), here, by);
  if (row === here) return field;
  const fields = fieldsIn(row);
  return fields[Math.min(fieldsIn(here).indexOf(field), fields.length - 1)];
}

/** @param {HTMLElement} root */
const fieldsIn = (root) => /** @type {Field[]} */ (findAll(root, "[data-answer]"));

/**
 * Return the item so many places further on; at either end, the same.
 *
 * @template T
 * @param {T[]} items
 * @param {T} item
 * @param {number} by
 */
const neighbour = (items, item, by) => items[items.indexOf(item) + by] ?? item;

/**
 * Ask for help on the entry that one is in, with what stands there.
 *
 * @param {Field} field
 * @param {KeyboardEvent} event
 * @param {Outbox} outbox
 */
function askByKey(field, event, outbox) {
  const kind = HELP_KEYS[event.key.toLowerCase()];
  const button = kind && rowOf(field).querySelector(`[data-help=${kind}]`);
  if (!(button instanceof HTMLElement) || !isEnabled(button)) return;
  event.preventDefault();
  commit(field, outbox);
  askForHelp(button, outbox);
}

/**
 * @param {HTMLElement} button
 * @param {Outbox} outbox
 */
function askForHelp(button, outbox) {
  const { row: step, last = "" } = rowOf(button).dataset;
  outbox.post({ kind: "help", what: button.dataset.help, step, cell: last });
}
