// What a finger needs beside the number that it types in: a handle to drag it by, if it is one of
// the exercise, its sign, and letters. They appear where a number was tapped, whatever else the
// machine has.
//
// The keyboard of digits is the right one for nearly every number, and on an iPhone it has neither
// a minus nor a slash; so the sign is a button here, and another one brings all letters, for 1/3
// and sqrt(2). No `inputmode` does both: "numeric" and "tel" lack the point or the minus as well.

import { element, on, setAttribute, setText } from "./dom.js";
import { isField } from "./keyboard.js";
import { addPart } from "./parts.js";

/** @import { Field } from "./types.d.ts" */

const MINUS = /^\s*[-−]/;
const NUMBER = "input[inputmode]"; // only fields for numbers say which keyboard they want
const GAP = 3; // pixels between a number and its tools

addPart({
  listen(root) {
    const tools = new Tools(root);
    let byTouch = false;
    on(root, "pointerdown", (_, { pointerType }) => {
      byTouch = pointerType === "touch";
    });
    on(root, "focusin", (target) => {
      if (byTouch && target.matches(NUMBER)) tools.show(/** @type {Field} */ (target));
    });
    on(root, "focusout", () => tools.hide());
    // A matrix that scrolls takes its tools along.
    root.addEventListener("scroll", () => tools.place(), { capture: true, passive: true });
  },
});

/**
 * Return the number whose handle this is.
 *
 * @param {HTMLElement} target
 */
export function fieldOfHandle(target) {
  const box = /** @type {(HTMLElement & { field?: Field })?} */ (target.closest(".touch-tools"));
  return target.closest(".handle") ? box?.field : undefined;
}

/** The tools of one sheet, beside the number that has the focus. */
class Tools {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const box = element("div", "touch-tools", "", { role: "group", "aria-label": "This number" });
    // Drags are for fingers: a keyboard has Alt and the arrows.
    this.handle = element("span", "handle", "↔", { "aria-hidden": true });
    const sign = element("button", "", "±", { type: "button", "aria-label": "Change the sign" });
    this.keys = element("button", "", "", { type: "button" });
    box.append(this.handle, sign, this.keys);
    on(box, "mousedown", (_, event) => event.preventDefault()); // the number keeps the focus
    on(sign, "click", () => this.field && changeSign(this.field));
    on(this.keys, "click", () => this.field && changeKeyboard(this.field));
    this.box = /** @type {HTMLElement & { field?: Field }} */ (box);
  }

  get field() {
    return this.box.field;
  }

  /** @param {Field} field */
  show(field) {
    this.box.field = field;
    this.handle.hidden = !isField(field);
    const hasLetters = field.inputMode === "text";
    setText(this.keys, hasLetters ? "123" : "abc");
    setAttribute(this.keys, "aria-label", hasLetters ? "Digits alone" : "All letters");
    this.root.append(this.box);
    this.place();
  }

  hide() {
    this.box.remove();
  }

  place() {
    if (!this.field || !this.box.isConnected) return;
    const [at, sheet] = [this.field, this.root].map((node) => node.getBoundingClientRect());
    const most = sheet.width - this.box.offsetWidth;
    const left = Math.max(0, Math.min(most, at.right - sheet.left - this.box.offsetWidth));
    Object.assign(this.box.style, { left: `${left}px`, top: `${at.bottom - sheet.top + GAP}px` });
  }
}

/** @param {Field} field */
function changeSign(field) {
  field.value = MINUS.test(field.value) ? field.value.replace(MINUS, "") : `−${field.value}`;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * A keyboard that is on screen changes only for a field that takes the focus anew.
 *
 * @param {Field} field
 */
function changeKeyboard(field) {
  const { value, dirty } = field;
  field.dirty = false;
  field.blur();
  field.inputMode = field.inputMode === "text" ? "decimal" : "text";
  field.focus();
  Object.assign(field, { value, dirty });
}
