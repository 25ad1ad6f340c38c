// Small helpers for elements and events. Text goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element of HTML.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {{ [name: string]: unknown }} attributes those that are empty are left out
 */
export function element(tag, className = "", text = "", attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  setAttributes(node, attributes);
  return node;
}

/**
 * The same words, the letter behind an underline set low: W_f·v is W and a small f.
 *
 * @param {string} words
 */
export function withSubscripts(words) {
  const [first, ...rest] = words.split(/_(\w)(?!\w)/);
  return [first, ...rest.map((part, k) => (k % 2 ? part : element("sub", "low", part)))];
}

/**
 * Make an element of SVG.
 *
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {{ [name: string]: unknown }} attributes
 */
export function svg(tag, className = "", attributes = {}) {
  const node = document.createElementNS(SVG, tag);
  setAttributes(node, { class: className, ...attributes });
  return node;
}

/**
 * Return the first element that matches. It is there: the sheet built it, so nothing asks.
 *
 * @template {string} S
 * @param {ParentNode} root
 * @param {S} selector
 * @returns {S extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[S] : HTMLElement}
 */
export function find(root, selector) {
  return /** @type {any} */ (root.querySelector(selector));
}

/**
 * Return all elements that match.
 *
 * @param {ParentNode} root
 * @param {string} selector
 */
export function findAll(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * Set text and attributes only where they change: an element that is left alone is not painted
 * anew, and a screen reader does not read it again.
 *
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * @param {Element} node
 * @param {string} name
 * @param {unknown} value without one, the attribute goes
 */
export function setAttribute(node, name, value) {
  if (value === undefined || value === null || value === "") node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/**
 * @param {Element} node
 * @param {{ [name: string]: unknown }} attributes
 */
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
}

/**
 * Listen to an event; `act` is given the element that it happened to, and the event.
 *
 * @template {keyof HTMLElementEventMap} T
 * @param {HTMLElement} root
 * @param {T} type
 * @param {(target: HTMLElement, event: HTMLElementEventMap[T]) => void} act
 */
export function on(root, type, act) {
  root.addEventListener(type, (event) => act(/** @type {HTMLElement} */ (event.target), event));
}

/**
 * Tell whether a button can be used now. One that cannot keeps the focus, so it is not `disabled`.
 *
 * @param {Element} button
 */
export function isEnabled(button) {
  return !button.getAttribute("aria-disabled");
}

/**
 * @param {Element} button
 * @param {boolean} enabled
 */
export function setEnabled(button, enabled) {
  setAttribute(button, "aria-disabled", enabled ? "" : "true");
}

/**
 * Load a classic script once for the page.
 *
 * @param {URL} address
 * @returns {Promise<void>}
 */
export function loadScript(address) {
  return new Promise((resolve, reject) => {
    const node = element("script");
    node.src = address.href;
    node.onload = () => resolve();
    node.onerror = () => reject(new Error(`${address} could not be loaded.`));
    document.head.append(node);
  });
}

/**
 * Tell whether what has the focus needs the keys for itself.
 *
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  const fields = 'input, textarea, select, [contenteditable="true"]';
  return Boolean(/** @type {Element} */ (target).closest(fields));
}
