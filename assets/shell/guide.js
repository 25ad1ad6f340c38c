// The guide to the app itself: "?" opens a dialog with keys and gestures, and the tour begins here.

import { element, find } from "../core/dom.js";
import { startTour } from "./tour.js";

/**
 * @import { Tour } from "./tour.js"
 *
 * @typedef {object} Help
 * @property {string} title
 * @property {string} close
 * @property {string} tour
 * @property {string} open what the button that opens it says
 * @property {string} again what the button that begins the tour says
 * @property {[want: string, how: string][]} rows
 *
 * @typedef {{ help: Help, tour: Tour }} Guide what lstm_ui/shell/guide.py writes
 */

const SEEN = "lstm tour seen"; // in the browser's own storage, never in a link

let isListening = false; // Streamlit may build the sidebar anew, and the menu with it
/** @type {Promise<Guide>} */
const guide = fetch(new URL("../guide.json", import.meta.url)).then((answer) => answer.json());

/**
 * Add the buttons that open the guide to the menu, and listen for "?".
 *
 * @param {HTMLElement} menu
 * @param {() => void} toStart goes to the page that the tour leads through
 */
export async function addGuide(menu, toStart) {
  const { help, tour } = await guide;
  const begin = () => {
    toStart();
    startTour(tour, true);
  };
  const box = element("div", "menu-guide");
  const buttons = { help: help.open, tour: help.again };
  for (const [name, text] of Object.entries(buttons)) {
    const button = element("button", "", text, { type: "button" });
    button.dataset.guide = name;
    box.append(button);
  }
  menu.append(box);
  if (isListening) return;
  isListening = true;
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const name = /** @type {HTMLElement?} */ (target.closest("[data-guide]"))?.dataset.guide;
    if (name === "tour") begin();
    if (name === "help") openHelp(help, begin);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && !isTyping(event)) openHelp(help, begin);
  });
  if (isFirstVisit()) startTour(tour, false);
}

/** @param {KeyboardEvent} event */
function isTyping({ target }) {
  return Boolean(/** @type {Element} */ (target).closest("input, textarea, select, dialog"));
}

/**
 * The tour begins by itself once: for whoever comes to the start without an exercise in the link.
 * Where the browser keeps nothing it would begin each time, so it does not begin.
 */
function isFirstVisit() {
  const [entry] = performance.getEntriesByType("navigation");
  const { pathname, search } = new URL(entry.name);
  if (search || !pathname.endsWith("/")) return false;
  try {
    const isNew = !localStorage.getItem(SEEN);
    localStorage.setItem(SEEN, "yes");
    return isNew;
  } catch {
    return false;
  }
}

/**
 * @param {Help} help
 * @param {() => void} begin
 */
function openHelp({ title, close, tour, rows }, begin) {
  const dialog = element("dialog", "guide", "", { "aria-labelledby": "guide-title" });
  const list = element("dl");
  for (const [want, how] of rows) {
    const row = element("div");
    row.append(element("dt", "", want), element("dd", "", how));
    list.append(row);
  }
  const buttons = element("div", "guide-buttons");
  buttons.append(buildButton(close, () => dialog.close()));
  buttons.append(
    buildButton(tour, () => {
      dialog.close();
      begin();
    }),
  );
  // The focus begins at the title: at the first button, a small screen would show the end.
  const heading = element("h2", "", title, { id: "guide-title", tabindex: -1, autofocus: true });
  dialog.append(heading, list, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  find(document, '[data-testid="stApp"]').append(dialog);
  dialog.showModal();
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function buildButton(text, act) {
  const button = element("button", "", text, { type: "button" });
  button.addEventListener("click", act);
  return button;
}
