// Lecture mode: keys and clicker, the dark screen, the spotlight, the teacher's note.
//
// No key is taken while someone types, and none that a control under the focus needs. Each press
// goes to Python as an event of its own, so ten fast presses are ten steps.

import { element, setAttribute, setText } from "../core/dom.js";

const ON = new Set(["ArrowRight", "PageDown", "ArrowDown", " "]);
const BACK = new Set(["ArrowLeft", "PageUp", "ArrowUp"]);
const LETTERS = { b: "blank", ".": "blank", s: "spot", r: "reveal", p: "predict", f: "full", n: "note" };
const HELP =
  "Keys: → Page Down Space: on · ← Page Up: back · Home, End · 1 to 9: a stage · B or . dark screen · " +
  "S spotlight, then ↑ ↓ · P predict first · R reveal · F full screen · N note";

export const lecture = {
  signature: () => "",
  build() {
    const box = element("div", "lecture-bar");
    const spoken = element("p", "spoken");
    spoken.setAttribute("role", "status");
    const acts = ["reveal", "spot", "blank", "full", "share", "letters"].map((act) => buildAct(act));
    box.append(element("strong", "count"), ...acts, spoken, element("p", "keys", HELP));
    return box;
  },
  patch(box, block) {
    box.block = block;
    setText(box.querySelector(".count"), block.count);
    setText(box.querySelector(".spoken"), block.spoken);
    const act = (name) => box.querySelector(`[data-lecture="${name}"]`);
    setAttribute(act("reveal"), "aria-disabled", block.hidden ? "" : "true");
    setAttribute(act("spot"), "aria-pressed", block.spot === "on");
    setAttribute(act("letters"), "aria-pressed", block.letters === "on");
  },
};

const LABELS = {
  reveal: ["Reveal", "Show the result (R)"],
  spot: ["Spotlight", "Show one entry and what it is made of (S); ↑ and ↓ choose the entry"],
  blank: ["Dark", "A dark screen until the next key or click (B, or the clicker's own key)"],
  full: ["Full", "Full screen (F)"],
  share: ["Share", "The link of this step, and its code for the room"],
  letters: ["Keys", "Whether single letters are keys here"],
};

function buildAct(act) {
  const [label, title] = LABELS[act];
  const node = element("button", "act", label);
  Object.assign(node, { type: "button", title });
  node.dataset.lecture = act;
  return node;
}

// The teacher's own words on this step; plain text, kept in the exercise.
export const note = {
  signature: ({ step }) => step,
  build({ step }) {
    const box = element("div", "note-box");
    const label = element("label", "", "My note on this step");
    const field = element("textarea");
    Object.assign(field, { rows: 1, maxLength: 500, placeholder: "My note on this step" });
    field.dataset.note = step;
    label.append(field);
    const problem = element("p", "problem");
    problem.setAttribute("role", "alert");
    box.append(label, problem);
    return box;
  },
  patch(box, { text, problem }) {
    const field = box.querySelector("textarea");
    if (field !== document.activeElement && field.value !== text) field.value = text;
    setText(box.querySelector(".problem"), problem);
  },
};

export function listenToLecture(root, outbox) {
  root.addEventListener("focusout", ({ target }) => {
    if (!target.matches("[data-note]")) return;
    outbox.post({ kind: "note", step: target.dataset.note, text: target.value });
  });
  root.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-lecture]");
    if (act && !act.getAttribute("aria-disabled")) ACTS[act.dataset.lecture]?.(root, outbox);
  });
  document.addEventListener("keydown", (event) => onKey(event, root, outbox));
}

const bar = (root) => root.querySelector(".lecture-bar").block;

const ACTS = {
  blank: (root) => darken(root),
  spot: (root, outbox) => choose(outbox, "spot", bar(root).spot === "on" ? "off" : "on"),
  letters: (root, outbox) => choose(outbox, "letters", bar(root).letters === "on" ? "off" : "on"),
  reveal: (root, outbox) => outbox.post({ kind: "reveal" }),
  predict: (root, outbox) => outbox.post({ kind: "predict", mode: bar(root).predict === "walk" ? "off" : "walk" }),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  note: (root) => root.querySelector("[data-note]").focus(),
};

function choose(outbox, option, value) {
  outbox.post({ kind: "choose", option, value });
}

function onKey(event, root, outbox) {
  if (!root.isConnected || !root.classList.contains("lecture")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  const dark = document.querySelector(".dark-screen");
  if (dark) return lighten(event, dark);
  if (needsKeys(event.target, event.key)) return;
  if (pressed(event, root, outbox)) event.preventDefault();
}

// Fields need every key; a button or a part of the diagram needs Space and Enter.
function needsKeys(target, key) {
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  return (key === " " || key === "Enter") && Boolean(target.closest("button, a, summary, [role=button]"));
}

function pressed({ key, shiftKey }, root, outbox) {
  const { spot, ends, stages, letters } = bar(root);
  if (spot === "on" && (key === "ArrowUp" || key === "ArrowDown")) return nextEntry(key, root, outbox);
  if (ON.has(key) || BACK.has(key)) {
    outbox.post({ kind: "present", by: BACK.has(key) || (key === " " && shiftKey) ? -1 : 1 });
  } else if (ends[key]) outbox.post({ kind: "go", ...ends[key] });
  else if (stages[key - 1]) outbox.post({ kind: "go", step: stages[key - 1], t: bar(root).t });
  else if (LETTERS[key.toLowerCase()] && (letters === "on" || key === "." )) {
    ACTS[LETTERS[key.toLowerCase()]](root, outbox);
  } else return false;
  return true;
}

function nextEntry(key, root, outbox) {
  const { entries, entry } = bar(root);
  const cell = entries[entry + (key === "ArrowDown" ? 1 : -1)];
  if (cell) outbox.post({ kind: "open", cell });
  return true;
}

// A dark screen turns every eye to the teacher. It says what it is to those who cannot see it.
function darken(root) {
  const screen = element("div", "dark-screen");
  Object.assign(screen, { tabIndex: -1 });
  screen.setAttribute("role", "dialog");
  screen.setAttribute("aria-label", "The screen is dark. Press any key.");
  screen.addEventListener("click", () => screen.remove());
  root.append(screen);
  screen.focus();
}

function lighten(event, screen) {
  event.preventDefault();
  screen.remove();
}
