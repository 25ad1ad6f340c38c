// Drag a number sideways, or press Alt+↑/↓: it changes tick by tick, and everything follows.
// Python turns ticks into numbers, counted from the value at which the gesture began.
//
// A finger that moves at once scrolls, as anywhere else. It drags a number after it has rested on
// it for a moment, or by the handle that touch.js puts beside the number that is typed in.

import { on } from "./dom.js";
import { isField } from "./keyboard.js";
import { addPart } from "./parts.js";
import { fieldOfHandle } from "./touch.js";

/**
 * @import { Field } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

const PIXELS_PER_TICK = 6;
const FAST = 10; // with Shift
const HOLD_MS = 350; // shorter than the half second after which phones begin to select text
const TREMBLE = 8; // pixels that a resting finger moves

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
    drag?.end();
    drag = dragOf(target, event);
  });
  on(root, "pointermove", (_, event) => drag?.move(event, outbox));
  for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) {
    on(root, type, () => drag?.end());
  }
  // A finger that drags a number neither scrolls nor, at the end, taps on it.
  for (const type of /** @type {const} */ (["touchmove", "touchend", "contextmenu"])) {
    const stop = (/** @type {Event} */ event) => {
      if (drag?.isByTouch && drag.isGrabbed && event.cancelable) event.preventDefault();
    };
    root.addEventListener(type, stop, { passive: false });
  }
  // The browser would carry the selected number over to another cell.
  on(root, "dragstart", (_, event) => event.preventDefault());
}

/**
 * Return the drag that a press on a number, or on its handle, may become.
 *
 * @param {HTMLElement} target
 * @param {PointerEvent} event
 */
function dragOf(target, event) {
  const owner = fieldOfHandle(target);
  const field = owner ?? target;
  if (event.button || !isField(field) || (field.dirty && !owner)) return null;
  const drag = new Drag(field, event);
  if (owner) drag.grab();
  return drag;
}

/** One drag of one cell; below a tick a mouse has done no more than click. */
class Drag {
  ticks = 0;
  isGrabbed = false;
  isOver = false;
  gesture = `drag${Date.now()}`;

  /**
   * @param {Field} field
   * @param {PointerEvent} event
   */
  constructor(field, { clientX, clientY, pointerId, pointerType }) {
    this.field = field;
    this.from = { x: clientX, y: clientY };
    this.id = pointerId;
    this.isByTouch = pointerType !== "mouse";
    this.rest = this.isByTouch ? setTimeout(() => this.grab(), HOLD_MS) : undefined;
  }

  /**
   * @param {PointerEvent} event
   * @param {Outbox} outbox
   */
  move(event, outbox) {
    if (event.pointerId !== this.id || this.isOver) return;
    const [right, down] = [event.clientX - this.from.x, event.clientY - this.from.y];
    if (this.isByTouch && !this.isGrabbed) {
      if (Math.hypot(right, down) > TREMBLE) this.end(); // it scrolls
      return;
    }
    const ticks = Math.trunc(right / PIXELS_PER_TICK);
    if (ticks === this.ticks) return;
    this.grab();
    this.ticks = ticks;
    scrub(outbox, this.field, ticks * speed(event), this.gesture);
  }

  // The sheet hears the drag from now on, wherever the pointer goes.
  grab() {
    if (this.isGrabbed) return;
    this.isGrabbed = true;
    this.field.blur();
    this.field.classList.add("scrubbing");
    this.field.closest(".cell")?.classList.add("scrubbed");
    /** @type {HTMLElement} */ (this.field.closest(".sheet")).setPointerCapture(this.id);
    getSelection()?.removeAllRanges();
  }

  end() {
    clearTimeout(this.rest);
    this.isOver = true;
    this.field.classList.remove("scrubbing");
    this.field.closest(".cell")?.classList.remove("scrubbed");
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
