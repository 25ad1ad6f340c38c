// The menu of pages: real links in groups. A plain click goes to a page as Back and Forward do, so
// the session stays, with its undo; Streamlit follows the address.

import "../core/page.js";
import { element, findAll, on, setAttribute } from "../core/dom.js";
import { framed } from "../core/frame.js";
import { isPlain } from "../core/visit.js";
import { addGuide } from "./guide.js";

/**
 * @import { Component } from "../core/types.d.ts"
 *
 * @typedef {object} Menu what lstm_ui/shell/menu.py sends
 * @property {string} name what the landmark is called
 * @property {string} current the page on screen
 * @property {string[]} keeps the parameters of the address that hold on every page
 * @property {{ title: string, entries: Entry[] }[]} groups
 *
 * @typedef {{ name: string, title: string, line: string }} Entry
 */

/** @param {Component<Menu, { menu?: HTMLElement }>} component */
export function render({ data, parentElement }) {
  if (!parentElement.menu) {
    parentElement.menu = build(data);
    parentElement.append(parentElement.menu);
    addGuide(parentElement.menu, goToStart);
  }
  for (const link of findAll(parentElement.menu, "a")) {
    setAttribute(link, "aria-current", link.dataset.page === data.current ? "page" : "");
  }
  // Lines stand in the group of the page on screen alone, so that the exercise, below the menu, is
  // in sight; those of the others are said by pointing.
  for (const list of findAll(parentElement.menu, "ul")) {
    list.classList.toggle("short", !list.querySelector("[aria-current=page]"));
  }
}

/** @param {Menu} menu */
function build({ name, groups, keeps }) {
  const nav = element("nav", "menu", "", { "aria-label": name });
  for (const { title, entries } of groups) {
    const list = element("ul");
    list.append(...entries.map(buildEntry));
    nav.append(element("h2", "", title), list);
  }
  // The link is for a new tab, or to be copied: it holds the exercise as it is at that moment.
  for (const type of /** @type {const} */ (["pointerover", "focusin"])) {
    on(nav, type, (target) => aim(target.closest("a"), keeps));
  }
  on(nav, "click", (target, event) => {
    const link = target.closest("a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    if (!link.getAttribute("aria-current")) goTo(link.dataset.page ?? "");
  });
  return nav;
}

/** @param {Entry} entry */
function buildEntry({ name, title, line }) {
  const item = element("li");
  const link = element("a", "", "", { href: address(name).href });
  link.dataset.page = name;
  link.title = line;
  link.append(element("span", "menu-title", title), " ", element("span", "menu-line", line));
  item.append(link);
  return item;
}

/**
 * @param {HTMLAnchorElement | null} link
 * @param {string[]} keeps
 */
function aim(link, keeps) {
  if (!link) return;
  const to = address(link.dataset.page ?? "");
  for (const [name, text] of new URLSearchParams(location.search)) {
    if (keeps.includes(name)) to.searchParams.append(name, text);
  }
  setAttribute(link, "href", to.href);
}

/**
 * Pages lie beside each other, whatever folder the app is served in.
 *
 * @param {string} page
 */
const address = (page) => new URL(`./${page}`, location.origin + location.pathname);

function goToStart() {
  if (location.pathname !== address("").pathname) goTo("");
}

/** @param {string} page */
function goTo(page) {
  history.pushState({}, "", address(page).href + framed(""));
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
