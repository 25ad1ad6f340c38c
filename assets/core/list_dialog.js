// A list to choose from, in a dialog of the page's own. While a browser shows the list of a select,
// no script hears a key: neither a clicker's nor Esc.

import { element, withSubscripts } from "./dom.js";

const OPENS = new Set([" ", "Enter", "ArrowUp", "ArrowDown", "F4"]);

/**
 * Let selects open their list as a dialog.
 *
 * @param {HTMLElement} root
 * @param {(select: HTMLElement) => boolean} isMeant
 */
export function listInDialog(root, isMeant) {
  root.addEventListener("mousedown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!isMeant(target) || event.button) return;
    event.preventDefault();
    open(root, /** @type {HTMLSelectElement} */ (target));
  });
  root.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (!isMeant(target) || !OPENS.has(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(root, /** @type {HTMLSelectElement} */ (target));
  });
}

/**
 * @param {HTMLElement} root
 * @param {HTMLSelectElement} select
 */
function open(root, select) {
  const dialog = element("dialog", "list-dialog", "", { "aria-label": select.ariaLabel });
  let group;
  for (const option of select.options) {
    const { label } = /** @type {HTMLOptGroupElement} */ (option.parentElement ?? select);
    if (label && label !== group) dialog.append(element("p", "list-group", label));
    group = label;
    dialog.append(buildChoice(dialog, select, option));
  }
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => move(dialog, event));
  dialog.addEventListener("close", () => dialog.remove());
  root.append(dialog);
  dialog.showModal();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {HTMLSelectElement} select
 * @param {HTMLOptionElement} option
 */
function buildChoice(dialog, select, option) {
  const current = option.selected;
  const attributes = { type: "button", "aria-current": current, autofocus: current };
  const button = element("button", "", "", attributes);
  button.append(...withSubscripts(option.text));
  button.addEventListener("click", () => {
    dialog.close();
    if (option.selected) return;
    select.value = option.value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  return button;
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {KeyboardEvent} event
 */
function move(dialog, event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const buttons = [...dialog.querySelectorAll("button")];
  const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  buttons[(at + by + buttons.length) % buttons.length].focus();
}
