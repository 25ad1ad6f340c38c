// A dark screen turns every eye to the teacher. It says what it is to those who cannot see it.

import { element } from "./dom.js";

const NAME = "The screen is dark. Press any key.";
const CLASS = "dark-screen";

/** What the document hears when the screen has gone dark, and when it comes back. */
export const DARK = "screen-dark";

export const isDark = () => Boolean(document.querySelector(`.${CLASS}`));

/** @param {HTMLElement} root */
export function darken(root) {
  const screen = element("div", CLASS, "", { role: "dialog", "aria-label": NAME, tabindex: -1 });
  screen.addEventListener("click", lighten);
  root.append(screen);
  screen.focus();
  document.dispatchEvent(new Event(DARK));
}

export function lighten() {
  document.querySelector(`.${CLASS}`)?.remove();
  document.dispatchEvent(new Event(DARK));
}
