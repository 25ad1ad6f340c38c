// The teacher's own words on a step; plain text, kept in the exercise.

import { element, find, on, setText } from "./dom.js";
import { addPart } from "./parts.js";

/** @import { Kind, Note } from "./types.d.ts" */

const LABEL = "My note on this step";
const LONGEST = 500; // characters: what Python keeps

/** @type {Kind<Note>} */
const note = {
  signature: ({ step }) => step,
  build({ step }) {
    const box = element("div", "note-box");
    const label = element("label", "", LABEL);
    const field = element("textarea");
    Object.assign(field, { rows: 1, maxLength: LONGEST, placeholder: LABEL });
    field.dataset.note = step;
    label.append(field);
    box.append(label, element("p", "problem", "", { role: "alert" }));
    return box;
  },
  patch(box, { text, problem }) {
    const field = find(box, "textarea");
    if (field !== document.activeElement && field.value !== text) field.value = text;
    setText(find(box, ".problem"), problem);
  },
};

addPart({
  blocks: { note },
  listen(root, outbox) {
    on(root, "focusout", (target) => {
      if (!target.matches("[data-note]")) return;
      const { dataset, value } = /** @type {HTMLTextAreaElement} */ (target);
      outbox.post({ kind: "note", step: dataset.note, text: value });
    });
  },
});
