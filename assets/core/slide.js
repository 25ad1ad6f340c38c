// A slide is filled: its numbers are as large as the room allows, and its figure has what is left.
//
// The sizes of the head and of the bar follow the screen in the style sheet; what lies between them
// is measured here, since nobody knows beforehand how many numbers a step has.

import { find } from "./dom.js";
import { largest } from "./fit.js";

const SMALLEST = 0.02; // of the screen's height: a number that can still be read
const LEGIBLE = 0.028; // a number that can be read from the back
const LARGEST = 0.062;
const MOST = 110; // pixels
const SHARE = 0.6; // of the width, for numbers that have a figure beside them
const GAP = 24;
const BARS = 48; // pixels, for the bars of a figure's colours
const SCALES = [0.5, 3.6];

const HALF = 0.55; // of the height, for numbers that have a figure below them
const BETTER = 1.2; // times as large: worth another way

/**
 * @typedef {{ width: number, height: number }} Room
 * @typedef {Room & { name: string }} Way
 */

/** @type {WeakMap<HTMLElement, Map<string, Way & { size: number }>>} */
const kepts = new WeakMap();

/**
 * Give numbers and figure of a slide the sizes that fill the room.
 *
 * @param {HTMLElement} root
 * @param {string} key what stays the same while an edit should not change the size
 */
export function arrange(root, key) {
  const box = find(root, ".slide-operation");
  document.body.classList.remove("is-tight");
  let room = roomFor(root, box);
  box.classList.toggle("filled", room !== null);
  if (!room) return box.removeAttribute("style");
  const numbers = /** @type {HTMLElement?} */ (box.querySelector(".slide-numbers"));
  const figure = /** @type {HTMLElement?} */ (box.querySelector(".slide-figure"));
  box.style.height = `${room.height}px`;
  let left = room;
  if (numbers) {
    const { size } = fitNumbers(box, numbers, room, Boolean(figure), key);
    if (size < LEGIBLE * innerHeight) {
      room = roomOf(root, box); // too small: the diagram makes room
      fitNumbers(box, numbers, room, Boolean(figure), key);
    }
    left = leftBeside(box, numbers, room);
  }
  if (figure) fitFigure(figure, left.width, left.height);
}

/**
 * Return the room beside a smaller diagram.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} box
 */
function roomOf(root, box) {
  document.body.classList.add("is-tight");
  const room = roomFor(root, box) ?? { width: 0, height: 0 };
  box.style.height = `${room.height}px`;
  return room;
}

/**
 * Return the room between the head and the bar; null where the bar does not stay in sight.
 *
 * @param {HTMLElement} root
 * @param {HTMLElement} box
 * @returns {Room | null}
 */
function roomFor(root, box) {
  const bar = find(root, ".bar");
  if (getComputedStyle(bar).position !== "fixed") return null;
  let below = 0;
  for (let node = box.nextElementSibling; node && node !== bar; node = node.nextElementSibling) {
    const { height } = node.getBoundingClientRect();
    if (height > 1) below += height + 8; // those that are only heard are a pixel high
  }
  const scrolled = document.querySelector(".stMain")?.scrollTop ?? 0;
  const top = box.getBoundingClientRect().top + scrolled;
  const height = innerHeight - bar.getBoundingClientRect().height - top - below - 6;
  return { width: box.clientWidth, height: Math.max(height, innerHeight * 0.25) };
}

/**
 * Make the numbers as large as they can be: beside the figure, above it, or alone where they could
 * not be read otherwise. The size is 0 where not even the smallest fits.
 *
 * @param {HTMLElement} box
 * @param {HTMLElement} numbers
 * @param {Room} room
 * @param {boolean} both whether there is a figure
 * @param {string} what stays the same while the size may stay
 */
function fitNumbers(box, numbers, room, both, what) {
  const key = `${what}|${both}|${room.width}|${Math.round(room.height)}`;
  const kept = kepts.get(numbers)?.get(key);
  if (kept?.size && apply(box, numbers, kept, kept.size)) return kept;
  const [low, legible, high] = [SMALLEST, LEGIBLE, LARGEST].map((x) => x * innerHeight);
  const tried = waysFor(room, both).map((way) => {
    const fits = (/** @type {number} */ size) => apply(box, numbers, way, size);
    const size = largest(low, Math.min(high, MOST), fits);
    return { ...way, size: fits(size) ? size : 0 };
  });
  const [beside, above] = tried;
  let best = above && above.size > BETTER * beside.size ? above : beside;
  const alone = tried.at(-1);
  if (alone && best.size < legible && alone.size > BETTER * best.size) best = alone;
  apply(box, numbers, best, best.size || low);
  kepts.set(numbers, new Map(kepts.get(numbers)).set(key, best));
  return best;
}

/**
 * @param {Room} room
 * @param {boolean} both
 * @returns {Way[]}
 */
function waysFor({ width, height }, both) {
  if (!both) return [{ name: "", width, height }];
  return [
    { name: "", width: SHARE * width, height },
    { name: "stacked", width, height: HALF * height },
    { name: "no-room", width, height },
  ];
}

/**
 * Try a way and a size; tell whether all numbers are in sight then.
 *
 * @param {HTMLElement} box
 * @param {HTMLElement} numbers
 * @param {Way} way
 * @param {number} size
 */
function apply(box, numbers, { name, width, height }, size) {
  box.classList.toggle("stacked", name === "stacked");
  box.classList.toggle("no-room", name === "no-room");
  numbers.style.maxWidth = `${width}px`;
  numbers.style.setProperty("--size", `${size}px`);
  const equation = find(numbers, ".equation");
  const isNarrow = equation.scrollWidth <= equation.clientWidth + 1;
  return isNarrow && numbers.scrollHeight <= height;
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} numbers
 * @param {Room} room
 * @returns {Room}
 */
function leftBeside(box, numbers, room) {
  const { width, height } = numbers.getBoundingClientRect();
  if (box.classList.contains("stacked")) return { ...room, height: room.height - height - GAP };
  return { ...room, width: room.width - width - GAP };
}

/**
 * Enlarge the figure as a whole: plotly.js draws it for a smaller place.
 *
 * @param {HTMLElement} box
 * @param {number} width
 * @param {number} height
 */
function fitFigure(box, width, height) {
  const drawn = /** @type {HTMLElement?} */ (box.querySelector(".figure-scroller"))?.dataset;
  if (!drawn?.height) return;
  const scale = Math.min(height / (Number(drawn.height) + BARS), width / Number(drawn.least));
  const [least, most] = SCALES;
  const rounded = Math.floor(Math.max(least, Math.min(scale, most)) * 20) / 20;
  box.style.setProperty("--figure-scale", String(rounded));
  box.style.setProperty("--figure-height", `${Number(drawn.height) * rounded}px`);
}
