// Hover, focus or open a result, and exactly the operands that it used light up; and the reverse:
// an operand lights the term it is in.

import { findAll, setAttribute } from "./dom.js";

/** @import { LightMap } from "./types.d.ts" */

export class Lights {
  /** @type {LightMap} */
  map = {};
  /** @type {string | null} */
  open = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    for (const type of ["pointerover", "focusin"]) {
      root.addEventListener(type, ({ target }) => this.show(target));
    }
    for (const type of ["pointerleave", "focusout"]) {
      root.addEventListener(type, () => this.show(null));
    }
  }

  /** @param {LightMap} [map] @param {string | null} [open] the cell that is open */
  set(map = {}, open = null) {
    this.map = map;
    this.open = open;
    for (const field of findAll(this.root, "[data-cell]")) {
      const isOpen = field.dataset.cell === open;
      field.parentElement?.classList.toggle("open", isOpen);
      if (field.tagName === "BUTTON") setAttribute(field, "aria-pressed", isOpen);
    }
    this.show(null);
  }

  /**
   * Light what belongs to this cell or term; without one, to the cell that is open.
   *
   * @param {EventTarget | null} target
   */
  show(target) {
    const { cell = "" } = closest(target, "[data-cell]");
    const uses = closest(target, "[data-uses]").uses?.split(" ");
    const cells = new Set(uses ?? this.map[cell] ?? this.map[this.open ?? ""] ?? []);
    for (const field of findAll(this.root, "[data-cell]")) {
      field.parentElement?.classList.toggle("lit", cells.has(field.dataset.cell ?? ""));
    }
    for (const term of findAll(this.root, "[data-uses]")) {
      term.classList.toggle("lit", Boolean(cell && term.dataset.uses?.split(" ").includes(cell)));
    }
  }
}

/**
 * The data of the nearest element that matches. Not every target of an event is an element.
 *
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {DOMStringMap}
 */
function closest(target, selector) {
  const element = target instanceof Element ? target.closest(selector) : null;
  return /** @type {HTMLElement?} */ (element)?.dataset ?? {};
}
