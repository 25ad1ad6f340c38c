// A QR code, and how it fills the screen for the rows at the back.

import { element, svg } from "./dom.js";

/** @import { Code } from "./types.d.ts" */

const QUIET = 4; // squares left white around a code: without them cameras do not find it
const TYPED = 90; // characters of a link that somebody might type

/**
 * Black on white in every theme: that is what cameras are made for.
 *
 * @param {Code} code
 * @param {string} name
 */
export function buildCode(code, name) {
  const side = code.side + 2 * QUIET;
  const viewBox = `${-QUIET} ${-QUIET} ${side} ${side}`;
  const image = svg("svg", "", { viewBox, role: "img", "aria-label": name });
  image.append(svg("path", "", { d: code.path }));
  return image;
}

/**
 * Fill the screen with a code until Esc, a click or any key that closes it.
 *
 * @param {HTMLElement} dialog that the code stands in
 * @param {Code} code
 * @param {string} name
 */
export function fillWith(dialog, code, name) {
  const screen = element("dialog", "code-screen", "", { "aria-label": name });
  const close = element("button", "", "", { type: "button", "aria-label": name });
  close.append(buildCode(code, name));
  screen.append(close);
  if (code.href.length <= TYPED) screen.append(element("p", "", code.href));
  screen.addEventListener("click", () => screen.close());
  screen.addEventListener("close", () => screen.remove());
  dialog.after(screen);
  screen.showModal();
}
