// The teacher's window: the note on the step on screen, what comes next, a clock. It follows the
// lecture, and its keys and buttons lead it.

import { element, find, on, setText } from "../core/dom.js";
import { setFormula } from "../core/formula.js";
import { isHeld } from "../core/keyboard.js";
import { openLine } from "../core/line.js";
import { inTab } from "../core/memory.js";
import { addPart } from "../core/parts.js";
import { setPieces } from "../core/pieces.js";

/**
 * @import { Block, Kind } from "../core/types.d.ts"
 * @import { Piece } from "../core/pieces.js"
 *
 * @typedef {{ count: string, title: Piece[], latex: string }} Step
 * @typedef {object} Slide
 * @property {string} step
 * @property {boolean} hidden
 * @property {boolean} dark
 * @property {Step} now
 * @property {Step | null} next
 * @property {string} note
 * @typedef {Block & { line: string, words: { [name: string]: string } }} Teacher
 * @typedef {{ say: (what: import("../core/line.js").Said) => void }} Line
 * @typedef {HTMLElement & { block?: Teacher, line?: Line, step?: string }} Box
 */

const BEGUN = "lecture begun"; // when the clock was started, kept while this window is loaded anew
const LONGEST = 500; // characters of a note: what Python keeps
const KEYS = /^(PageDown|PageUp|Arrow\w+|Home|End|Escape|[ 1-9.]|[bsrpgun])$/i;

/** @type {[key: string, label: string, title: string][]} */
const BUTTONS = [
  ["PageUp", "← Back", "Page Up"],
  ["PageDown", "On →", "Page Down"],
  ["r", "Reveal", "R"],
  ["s", "Spotlight", "S"],
  ["b", "Dark", "B"],
];

/** @type {Kind<Teacher, Box>} */
const teacher = {
  signature: ({ line }) => line,
  build({ line, words }) {
    const box = /** @type {Box} */ (element("div", "teacher"));
    box.append(element("h1", "", words.title), buildClocks(words));
    box.append(element("p", "alone", words.alone, { role: "status" }));
    box.append(buildStep("now", words.now), buildNote(words.note), buildStep("next", words.next));
    const bar = element("div", "teacher-bar");
    for (const [key, label, title] of BUTTONS) {
      const button = element("button", "act", label, { type: "button", title });
      button.dataset.press = key;
      bar.append(button);
    }
    box.append(bar, element("p", "legend", words["leave out"]));
    box.line = openLine(line, ({ slide, gone }) => {
      if (slide) show(box, /** @type {Slide} */ (slide), words);
      if (gone) box.classList.remove("told");
    });
    box.line.say({ ask: true });
    setInterval(() => tick(box), 500);
    return box;
  },
  patch() {},
};

/** @param {Teacher["words"]} words */
function buildClocks(words) {
  const box = element("div", "clocks");
  for (const name of ["elapsed", "clock"]) {
    const clock = element("p", name);
    clock.append(element("span", "", words[name]), element("strong"));
    box.append(clock);
  }
  const again = element("button", "act", words["start over"], { type: "button" });
  again.addEventListener("click", () => inTab.set(BEGUN, String(Date.now())));
  box.append(again);
  return box;
}

/**
 * @param {string} name
 * @param {string} label
 */
function buildStep(name, label) {
  const box = element("section", `teacher-step ${name}`, "", { "aria-label": label });
  box.append(element("p", "label", label), element("p", "count"));
  box.append(element("h2"), element("div", "tex"));
  return box;
}

/** @param {string} label */
function buildNote(label) {
  const box = element("label", "teacher-note");
  const field = element("textarea", "", "", { maxlength: LONGEST });
  box.append(element("span", "label", label), field);
  return box;
}

/**
 * @param {Box} box
 * @param {Slide} slide
 * @param {Teacher["words"]} words
 */
function show(box, { step, now, next, note, hidden, dark }, words) {
  box.classList.add("told");
  box.classList.toggle("is-dark", dark);
  showStep(find(box, ".now"), now);
  setText(find(box, ".now .label"), hidden ? `${words.now}. ${words.hidden}` : words.now);
  showStep(find(box, ".next"), next);
  if (!next) setText(find(box, ".next h2"), words.end);
  const field = find(box, "textarea");
  if (field === document.activeElement && box.step === step) return; // never under the caret
  if (field === document.activeElement) send(box);
  field.value = note;
  box.step = step;
}

/**
 * @param {HTMLElement} box
 * @param {Step | null} step
 */
function showStep(box, step) {
  setText(find(box, ".count"), step?.count ?? "");
  setPieces(find(box, "h2"), step?.title ?? []);
  setFormula(find(box, ".tex"), step?.latex ?? "");
}

/**
 * Send the note that was written, if it was.
 *
 * @param {Box} box
 */
function send(box) {
  const field = find(box, "textarea");
  if (!field.dataset.dirty || !box.step) return;
  delete field.dataset.dirty;
  box.line?.say({ note: { step: box.step, text: field.value } });
}

/** @param {Box} box */
function tick(box) {
  const now = Date.now();
  const begun = Number(inTab.get(BEGUN) ?? now);
  inTab.set(BEGUN, String(begun));
  const seconds = Math.floor((now - begun) / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const elapsed = parts.map((part) => String(part).padStart(2, "0")).join(":");
  setText(find(box, ".elapsed strong"), elapsed);
  const time = new Date(now).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  setText(find(box, ".clock strong"), time);
}

addPart({
  blocks: { teacher },
  marks: { "is-teacher": ".teacher" },
  listen(root) {
    const boxIn = () =>
      /** @type {Box?} */ (root.isConnected ? root.querySelector(".teacher") : null);
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-press]"));
      if (button) boxIn()?.line?.say({ key: button.dataset.press });
    });
    on(root, "input", (target) => {
      if (target.matches(".teacher textarea")) target.dataset.dirty = "yes";
    });
    on(root, "focusout", (target) => {
      const box = boxIn();
      if (box && target.matches(".teacher textarea")) send(box);
    });
    addEventListener("keydown", (event) => onKey(event, boxIn()), true);
  },
});

/**
 * The lecture's keys lead it from here, too; Page Down and Page Up wherever the focus is.
 *
 * @param {KeyboardEvent} event
 * @param {Box | null} box
 */
function onKey(event, box) {
  const { key, repeat } = event;
  if (!box || isHeld(event) || !KEYS.test(key)) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const always = key.startsWith("Page") || key === "Escape";
  if (!always && target.closest("textarea, input, select")) return;
  if (key === " " && target.closest("button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (always) /** @type {HTMLElement?} */ (document.activeElement)?.blur();
  if (key !== "Escape" && !(always && repeat)) box.line?.say({ key });
}
