// The controls that walk through the steps, grouped by stage, and through the time steps.

import { element, findAll, isEnabled, on, setEnabled } from "./dom.js";
import { addPart, choiceOf } from "./parts.js";
import { isSettled, reported } from "./settled.js";

/**
 * @import { Kind, Stop, WalkBar } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

/** @type {Kind<WalkBar>} */
const walk = {
  signature: ({ steps, T }) => `${steps.map(({ title }) => title)}|${T}`,
  build({ steps, T }) {
    const box = element("div", "walk");
    if (steps.length) box.append(buildButton("← Previous step", -1, "Alt+P"), stepChoice(steps));
    if (T > 1) box.append(timeChoice(T));
    if (steps.length) box.append(buildButton("Next step →", 1, "Alt+N"));
    return box;
  },
  patch(box, { at, t, first, last, present, way }) {
    Object.assign(box.dataset, { kind: way ?? (present ? "present" : "walk"), step: at });
    const [back, forward] = findAll(box, "[data-walk]");
    if (back) setEnabled(back, !first);
    if (forward) setEnabled(forward, !last);
    for (const choice of [...box.querySelectorAll("select")].filter(isSettled)) {
      choice.value = choice.dataset.choice === "t" ? String(t) : at;
    }
  },
};

/**
 * @param {string} label
 * @param {1 | -1} by
 * @param {string} key
 */
function buildButton(label, by, key) {
  const attributes = { type: "button", title: key, "aria-keyshortcuts": key };
  const node = element("button", by > 0 ? "primary" : "", label, attributes);
  node.dataset.walk = String(by);
  return node;
}

/** @param {Stop[]} steps */
function stepChoice(steps) {
  const select = buildSelect("step", "Step");
  let group;
  for (const { stage, name, title } of steps) {
    if (group?.label !== stage) {
      group = element("optgroup");
      group.label = stage;
      select.append(group);
    }
    group.append(new Option(title, name));
  }
  return select;
}

/** @param {number} T */
function timeChoice(T) {
  const select = buildSelect("t", "Time step");
  for (let t = 0; t < T; t++) select.append(new Option(`t = ${t + 1} of ${T}`, String(t)));
  return select;
}

/**
 * @param {"step" | "t"} choice
 * @param {string} label
 */
function buildSelect(choice, label) {
  const select = element("select", "", "", { "aria-label": label });
  select.dataset.choice = choice;
  return select;
}

addPart({
  blocks: { walk },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-walk]"));
      if (button) press(button, outbox);
    });
    on(root, "change", (target) => onChoice(target, outbox));
    document.addEventListener("keydown", (event) => onShortcut(event, root, outbox));
  },
});

/** @param {HTMLElement} node */
const barOf = (node) => /** @type {HTMLElement} */ (node.closest(".walk"));

/**
 * @param {HTMLElement} button
 * @param {Outbox} outbox
 */
function press(button, outbox) {
  if (!isEnabled(button)) return;
  outbox.post({ kind: barOf(button).dataset.kind ?? "walk", by: Number(button.dataset.walk) });
}

/**
 * @param {HTMLElement} target
 * @param {Outbox} outbox
 */
function onChoice(target, outbox) {
  if (!target.matches(".walk select")) return;
  const bar = barOf(target);
  const chosen = (/** @type {string} */ name) =>
    /** @type {HTMLSelectElement?} */ (bar.querySelector(`[data-choice="${name}"]`))?.value;
  const step = chosen("step") ?? bar.dataset.step;
  const place = { step, t: Number(chosen("t") ?? 0) };
  reported(target, outbox.post({ kind: choiceOf(bar.dataset.kind ?? ""), ...place }));
}

/**
 * By the key's place, not its letter: with Alt, some keyboards type other signs.
 *
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function onShortcut(event, root, outbox) {
  const by = { KeyN: 1, KeyP: -1 }[event.code];
  if (!by || !event.altKey || event.ctrlKey || event.metaKey || !root.isConnected) return;
  const button = /** @type {HTMLElement?} */ (root.querySelector(`[data-walk="${by}"]`));
  if (!button) return;
  event.preventDefault();
  press(button, outbox);
}
