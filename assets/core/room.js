// The address that links for others begin with: offered, typed in, and remembered by this browser.

import { element, find, setAttribute, setText } from "./dom.js";
import { inBrowser } from "./memory.js";

/**
 * @import { Share } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

const KEPT = "lstm room address"; // in the browser's own storage, never in a link
const LONGEST = 200; // characters: what Python reads

/** @param {Share["room"]} room */
export function buildRoom({ words }) {
  const box = element("div", "share-room");
  const label = element("label", "control");
  const field = element("input", "", "", { placeholder: words.help, maxlength: LONGEST });
  Object.assign(field, { type: "text", autocomplete: "off", spellcheck: false });
  label.append(element("span", "control-label", words.label), field);
  const offer = element("button", "act", "", { type: "button" });
  offer.dataset.room = "offer";
  const row = element("div", "share-row");
  row.append(label, offer);
  box.append(element("p", "warning", "", { role: "status" }), row);
  box.append(element("p", "problem", "", { role: "alert" }));
  return box;
}

/**
 * The field is there where a link would lead nowhere, and where an address was given.
 *
 * @param {HTMLElement} dialog
 * @param {Share["room"]} room
 */
export function patchRoom(dialog, { address, warning, offer, problem, words }) {
  const box = find(dialog, ".share-room");
  box.hidden = !(address || warning || problem);
  setText(find(box, ".warning"), warning);
  setText(find(box, ".problem"), problem);
  const button = find(box, "[data-room]");
  button.hidden = !offer;
  button.dataset.address = offer;
  setText(button, `${words.use} ${offer}`);
  const field = find(box, "input");
  setAttribute(field, "aria-invalid", problem ? "true" : "");
  if (field !== document.activeElement && !problem) field.value = address;
  keep(box, address);
}

/**
 * @param {HTMLElement} box
 * @param {string} address
 */
function keep(box, address) {
  const known = box.dataset.address ?? "";
  box.dataset.address = address;
  if (address === known) return;
  if (address) inBrowser.set(KEPT, address);
  else inBrowser.remove(KEPT);
}

/**
 * Report the address that was typed or taken.
 *
 * @param {HTMLElement} target
 * @param {Outbox} outbox
 */
export function sendRoom(target, outbox) {
  const text = target.dataset.address ?? /** @type {HTMLInputElement} */ (target).value;
  outbox.post({ kind: "room", text, here: absolute("./", "") });
}

/**
 * Tell a new session the address that this browser remembers.
 *
 * @param {() => Share["room"] | undefined} known
 * @param {Outbox} outbox
 */
export function remembered(known, outbox) {
  const text = inBrowser.get(KEPT);
  if (!text) return;
  setTimeout(() => {
    if (known()?.address === "") outbox.post({ kind: "room", text, here: absolute("./", "") });
  });
}

/**
 * Return a link of this page, "./lecture?x=…", as others open it.
 *
 * @param {string} href
 * @param {string} address that it begins with; empty for the page's own
 */
export function absolute(href, address) {
  const base = address ? `${address}/` : document.baseURI.split("?")[0];
  return new URL(href, base).href;
}
