// Typing, moving and pasting. The text goes to Python as it stands; nothing is parsed here.

import { follow } from "./visit.js";

export const BLOCK = /[\s;&[\]{}]|,.*,/; // more than one number: a block, not something to type into a cell
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function listen(root, outbox) {
  root.addEventListener("input", ({ target }) => (target.dirty = true));
  root.addEventListener("focusin", ({ target }) => target.matches("input[data-cell]") && enter(target));
  root.addEventListener("focusout", ({ target }) =>
    target.matches("input[data-cell]") && leave(target, outbox),
  );
  root.addEventListener("keydown", (event) => onKey(event, root, outbox));
  root.addEventListener("paste", (event) => onPaste(event, outbox));
  root.addEventListener("click", (event) => onClick(event, outbox));
  root.addEventListener("change", ({ target }) => onChoice(target, outbox));
  document.addEventListener("keydown", (event) => onShortcut(event, root, outbox));
}

// Show the whole number, so that editing never drops digits that were only not displayed.
function enter(field) {
  if (!field.getAttribute("aria-invalid")) field.value = field.whole;
  field.dirty = false;
  field.select();
}

function leave(field, outbox) {
  commit(field, outbox);
  if (!field.getAttribute("aria-invalid") && !field.sent) field.value = field.shown;
}

export function commit(field, outbox) {
  field.sent = field.dirty;
  if (field.dirty) outbox.post({ kind: "edit", cell: field.dataset.cell, text: field.value });
  field.dirty = false;
}

function onKey(event, root, outbox) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(event.key)) {
    return undo(event, outbox);
  }
  const field = event.target;
  if (!field.matches("[data-cell]") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && field.matches("input")) {
    field.dirty = false;
    outbox.post({ kind: "forget", cell: field.dataset.cell });
    field.value = field.whole;
    field.select();
  } else if (event.key === "Enter" && field.matches("input")) {
    commit(field, outbox);
    event.preventDefault();
    if (!move(root, field, event.shiftKey ? [-1, 0] : [1, 0])) field.select();
  } else if (MOVES[event.key] && leaves(field, event.key)) {
    if (move(root, field, MOVES[event.key])) event.preventDefault();
  }
}

// Undo what was committed, not what is being typed: there the browser's own undo is right.
function undo(event, outbox) {
  if (event.target.dirty) return;
  event.preventDefault();
  const redo = event.key.toLowerCase() === "y" || event.shiftKey;
  outbox.post({ kind: redo ? "redo" : "undo" });
}

// Left and right move the caret first, and the cell only from the text's end.
export function leaves(field, key) {
  if (!field.matches("input") || key === "ArrowUp" || key === "ArrowDown") return true;
  const whole = field.selectionEnd - field.selectionStart === field.value.length;
  const edge = key === "ArrowLeft" ? 0 : field.value.length;
  return whole || (field.selectionStart === edge && field.selectionEnd === edge);
}

function move(root, field, [down, right]) {
  const [name, ...index] = field.dataset.cell.split(":");
  const to = index.map(Number);
  to[0] += down;
  if (to.length > 1) to[1] += right;
  else to[0] += right;
  const next = root.querySelector(`[data-cell="${CSS.escape([name, ...to].join(":"))}"]`);
  next?.focus();
  return Boolean(next);
}

function onPaste(event, outbox) {
  const field = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!field.matches("input[data-cell]") || !BLOCK.test(text.trim())) return;
  event.preventDefault();
  field.dirty = false;
  outbox.post({ kind: "paste", cell: field.dataset.cell, text });
}

function onClick(event, outbox) {
  const { target } = event;
  const link = target.closest("a[data-visit]");
  if (link) return follow(event, link, outbox);
  const offer = target.closest("[data-offer]");
  if (offer) return outbox.post({ kind: "accept", offer: offer.dataset.offer });
  const step = target.closest("[data-walk]");
  if (step) return walk(step, outbox);
  const act = target.closest("[data-act]");
  if (act?.dataset.act === "share") return;
  if (act && !act.getAttribute("aria-disabled")) return outbox.post({ kind: act.dataset.act });
  const cell = target.closest("[data-cell]");
  const kind = target.closest('[data-block="backward"]') ? "back_open" : "open";
  if (cell) outbox.post({ kind, cell: cell.dataset.cell });
}

function walk(button, outbox) {
  if (button.getAttribute("aria-disabled")) return;
  outbox.post({ kind: button.closest(".walk").dataset.kind, by: Number(button.dataset.walk) });
}

function onChoice(target, outbox) {
  if (!target.matches(".walk select")) return;
  const box = target.closest(".walk");
  const t = box.querySelector('[data-choice="t"]')?.value ?? 0;
  const step = box.querySelector('[data-choice="step"]')?.value ?? box.dataset.step;
  outbox.post({ kind: box.dataset.kind === "back" ? "back_to" : "go", step, t: Number(t) });
}

// By the key's place, not its letter: with Alt, some keyboards type other signs.
function onShortcut(event, root, outbox) {
  const by = { KeyN: 1, KeyP: -1 }[event.code];
  if (!by || !event.altKey || event.ctrlKey || event.metaKey || !root.isConnected) return;
  const button = root.querySelector(`[data-walk="${by}"]`);
  if (!button) return;
  event.preventDefault();
  walk(button, outbox);
}
