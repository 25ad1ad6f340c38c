// Drag a number sideways, or press Alt+↑/↓: it changes tick by tick, and everything follows.
// Python turns ticks into numbers, counted from the value at which the gesture began.

import { on } from "./dom.js";
import { isField } from "./keyboard.js";
import { addPart } from "./parts.js";

/**
 * @import { Field } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

const PIXELS_PER_TICK = 6;
const FAST = 10; // with Shift

/** @param {{ shiftKey: boolean }} event */
const speed = ({ shiftKey }) => (shiftKey ? FAST : 1);

addPart({
  listen(root, outbox) {
    listenToDrags(root, outbox);
    on(root, "keydown", (target, event) => {
      if (isField(target)) onAltArrow(target, event, outbox);
    });
  },
});

/**
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function listenToDrags(root, outbox) {
  /** @type {Drag | null} */
  let drag = null;
  on(root, "pointerdown", (target, event) => {
    if (event.button || !isField(target) || target.dirty) return;
    drag = new Drag(target, event);
  });
  on(root, "pointermove", (_, event) => drag?.move(event, root, outbox));
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
    on(root, type, () => {
      drag?.field.classList.remove("scrubbing");
      drag = null;
    });
  }
  // The browser would carry the selected number over to another cell.
  on(root, "dragstart", (_, event) => event.preventDefault());
}

/** One drag of one cell; below a tick it is no more than a click. */
class Drag {
  ticks = 0;
  moved = false;
  gesture = `drag${Date.now()}`;

  /**
   * @param {Field} field
   * @param {PointerEvent} event
   */
  constructor(field, { clientX, pointerId }) {
    this.field = field;
    this.from = clientX;
    this.id = pointerId;
  }

  /**
   * @param {PointerEvent} event
   * @param {HTMLElement} root
   * @param {Outbox} outbox
   */
  move(event, root, outbox) {
    if (event.pointerId !== this.id) return;
    const ticks = Math.trunc((event.clientX - this.from) / PIXELS_PER_TICK);
    if (ticks === this.ticks) return;
    if (!this.moved) this.grab(root);
    this.ticks = ticks;
    scrub(outbox, this.field, ticks * speed(event), this.gesture);
  }

  /** @param {HTMLElement} root it hears the drag from now on, wherever the pointer goes */
  grab(root) {
    this.moved = true;
    this.field.blur();
    this.field.classList.add("scrubbing");
    root.setPointerCapture(this.id);
    getSelection()?.removeAllRanges();
  }
}

/**
 * @param {Outbox} outbox
 * @param {Field} field
 * @param {number} ticks
 * @param {string} gesture
 */
function scrub(outbox, field, ticks, gesture) {
  outbox.post({ kind: "scrub", cell: field.dataset.cell, ticks, gesture });
}

// Presses on one cell, without another event between them, are one gesture: one step of undo.
let press = { cell: /** @type {string | undefined} */ (undefined), ticks: 0, gesture: "", seq: 0 };

/**
 * @param {Field} field
 * @param {KeyboardEvent} event
 * @param {Outbox} outbox
 */
function onAltArrow(field, event, outbox) {
  const tick = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!event.altKey || !tick) return;
  event.preventDefault();
  const { cell } = field.dataset;
  if (press.cell !== cell || press.seq !== outbox.last) {
    press = { cell, ticks: 0, gesture: `key${Date.now()}`, seq: 0 };
  }
  press.ticks += tick * speed(event);
  scrub(outbox, field, press.ticks, press.gesture);
  press.seq = outbox.last;
}
