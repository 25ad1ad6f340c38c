// A line between a lecture and the teacher's window, two windows of one browser. Whatever one says,
// the other hears.

import { inTab } from "./memory.js";

/**
 * @typedef {object} Said
 * @property {object} [slide] what is on screen
 * @property {boolean} [gone] the lecture has been left
 * @property {boolean} [ask] what is on screen?
 * @property {string} [key] was pressed in the teacher's window
 * @property {{ step: string, text: string }} [note]
 */

const NAME = "lecture line";

/** Return the name of this window's line: it is the same after the page was loaded anew. */
export function lineName() {
  const name = inTab.get(NAME) ?? crypto.getRandomValues(new Uint32Array(1))[0];
  inTab.set(NAME, String(name));
  return String(name);
}

/**
 * @param {string} name
 * @param {(said: Said) => void} hear
 * @returns {{ say: (what: Said) => void }}
 */
export function openLine(name, hear) {
  const channel = new BroadcastChannel(`lstm ${name}`);
  channel.onmessage = ({ data }) => hear(data);
  return { say: (what) => channel.postMessage(what) };
}
