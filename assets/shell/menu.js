// The menu of pages: real links in groups. A plain click goes to a page as Back and Forward do, so
// the session stays, with its undo; Streamlit follows the address.

import "../core/page.js";
import { element, findAll, on, setAttribute } from "../core/dom.js";
import { outbox } from "../core/outbox.js";
import { isPlain } from "../core/visit.js";
import { addGuide } from "./guide.js";

const PLACE = ["step", "t", "entry"];

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
    addGuide(parentElement.menu, () => goToStart(data.keeps));
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
    if (!link.getAttribute("aria-current")) goTo(link.dataset.page ?? "", keeps);
  });
  return nav;
}

/** @param {Entry} entry */
function buildEntry({ name, title, line }) {
  const item = element("li");
  const link = element("a", "", "", { href: address(name, []).href });
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
  setAttribute(link, "href", address(link.dataset.page ?? "", keeps).href);
}

/**
 * Pages lie beside each other, whatever folder the app is served in.
 *
 * @param {string} page
 * @param {string[]} keeps the parameters of this page's address that hold there, too
 */
function address(page, keeps) {
  const to = new URL(`./${page}`, location.origin + location.pathname);
  for (const [name, text] of new URLSearchParams(location.search)) {
    if (keeps.includes(name)) to.searchParams.append(name, text);
  }
  return to;
}

/** @param {string[]} keeps */
function goToStart(keeps) {
  if (location.pathname !== address("", []).pathname) goTo("", keeps);
}

/**
 * The exercise and the place are in the address at once: the page may be loaded anew, or its server
 * be another, before Python has said anything. While something waits to be dealt with, the place in
 * the address may be one that the reader has left: then it is for Python to say.
 *
 * @param {string} page
 * @param {string[]} keeps
 */
function goTo(page, keeps) {
  const holds = outbox.waiting.length ? keeps.filter((name) => !PLACE.includes(name)) : keeps;
  history.pushState({}, "", address(page, holds).href);
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
}
