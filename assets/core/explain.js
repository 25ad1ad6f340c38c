// Terms that explain themselves: marked where a text is set, explained on hover, focus or tap.
//
// Only a text that changes is looked through, so an edit costs nothing here. In each paragraph the
// first term can be reached by Tab, and the others from there with the arrows.

import { element, find, findAll, on, setAttribute, setText } from "./dom.js";
import { addPart } from "./parts.js";
import { Finder, meaning } from "./terms.js";

/** @import { Term } from "./terms.js" */

const LEAVING_MS = 250; // from a term to its explanation the pointer needs a moment
const TIP = "term-tip";

/** @type {Map<string, Term>} */
const terms = new Map();
/** @type {Finder | undefined} */
let finder;
/** @type {Set<HTMLElement>} */
const early = new Set(); // texts that were there before the glossary

fetch(new URL("../glossary.json", import.meta.url))
  .then((answer) => answer.json())
  .then((/** @type {Term[]} */ all) => {
    for (const term of all) terms.set(term.key, term);
    finder = new Finder(all);
    for (const node of early) mark(node, node.textContent ?? "");
    early.clear();
  });

/**
 * Show a text with its terms marked.
 *
 * @param {HTMLElement} node
 * @param {string} text
 */
export function setMarked(node, text) {
  if (node.textContent === text) return;
  if (finder) return mark(node, text);
  setText(node, text);
  early.add(node);
}

/**
 * @param {HTMLElement} node
 * @param {string} text
 */
function mark(node, text) {
  const parts = finder?.parts(text) ?? [];
  node.replaceChildren(...parts.map(({ text, key }) => (key ? buildTerm(text, key) : text)));
  const first = node.querySelector(".explained");
  if (first) setAttribute(first, "tabindex", 0);
}

/**
 * @param {string} text
 * @param {string} key
 */
function buildTerm(text, key) {
  const node = element("span", "explained", text, { role: "button", tabindex: -1 });
  node.dataset.term = key;
  return node;
}

addPart({
  update(root, { words }) {
    root.dataset.words = words;
  },
  listen(root) {
    const explanation = new Explanation(root);
    on(root, "pointerover", (target) => explanation.follow(target));
    root.addEventListener("pointerleave", () => explanation.leave());
    on(root, "focusin", (target) => explanation.follow(target));
    on(root, "focusout", () => explanation.hide());
    on(root, "click", (target) => explanation.follow(target));
    on(root, "keydown", (target, event) => {
      if (target.matches(".explained")) moveOn(target, event);
    });
  },
});

/** One for each sheet: what the pointer or the focus is at, it explains. */
class Explanation {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.box = element("div", TIP, "", { role: "tooltip", id: TIP });
    this.box.append(element("strong"), element("span", "symbol"), element("p"));
    this.box.hidden = true;
    /** @type {Element?} */
    this.term = null;
    this.leaving = 0;
    on(this.box, "pointerenter", () => clearTimeout(this.leaving));
    on(this.box, "pointerleave", () => this.leave());
    document.addEventListener("keydown", (event) => this.dismiss(event), true);
    // Tab may have scrolled to the term: it moves, and its explanation with it.
    document.addEventListener("scroll", () => this.place(), { capture: true, passive: true });
  }

  /** @param {HTMLElement} target */
  follow(target) {
    const term = target.closest(".explained");
    if (term) this.show(/** @type {HTMLElement} */ (term));
    else this.leave();
  }

  /** @param {HTMLElement} node */
  show(node) {
    clearTimeout(this.leaving);
    const found = terms.get(node.dataset.term ?? "");
    if (this.term === node || !found) return;
    const term = meaning(found, this.root.dataset.words ?? "");
    this.hide();
    this.term = node;
    setText(find(this.box, "strong"), term.term);
    setText(find(this.box, ".symbol"), [term.symbol, term.shape && `(${term.shape})`].join(" "));
    setText(find(this.box, "p"), term.text);
    this.root.parentElement?.append(this.box);
    this.box.hidden = false;
    setAttribute(node, "aria-describedby", TIP);
    this.place();
  }

  place() {
    if (this.term) place(this.box, this.term);
  }

  leave() {
    clearTimeout(this.leaving);
    if (this.term) this.leaving = setTimeout(() => this.hide(), LEAVING_MS);
  }

  hide() {
    if (this.term) setAttribute(this.term, "aria-describedby", "");
    this.term = null;
    this.box.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  dismiss(event) {
    if (event.key !== "Escape" || !this.term) return;
    event.stopPropagation();
    this.hide();
  }
}

/**
 * Stand below the term, or above it where there is more room, and inside the window.
 *
 * @param {HTMLElement} box
 * @param {Element} node
 */
function place(box, node) {
  const at = node.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = at.bottom + height < innerHeight || at.top < height;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${below ? at.bottom : at.top - height}px`;
}

/**
 * To the neighbour in the same paragraph.
 *
 * @param {HTMLElement} term
 * @param {KeyboardEvent} event
 */
function moveOn(term, event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const all = findAll(/** @type {HTMLElement} */ (term.parentElement), ".explained");
  event.preventDefault();
  all[all.indexOf(term) + by]?.focus();
}
