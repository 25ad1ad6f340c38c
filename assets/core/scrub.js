// Drag a number sideways, or press Alt+↑/↓: it changes tick by tick, and everything follows.
// Python turns ticks into numbers, counted from the value at which the gesture began.

const PIXELS_PER_TICK = 6;

export function scrubbing(root, outbox) {
  let drag = null;
  root.addEventListener("pointerdown", (event) => {
    const field = event.target;
    if (event.button || !field.matches("input[data-cell]") || field.dirty) return;
    drag = { field, from: event.clientX, ticks: 0, gesture: `drag${Date.now()}`, id: event.pointerId };
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const ticks = Math.trunc((event.clientX - drag.from) / PIXELS_PER_TICK);
    if (ticks === drag.ticks) return;
    if (!drag.moved) grab(root, drag);
    drag.ticks = ticks;
    scrub(outbox, drag.field, ticks * (event.shiftKey ? 10 : 1), drag.gesture);
  });
  for (const type of ["pointerup", "pointercancel"]) {
    root.addEventListener(type, () => {
      drag?.field.classList.remove("scrubbing");
      drag = null;
    });
  }
  // The browser would carry the selected number over to another cell.
  root.addEventListener("dragstart", (event) => event.preventDefault());
  root.addEventListener("keydown", (event) => onAltArrow(event, outbox));
}

function grab(root, drag) {
  drag.moved = true;
  drag.field.blur();
  drag.field.classList.add("scrubbing");
  root.setPointerCapture(drag.id);
  getSelection()?.removeAllRanges();
}

function scrub(outbox, field, ticks, gesture) {
  outbox.post({ kind: "scrub", cell: field.dataset.cell, ticks, gesture });
}

// Presses on one cell, without another event between them, are one gesture: one step of undo.
let press = { cell: null };

function onAltArrow(event, outbox) {
  const tick = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const field = event.target;
  if (!event.altKey || !tick || !field.matches("input[data-cell]")) return;
  event.preventDefault();
  const cell = field.dataset.cell;
  if (press.cell !== cell || press.seq !== outbox.last) {
    press = { cell, ticks: 0, gesture: `key${Date.now()}` };
  }
  press.ticks += tick * (event.shiftKey ? 10 : 1);
  scrub(outbox, field, press.ticks, press.gesture);
  press.seq = outbox.last;
}
