// Typing, moving and pasting. The text goes to Python as it stands; nothing is parsed here.

import { isTyping, on } from "./dom.js";
import { isAllSelected } from "./matrix.js";
import { addPart } from "./parts.js";

/**
 * @import { Field } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

const SEVERAL = /[\s;&[\]{}]|,.*,/; // more than one number: not something to type into a cell
/** @type {{ [key: string]: [down: number, right: number] }} */
const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

addPart({
  listen(root, outbox) {
    on(root, "input", (target) => {
      /** @type {Field} */ (target).dirty = true;
    });
    on(root, "focusin", (target) => {
      if (isField(target)) enter(target);
    });
    on(root, "focusout", (target) => {
      if (isField(target)) leave(target, outbox);
    });
    on(root, "keydown", (target, event) => {
      if (isUndo(event)) undo(event, outbox);
      else if (target.matches("[data-cell]") && !isHeld(event)) onKey(event, root, outbox);
    });
    document.addEventListener("keydown", (event) => undoFromAnywhere(event, root, outbox));
    on(root, "paste", (target, event) => {
      const text = isField(target) && pastedBlock(event);
      if (text) outbox.post({ kind: "paste", cell: target.dataset.cell, text });
    });
  },
});

/**
 * Tell whether this is a cell to type into.
 *
 * @param {HTMLElement} target
 * @returns {target is Field}
 */
export const isField = (target) => target.matches("input[data-cell]");

/**
 * Tell whether a key is pressed along with another: then it is a shortcut.
 *
 * @param {KeyboardEvent} event
 */
export const isHeld = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;

/**
 * Show the whole number, so that editing never drops digits that were only not displayed.
 *
 * @param {Field} field
 */
function enter(field) {
  if (!field.getAttribute("aria-invalid")) field.value = field.full ?? "";
  field.dirty = false;
  field.select();
}

/**
 * @param {Field} field
 * @param {Outbox} outbox
 */
function leave(field, outbox) {
  commit(field, outbox);
  if (!field.getAttribute("aria-invalid") && !field.sent) field.value = field.printed ?? "";
}

/**
 * @param {Field} field
 * @param {Outbox} outbox
 */
function commit(field, outbox) {
  field.sent = field.dirty;
  if (field.dirty) outbox.post({ kind: "edit", cell: field.dataset.cell, text: field.value });
  field.dirty = false;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onKey(event, root, outbox) {
  const { key, shiftKey } = event;
  const cell = /** @type {HTMLElement} */ (event.target);
  if (key === "Escape" && isField(cell)) {
    giveUp(cell, outbox);
  } else if (key === "Enter" && isField(cell)) {
    commit(cell, outbox);
    event.preventDefault();
    if (!move(root, cell, shiftKey ? [-1, 0] : [1, 0])) cell.select();
  } else if (MOVES[key] && leavesBy(cell, key)) {
    if (move(root, cell, MOVES[key])) event.preventDefault();
  }
}

/**
 * @param {Field} field
 * @param {Outbox} outbox
 */
function giveUp(field, outbox) {
  field.dirty = false;
  outbox.post({ kind: "forget", cell: field.dataset.cell });
  field.value = field.full ?? "";
  field.select();
}

/** @param {KeyboardEvent} event */
function isUndo({ key, ctrlKey, metaKey, altKey }) {
  return (ctrlKey || metaKey) && !altKey && /^[zy]$/i.test(key);
}

/**
 * Undo what was committed, not what is being typed: there the browser's own undo is right.
 *
 * @param {KeyboardEvent} event
 * @param {Outbox} outbox
 */
function undo(event, outbox) {
  if (/** @type {Field} */ (event.target).dirty) return;
  event.preventDefault();
  const redo = event.key.toLowerCase() === "y" || event.shiftKey;
  outbox.post({ kind: redo ? "redo" : "undo" });
}

/**
 * Where nothing on the sheet has the focus, as after a change of pages, the keys mean the same.
 * What has fields of its own outside it, or no Undo to press, keeps them.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function undoFromAnywhere(event, root, outbox) {
  if (!isUndo(event) || event.defaultPrevented || !root.isConnected) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (root.querySelector('[data-act="undo"]')) undo(event, outbox);
}

/**
 * Tell whether an arrow leads out of a cell: left and right move the caret first, and leave only
 * from the text's end.
 *
 * @param {HTMLElement} cell
 * @param {string} key
 */
export function leavesBy(cell, key) {
  if (!cell.matches("input") || key === "ArrowUp" || key === "ArrowDown") return true;
  const field = /** @type {HTMLInputElement} */ (cell);
  const edge = key === "ArrowLeft" ? 0 : field.value.length;
  const atEdge = field.selectionStart === edge && field.selectionEnd === edge;
  return atEdge || isAllSelected(field);
}

/**
 * Go to the neighbour of a cell, if there is one; its address is W_f:0:1, or v:4.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} cell
 * @param {[down: number, right: number]} step
 */
function move(root, cell, [down, right]) {
  const [name, ...index] = (cell.dataset.cell ?? "").split(":");
  const to = index.map(Number);
  to[0] += down;
  to[to.length > 1 ? 1 : 0] += right;
  const address = `[data-cell="${CSS.escape([name, ...to].join(":"))}"]`;
  // The same number may stand in many matrices: in this one, if it is there.
  const here = cell.closest(".brackets")?.querySelector(address);
  const next = /** @type {HTMLElement?} */ (here ?? root.querySelector(address));
  next?.focus();
  return Boolean(next);
}

/**
 * Return what is pasted if it is more than one number, and take it from the field: Python takes it
 * apart, as it was typed.
 *
 * @param {ClipboardEvent} event
 */
export function pastedBlock(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!SEVERAL.test(text.trim())) return "";
  event.preventDefault();
  /** @type {Field} */ (event.target).dirty = false;
  return text;
}
