// The tour: a ring around the real thing on the page, and a card that says what it is for. The page
// stays as usable as ever; the card takes the focus only from someone who has asked for the tour.

import { element, find, on, setText } from "../core/dom.js";

/**
 * @typedef {object} Tour
 * @property {string} name
 * @property {string} next
 * @property {string} back
 * @property {string} skip
 * @property {string} done
 * @property {string[]} counts
 * @property {{ at: string, title: string, text: string }[]} stops
 */

const FOLLOWS_MS = 150; // the page moves under the ring: after an edit, while a figure comes
const AROUND = 4; // pixels

/** @type {Walk | undefined} */
let walk;

/**
 * @param {Tour} tour
 * @param {boolean} isAsked whether the reader asked for it, and the focus goes there
 */
export function startTour(tour, isAsked) {
  walk?.end();
  walk = new Walk(tour);
  walk.go(0, isAsked);
}

class Walk {
  /** @param {Tour} tour */
  constructor(tour) {
    this.tour = tour;
    this.at = 0;
    this.before = document.activeElement;
    this.ring = element("div", "tour-ring");
    this.card = buildCard(tour);
    find(document, '[data-testid="stApp"]').append(this.ring, this.card);
    on(this.card, "click", (target) => {
      const by = target.closest("button")?.dataset.by;
      if (by === "end") this.end();
      else if (by) this.go(this.at + Number(by), true);
    });
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.listen(event);
    document.addEventListener("keydown", this.onKey);
    this.following = setInterval(() => this.follow(), FOLLOWS_MS);
  }

  /**
   * @param {number} at
   * @param {boolean} isAsked
   */
  go(at, isAsked) {
    const { stops, counts, next, done } = this.tour;
    if (at >= stops.length) return this.end();
    this.at = Math.max(0, at);
    const { title, text } = stops[this.at];
    setText(find(this.card, "h2"), title);
    setText(find(this.card, "p"), text);
    setText(find(this.card, ".tour-count"), counts[this.at]);
    const [back, forward] = this.card.querySelectorAll("button");
    back.hidden = this.at === 0;
    setText(forward, this.at + 1 < stops.length ? next : done);
    if (isAsked) {
      this.target()?.scrollIntoView({ block: "nearest" });
      forward.focus();
    }
    this.follow();
  }

  target() {
    return document.querySelector(this.tour.stops[this.at].at);
  }

  // Where there is nothing to point at, in a menu that is closed, the words stand alone.
  follow() {
    const box = this.target()?.getBoundingClientRect();
    const isThere = box && box.width > 0 && box.right > 0 && box.left < innerWidth;
    this.ring.hidden = !isThere;
    if (!isThere) return;
    this.ring.style.left = `${box.left - AROUND}px`;
    this.ring.style.top = `${box.top - AROUND}px`;
    this.ring.style.width = `${box.width + 2 * AROUND}px`;
    this.ring.style.height = `${box.height + 2 * AROUND}px`;
    // The card stands in a lower corner; not in the one that it speaks of.
    const low = box.bottom > innerHeight - this.card.offsetHeight - 20;
    this.card.classList.toggle("away", low && box.right > innerWidth / 2);
  }

  /** @param {KeyboardEvent} event */
  listen(event) {
    const target = /** @type {Element} */ (event.target);
    const isElsewhere = target.closest("input, textarea, select, dialog");
    if (event.key === "Escape" && !isElsewhere) this.end();
  }

  end() {
    clearInterval(this.following);
    document.removeEventListener("keydown", this.onKey);
    const hadFocus = this.card.contains(document.activeElement);
    this.ring.remove();
    this.card.remove();
    if (hadFocus && this.before instanceof HTMLElement) this.before.focus();
  }
}

/** @param {Tour} tour */
function buildCard({ name, back, next, skip }) {
  const card = element("section", "tour-card", "", { role: "dialog", "aria-label": name });
  const words = element("div", "", "", { "aria-live": "polite" });
  words.append(element("h2"), element("p"));
  const buttons = element("div", "guide-buttons");
  buttons.append(buildButton(back, "-1"), buildButton(next, "1"), buildButton(skip, "end"));
  buttons.append(element("span", "tour-count"));
  card.append(words, buttons);
  return card;
}

/**
 * @param {string} text
 * @param {string} by
 */
function buildButton(text, by) {
  const button = element("button", "", text, { type: "button" });
  button.dataset.by = by;
  return button;
}
