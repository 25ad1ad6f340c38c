// A form with a title and a long text. Both go to Python as they stand when the button is pressed,
// and stay in the form whatever becomes of them.

import { element, find, on, setText } from "./dom.js";
import { addPart } from "./parts.js";

/**
 * @import { Block, Kind } from "./types.d.ts"
 *
 * @typedef {object} FormFields the event that it reports, its labels, and what was wrong
 * @property {string} event
 * @property {string} title
 * @property {string} text
 * @property {string} button
 * @property {string} problem
 * @typedef {Block & FormFields} Form
 */

const LONGEST_TITLE = 200; // characters: what Python keeps

/** @type {Kind<Form>} */
const form = {
  signature: ({ event }) => event,
  build({ event, title, text, button }) {
    const box = element("div", "form");
    const name = element("input", "form-title", "", { type: "text", autocomplete: "off" });
    name.maxLength = LONGEST_TITLE;
    const area = element("textarea", "form-text", "", { rows: "6", spellcheck: "false" });
    const problem = element("p", "problem", "", { role: "alert" });
    problem.id = "form-problem";
    area.setAttribute("aria-describedby", problem.id);
    const send = element("button", "act", button, { type: "button" });
    send.dataset.form = event;
    box.append(labelled(title, name), labelled(text, area), send, problem);
    return box;
  },
  patch: (box, { problem }) => setText(find(box, ".problem"), problem),
};

/**
 * @param {string} text
 * @param {HTMLElement} field
 */
function labelled(text, field) {
  const label = element("label", "", text);
  label.append(field);
  return label;
}

addPart({
  blocks: { form },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-form]"));
      const box = button?.closest(".form");
      if (!button || !box) return;
      const value = (/** @type {string} */ part) =>
        /** @type {HTMLInputElement} */ (find(box, part)).value;
      const fields = { title: value(".form-title"), text: value(".form-text") };
      outbox.post({ kind: button.dataset.form ?? "", ...fields });
    });
  },
});
