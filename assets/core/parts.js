// What scripts add to the sheet: kinds of block, listeners, events. The core's own scripts and the
// pages' add theirs in the same way: the core knows no page, and no page needs the core changed.

/**
 * @import { Part, SheetData } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

export const SHOWN = "sheet-shown"; // what a sheet says of itself when it shows all new data

/** @type {Part[]} */
const parts = [];

/** @param {Part} part */
export function addPart(part) {
  parts.push(part);
}

/**
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
export function listenTo(root, outbox) {
  for (const part of parts) part.listen?.(root, outbox);
}

/**
 * @param {HTMLElement} root
 * @param {SheetData} data
 */
export function update(root, data) {
  for (const part of parts) part.update?.(root, data);
}

/**
 * Say by a class of the sheet, and of the page, what is on it. The styles could ask for themselves,
 * by `:has`; but then every change of a number would have the whole page's styles worked out anew.
 *
 * @param {HTMLElement} root
 */
export function mark(root) {
  for (const { marks = {} } of parts) {
    for (const [name, selector] of Object.entries(marks)) {
      const here = root.querySelector(selector) !== null;
      for (const node of [root, document.body]) node.classList.toggle(name, here);
    }
  }
}

/**
 * @param {string} kind
 */
export function kindOf(kind) {
  const found = first(({ blocks }) => blocks?.[kind]);
  if (!found) throw new Error(`No script draws blocks of the kind ${kind}.`);
  return found;
}

/**
 * Return what a button does in the browser, if anything.
 *
 * @param {string} act
 */
export function actOf(act) {
  return first(({ acts }) => acts?.[act]);
}

/**
 * Return the event that a step chosen in this kind of walk reports.
 *
 * @param {string} way
 */
export function choiceOf(way) {
  return first(({ choices }) => choices?.[way]) ?? "go";
}

/**
 * Return the event that a click on this cell reports.
 *
 * @param {Element} cell
 */
export function openingOf(cell) {
  const inside = (/** @type {[string, string]} */ [id]) => cell.closest(`[data-block="${id}"]`);
  return first(({ openings = {} }) => Object.entries(openings).find(inside)?.[1]) ?? "open";
}

/**
 * @template T
 * @param {(part: Part) => T | undefined} look
 */
function first(look) {
  for (const part of parts) {
    const found = look(part);
    if (found) return found;
  }
}
