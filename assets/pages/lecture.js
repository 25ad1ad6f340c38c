// Lecture mode: keys and clicker, the dark screen, the spotlight.
//
// No key is taken while someone types, and none that a control under the focus needs. Each press
// goes to Python as an event of its own, so ten fast presses are ten steps.

import { element, find, isEnabled, on, setAttribute, setEnabled, setText } from "../core/dom.js";
import { isHeld } from "../core/keyboard.js";
import { addPart } from "../core/parts.js";
import { openShare } from "../core/share.js";

/**
 * @import { Block, Kind, SheetData } from "../core/types.d.ts"
 * @import { Outbox } from "../core/outbox.js"
 *
 * @typedef {object} LectureFields
 * @property {string} count
 * @property {string} spoken
 * @property {boolean} hidden whether the result is still to be predicted
 * @property {"off" | "walk" | "step"} predict
 * @property {"off" | "on"} spot
 * @property {"off" | "on"} letters whether single letters are keys
 * @property {{ [key: string]: { step: string, t: number } }} ends where Home and End lead
 * @property {string[]} stages the first step of each stage
 * @property {number} t
 * @property {string[]} entries the cells of the result
 * @property {number} entry which of them is open
 * @typedef {Block & LectureFields} Lecture
 *
 * @typedef {SheetData & { lecture?: boolean }} LectureData
 * @typedef {HTMLElement & { block?: Lecture }} Bar
 * @typedef {(root: HTMLElement, outbox: Outbox) => void} Act
 */

const ON = new Set(["ArrowRight", "PageDown", "ArrowDown", " "]);
const BACK = new Set(["ArrowLeft", "PageUp", "ArrowUp"]);
const DARK_KEY = "."; // a clicker's own key for a dark screen: it counts even where letters do not
/** @type {{ [key: string]: string }} */
const LETTERS = {
  b: "blank",
  [DARK_KEY]: "blank",
  s: "spot",
  r: "reveal",
  p: "predict",
  f: "full",
  n: "note",
};
const HELP =
  "Keys: → Page Down Space: on · ← Page Up: back · Home, End · 1 to 9: a stage · " +
  "B or . dark screen · S spotlight, then ↑ ↓ · P predict first · R reveal · F full screen · " +
  "N note";

/** @type {[act: string, label: string, title: string][]} */
const BUTTONS = [
  ["reveal", "Reveal", "Show the result (R)"],
  ["spot", "Spotlight", "Show one entry and what it is made of (S); ↑ and ↓ choose the entry"],
  ["blank", "Dark", "A dark screen until the next key or click (B, or the clicker's own key)"],
  ["full", "Full", "Full screen (F)"],
  ["share", "Share", "The link of this step, and its code for the room"],
  ["letters", "Keys", "Whether single letters are keys here"],
];

/** @type {Kind<Lecture, Bar>} */
const lecture = {
  signature: () => "",
  build() {
    const box = element("div", "lecture-bar");
    box.append(element("strong", "count"));
    for (const [act, label, title] of BUTTONS) {
      const button = element("button", "act", label, { type: "button", title });
      button.dataset.lecture = act;
      box.append(button);
    }
    box.append(element("p", "spoken", "", { role: "status" }), element("p", "keys", HELP));
    return box;
  },
  patch(box, block) {
    box.block = block;
    setText(find(box, ".count"), block.count);
    setText(find(box, ".spoken"), block.spoken);
    const button = (/** @type {string} */ act) => find(box, `[data-lecture="${act}"]`);
    setEnabled(button("reveal"), block.hidden);
    setAttribute(button("spot"), "aria-pressed", block.spot === "on");
    setAttribute(button("letters"), "aria-pressed", block.letters === "on");
  },
};

addPart({
  blocks: { lecture },
  update(root, /** @type {LectureData} */ { lecture }) {
    root.classList.toggle("lecture", Boolean(lecture));
  },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-lecture]"));
      if (button && isEnabled(button)) ACTS[button.dataset.lecture ?? ""](root, outbox);
    });
    document.addEventListener("keydown", (event) => onKey(event, root, outbox));
  },
});

/** @param {HTMLElement} root */
function blockIn(root) {
  return /** @type {Lecture} */ (/** @type {Bar} */ (find(root, ".lecture-bar")).block);
}

/** @type {{ [name: string]: Act }} */
const ACTS = {
  blank: darken,
  spot: (root, outbox) => toggle(outbox, "spot", blockIn(root).spot),
  letters: (root, outbox) => toggle(outbox, "letters", blockIn(root).letters),
  reveal: (_, outbox) => outbox.post({ kind: "reveal" }),
  predict(root, outbox) {
    outbox.post({ kind: "predict", mode: blockIn(root).predict === "walk" ? "off" : "walk" });
  },
  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  },
  note: (root) => find(root, "[data-note]").focus(),
  // The link for the room leads to the step, not to the lecture.
  share: (root, outbox) => openShare(root, outbox, false),
};

/**
 * @param {Outbox} outbox
 * @param {string} option
 * @param {"off" | "on"} value
 */
function toggle(outbox, option, value) {
  outbox.post({ kind: "choose", option, value: value === "on" ? "off" : "on" });
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onKey(event, root, outbox) {
  if (!root.isConnected || !root.classList.contains("lecture")) return;
  if (isHeld(event) || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]")) return;
  const dark = document.querySelector(".dark-screen");
  const target = /** @type {HTMLElement} */ (event.target);
  if (!dark && isNeededBy(target, event.key)) return;
  if (dark) dark.remove();
  else if (!act(event, root, outbox)) return;
  event.preventDefault();
}

/**
 * Fields need every key; a button or a part of the diagram needs Space and Enter.
 *
 * @param {HTMLElement} target
 * @param {string} key
 */
function isNeededBy(target, key) {
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  const presses = key === " " || key === "Enter";
  return presses && Boolean(target.closest("button, a, summary, [role=button]"));
}

/**
 * Do what a key stands for; tell whether it stands for anything.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function act({ key, shiftKey }, root, outbox) {
  const { spot, ends, stages, letters, t } = blockIn(root);
  const stage = stages[Number(key) - 1];
  const name = letters === "on" || key === DARK_KEY ? LETTERS[key.toLowerCase()] : "";
  if (spot === "on" && (key === "ArrowUp" || key === "ArrowDown")) {
    openNext(key === "ArrowDown" ? 1 : -1, root, outbox);
  } else if (ON.has(key) || BACK.has(key)) {
    const isBack = BACK.has(key) || (key === " " && shiftKey);
    outbox.post({ kind: "present", by: isBack ? -1 : 1 });
  } else if (ends[key]) {
    outbox.post({ kind: "go", ...ends[key] });
  } else if (stage) {
    outbox.post({ kind: "go", step: stage, t });
  } else if (name) {
    ACTS[name](root, outbox);
  } else {
    return false;
  }
  return true;
}

/**
 * @param {1 | -1} by
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function openNext(by, root, outbox) {
  const { entries, entry } = blockIn(root);
  const cell = entries[entry + by];
  if (cell) outbox.post({ kind: "open", cell });
}

/**
 * A dark screen turns every eye to the teacher. It says what it is to those who cannot see it.
 *
 * @param {HTMLElement} root
 */
function darken(root) {
  const name = "The screen is dark. Press any key.";
  const attributes = { role: "dialog", "aria-label": name, tabindex: -1 };
  const screen = element("div", "dark-screen", "", attributes);
  screen.addEventListener("click", () => screen.remove());
  root.append(screen);
  screen.focus();
}
