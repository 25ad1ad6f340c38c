// Lecture mode: keys and clicker, the dark screen, the line to the teacher's window, and a slide
// whose numbers are as large as the room allows.
//
// Page Down, Page Up and Esc work wherever the focus is. No other key is taken while someone types,
// and none that a control under the focus needs. Each press goes to Python as an event of its own,
// so ten fast presses are ten steps.

import { CLICKER, onClicker } from "../core/clicker.js";
import { DARK, darken, isDark, lighten } from "../core/dark.js";
import {
  element,
  find,
  isEnabled,
  isTyping,
  on,
  setAttribute,
  setEnabled,
  setText,
} from "../core/dom.js";
import { DRAWN } from "../core/figure_place.js";
import { isHeld } from "../core/keyboard.js";
import { openKeys } from "../core/keys_help.js";
import { lineName, openLine } from "../core/line.js";
import { listInDialog } from "../core/list_dialog.js";
import { addPart, SHOWN } from "../core/parts.js";
import { setPieces } from "../core/pieces.js";
import { fillScreen, openShare } from "../core/share.js";
import { arrange } from "../core/slide.js";

/**
 * @import { Block, Kind, SheetData } from "../core/types.d.ts"
 * @import { Piece } from "../core/pieces.js"
 * @import { Outbox } from "../core/outbox.js"
 *
 * @typedef {Block & { stage: string, title: Piece[], what: Piece[] }} SlideTitle
 * @typedef {object} LectureFields
 * @property {string} count
 * @property {string} spoken
 * @property {boolean} hidden whether the result is still to be predicted
 * @property {{ [option: string]: string }} chosen the options that keys change
 * @property {{ [key: string]: { step: string, t: number } }} ends where Home and End lead
 * @property {string[]} stages the first step of each stage
 * @property {string} step
 * @property {number} t
 * @property {string[]} entries the cells of the result
 * @property {number} entry which of them is open
 * @property {[keys: string, what: string][]} keys
 * @property {{ [name: string]: string }} words
 * @typedef {Block & LectureFields} Lecture
 *
 * @typedef {SheetData & { lecture?: boolean }} LectureData
 * @typedef {HTMLElement & { block?: Lecture }} Bar
 * @typedef {(root: HTMLElement, outbox: Outbox) => void} Act
 */

/** @type {{ [key: string]: 1 | -1 }} */
const WALKS = { ArrowRight: 1, ArrowDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1 };
const WINDOW = "width=900,height=640"; // the teacher's, at first
const DARK_KEY = "."; // a clicker's own key for a dark screen: it counts even where letters do not
/** @type {{ [key: string]: string }} */
const LETTERS = { b: "blank", s: "spot", r: "reveal", p: "predict", f: "full", n: "note" };
Object.assign(LETTERS, { [DARK_KEY]: "blank", g: "show", u: "fold", w: "window", q: "code" });

/** @type {[act: string, label: string, title: string][]} */
const BUTTONS = [
  ["reveal", "Reveal", "Show the result (R)"],
  ["spot", "Spotlight", "Show one entry and what it is made of (S); ↑ and ↓ choose the entry"],
  ["blank", "Dark", "A dark screen until the next key or click (B, or the clicker's own key)"],
  ["full", "Full", "Full screen (F)"],
  [
    "share",
    "Share",
    "The link of this step, and its code for the room (Q fills the screen with it)",
  ],
  ["window", "Notes", "The teacher's window: notes, the next step, a clock (W)"],
  ["help", "Keys", "What the keys do (?)"],
];

/** @type {Kind<SlideTitle>} */
const slide_title = {
  signature: () => "",
  build() {
    const box = element("div", "heading");
    box.append(element("h1"), element("p", "what"));
    return box;
  },
  patch(box, { stage, title, what }) {
    box.dataset.stage = stage;
    setPieces(find(box, "h1"), title);
    setPieces(find(box, ".what"), what);
  },
};

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
    box.append(element("p", "spoken", "", { role: "status" }));
    return box;
  },
  patch(box, block) {
    box.block = block;
    setText(find(box, ".count"), block.count);
    setText(find(box, ".spoken"), block.spoken);
    setEnabled(find(box, '[data-lecture="reveal"]'), block.hidden);
    setAttribute(find(box, '[data-lecture="spot"]'), "aria-pressed", block.chosen.spot === "on");
  },
};

addPart({
  blocks: { lecture, slide_title },
  update(root, /** @type {LectureData} */ { lecture }) {
    root.classList.toggle("lecture", Boolean(lecture));
    document.body.classList.toggle("is-lecture", Boolean(lecture));
  },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-lecture]"));
      if (button && isEnabled(button)) ACTS[button.dataset.lecture ?? ""](root, outbox);
    });
    const inLecture = () => root.isConnected && root.classList.contains("lecture");
    const go = (/** @type {number} */ by) => outbox.post({ kind: "present", by });
    addEventListener("keydown", (event) => inLecture() && onClicker(event, go), true);
    addEventListener("keydown", (event) => inLecture() && onHelp(event, root, outbox), true);
    document.addEventListener("keydown", (event) => inLecture() && onKey(event, root, outbox));
    listInDialog(root, (target) => inLecture() && target.matches(".walk select"));
    const refit = () => inLecture() && arrange(root, blockIn(root).step);
    root.addEventListener(SHOWN, refit);
    addEventListener("resize", refit);
    document.addEventListener(DRAWN, refit);
    // The diagram above the sheet comes later than the sheet.
    new ResizeObserver(refit).observe(document.querySelector(".stMainBlockContainer") ?? root);
    tellTeacher(root, outbox, inLecture);
  },
});

/** @param {HTMLElement} root */
function blockIn(root) {
  return /** @type {Lecture} */ (/** @type {Bar} */ (find(root, ".lecture-bar")).block);
}

/** @type {{ [name: string]: Act }} */
const ACTS = {
  blank: darken,
  spot: (root, outbox) => turn(root, outbox, "spot", ["off", "on"]),
  letters: (root, outbox) => turn(root, outbox, "letters", ["on", "off"]),
  note: (root, outbox) => turn(root, outbox, "note", ["off", "on"]),
  show: (root, outbox) => turn(root, outbox, "show", ["both", "numbers", "figure"]),
  fold: (root, outbox) => turn(root, outbox, "fold", ["on", "off"]),
  reveal: (_, outbox) => outbox.post({ kind: "reveal" }),
  predict(root, outbox) {
    const mode = blockIn(root).chosen.predict === "walk" ? "off" : "walk";
    outbox.post({ kind: "predict", mode });
  },
  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  },
  // The link for the room leads to the step, not to the lecture.
  share: (root, outbox) => openShare(root, outbox, false),
  code: (root, outbox) => fillScreen(root, outbox),
  window: () => open(`${location.pathname}?window=${lineName()}`, lineName(), WINDOW),
  help,
};

/**
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 * @param {string} option
 * @param {string[]} values the next of which is chosen
 */
function turn(root, outbox, option, values) {
  const at = values.indexOf(blockIn(root).chosen[option]);
  outbox.post({ kind: "choose", option, value: values[(at + 1) % values.length] });
}

// ---- keys ---------------------------------------------------------------------------------------

/**
 * On other pages "?" opens the guide.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onHelp(event, root, outbox) {
  const isFree = !document.querySelector("dialog[open]") && !isDark();
  if (event.key !== "?" || !isFree || isTyping(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  help(root, outbox);
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onKey(event, root, outbox) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.defaultPrevented || isHeld(event) || document.querySelector("dialog[open]")) return;
  if (!isDark() && isNeededBy(target, event.key)) return;
  if (isDark()) lighten();
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
  if (isTyping(target)) return true;
  if (target.closest('[role="application"]')) return key.startsWith("Arrow"); // a figure, read
  const presses = key === " " || key === "Enter";
  return presses && Boolean(target.closest("button, a, summary, [role=button]"));
}

/**
 * Do what a key stands for; tell whether it stands for anything.
 *
 * @param {Pick<KeyboardEvent, "key" | "shiftKey">} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function act({ key, shiftKey }, root, outbox) {
  const { chosen, ends, stages, t } = blockIn(root);
  const stage = stages[Number(key) - 1];
  const name = chosen.letters === "on" || key === DARK_KEY ? LETTERS[key.toLowerCase()] : "";
  if (chosen.spot === "on" && (key === "ArrowUp" || key === "ArrowDown")) {
    openNext(key === "ArrowDown" ? 1 : -1, root, outbox);
  } else if (WALKS[key]) {
    outbox.post({ kind: "present", by: key === " " && shiftKey ? -1 : WALKS[key] });
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
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function help(root, outbox) {
  const { keys: rows, words, chosen } = blockIn(root);
  const pressed = chosen.letters === "on";
  const toggle = { label: words.letters, pressed, press: () => ACTS.letters(root, outbox) };
  openKeys(root, { title: words.title, text: words.always, close: words.close, rows }, toggle);
}

// ---- the teacher's window -----------------------------------------------------------------------

/** @type {ReturnType<typeof openLine> | undefined} */
let line; // one for all sheets: another page's sheet is the first to know that the lecture was left
/** @type {((said: import("../core/line.js").Said) => void) | undefined} */
let hear;

/**
 * Tell the teacher's window what is on screen, and do what is asked for there.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 * @param {() => boolean} inLecture
 */
function tellTeacher(root, outbox, inLecture) {
  const tell = () => inLecture() && line?.say({ slide: { ...blockIn(root), dark: isDark() } });
  root.addEventListener(SHOWN, () => {
    if (!inLecture()) return line?.say({ gone: true });
    line ??= openLine(lineName(), (said) => hear?.(said));
    hear = ({ ask, key, note }) => {
      if (!inLecture()) return;
      if (ask) tell();
      if (note) outbox.post({ kind: "note", ...note });
      if (key) press(key, root, outbox);
    };
    tell();
  });
  document.addEventListener(DARK, tell);
  addEventListener("pagehide", () => inLecture() && line?.say({ gone: true }));
}

/**
 * @param {string} key that was pressed in the teacher's window
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function press(key, root, outbox) {
  if (isDark()) return lighten();
  if (CLICKER[key]) outbox.post({ kind: "present", by: CLICKER[key] });
  else act({ key, shiftKey: false }, root, outbox);
}
