// Share: the link of this screen, to copy or to embed, and as a code that a room can read.

import { buildCode, fillWith } from "./code_screen.js";
import { element, find, on, setText } from "./dom.js";
import { unframed } from "./frame.js";
import { addPart } from "./parts.js";
import { absolute, buildRoom, patchRoom, remembered, sendRoom } from "./room.js";

/**
 * @import { Kind, Share, SharedPlace, SheetData } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 *
 * @typedef {object} Kept what the dialog remembers
 * @property {Share} [block]
 * @property {SharedPlace[]} [offered]
 * @property {() => void} [filling] the code that is on its way is to fill the screen; else do this
 * @typedef {HTMLDialogElement & Kept} ShareDialog
 */

const EMBEDDED = {
  width: "100%",
  height: "720",
  style: "border:0",
  loading: "lazy",
  allow: "fullscreen; clipboard-write",
};

let query = ""; // of this page, without the teacher's notes

/** @type {Kind<Share, ShareDialog>} */
const share = {
  signature: () => "",
  build({ words, room }) {
    const dialog = element("dialog", "share", "", { "aria-label": words.title });
    const field = element("input", "link", "", { "aria-label": "The link" });
    Object.assign(field, { type: "text", readOnly: true });
    const row = element("div", "share-row");
    row.append(field, buildButton("copy", words.copy), buildButton("embed", words.embed));
    dialog.append(element("h2", "", words.title), buildPlaces(words), buildNotes(words), row);
    dialog.append(element("p", "share-status", "", { role: "status" }), buildRoom(room));
    dialog.append(element("div", "code"), element("p", "said"), buildButton("close", words.close));
    return dialog;
  },
  patch(dialog, block) {
    const moved = dialog.block && dialog.block.room.address !== block.room.address;
    dialog.block = block;
    const { code, problem, room, words } = block;
    patchRoom(dialog, room);
    setText(find(dialog, ".said"), problem || (code?.said ?? ""));
    drawCode(find(dialog, ".code"), problem ? null : code, words.code);
    if (moved && dialog.open) queueMicrotask(() => dialog.dispatchEvent(new Event("change")));
    if (dialog.filling && (code || problem)) fillOrOpen(dialog, block);
  },
};

/** @param {Share["words"]} words */
function buildPlaces(words) {
  const label = element("label", "control");
  label.append(element("span", "control-label", words.places), element("select"));
  return label;
}

/** @param {Share["words"]} words */
function buildNotes(words) {
  const label = element("label", "control share-notes");
  label.append(element("input", "", "", { type: "checkbox" }), element("span", "", words.notes));
  return label;
}

/**
 * @param {string} name
 * @param {string} text
 */
function buildButton(name, text) {
  const node = element("button", "act", text, { type: "button" });
  node.dataset.share = name;
  return node;
}

/**
 * @param {HTMLElement} box
 * @param {Share["code"]} code
 * @param {string} name
 */
function drawCode(box, code, name) {
  const href = code?.path ? code.href : "";
  if (box.dataset.href === href) return;
  box.dataset.href = href;
  box.replaceChildren();
  if (!code?.path) return;
  const button = buildButton("fill", "");
  button.append(buildCode(code, name));
  button.title = name;
  box.append(button);
}

addPart({
  blocks: { share },
  acts: { share: openShare },
  update(_, /** @type {SheetData} */ data) {
    query = data.shared ? `?${data.shared}` : unframed();
  },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-share]"));
      if (button) press(button.dataset.share ?? "", dialogIn(root));
      if (target.closest("[data-room]")) settle(target, dialogIn(root), outbox);
    });
    root.addEventListener(
      "change",
      (event) => {
        const target = /** @type {HTMLElement} */ (event.target);
        if (target.matches(".share-room input")) settle(target, dialogIn(root), outbox);
        else if (target.closest("dialog.share")) show(dialogIn(root), outbox);
      },
      true,
    );
    remembered(() => dialogIn(root)?.block?.room, outbox);
  },
});

/** @param {ShareDialog} dialog */
const linkIn = (dialog) => /** @type {HTMLInputElement} */ (dialog.querySelector(".link"));

/** @param {ShareDialog} dialog */
const notesIn = (dialog) =>
  /** @type {HTMLInputElement} */ (dialog.querySelector("[type=checkbox]"));

/** @param {HTMLElement} root */
const dialogIn = (root) => /** @type {ShareDialog} */ (root.querySelector("dialog.share"));

/**
 * @param {string} name
 * @param {ShareDialog} dialog
 */
function press(name, dialog) {
  const link = linkIn(dialog).value;
  if (name === "close") dialog.close();
  const words = dialog.block?.words ?? {};
  if (name === "copy") copy(dialog, link, words.copied);
  if (name === "embed") copy(dialog, embedding(link, words.frame), words.embedded ?? words.copied);
  if (name === "fill" && dialog.block?.code)
    fillWith(dialog, dialog.block.code, dialog.block.words.screen);
}

/**
 * Return a page's code that shows the screen in a frame.
 *
 * @param {string} link
 * @param {string} title
 */
function embedding(link, title) {
  const src = `${link}${link.includes("?") ? "&" : "?"}embed=true`;
  return element("iframe", "", "", { src, title, ...EMBEDDED }).outerHTML;
}

/**
 * Open the dialog.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 * @param {boolean} withThisPage whether the page on screen is the first that a link may open
 */
export function openShare(root, outbox, withThisPage = true) {
  const dialog = dialogIn(root);
  dialog.offered = placesOf(dialog, withThisPage);
  const select = find(dialog, "select");
  select.replaceChildren(...dialog.offered.map(({ label }, k) => new Option(label, String(k))));
  find(dialog, ".share-notes").hidden = !dialog.offered.some(({ noted }) => noted);
  notesIn(dialog).checked = false;
  setText(find(dialog, ".share-status"), "");
  dialog.showModal();
  show(dialog, outbox);
}

/**
 * Fill the screen with the code of the first link.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
export function fillScreen(root, outbox) {
  const dialog = dialogIn(root);
  const [{ href }] = placesOf(dialog, false);
  dialog.filling = () => openShare(root, outbox, false);
  outbox.post({ kind: "share", href: absolute(href, dialog.block?.room.address ?? "") });
}

/**
 * Where the code would be of no use, the dialog says why.
 *
 * @param {ShareDialog} dialog
 * @param {Share} block
 */
function fillOrOpen(dialog, { code, room, words }) {
  const open = dialog.filling;
  dialog.filling = undefined;
  if (code?.path && !room.warning) fillWith(dialog, code, words.screen);
  else queueMicrotask(() => open?.());
}

/**
 * The pages that a link may open. The page on screen is as it is, with all that was chosen on it.
 *
 * @param {ShareDialog} dialog
 * @param {boolean} withThisPage
 * @returns {SharedPlace[]}
 */
function placesOf(dialog, withThisPage) {
  const places = dialog.block?.places ?? [];
  const page = location.pathname.split("/").at(-1) ?? "";
  const hasNotes = places.some(({ noted }) => noted);
  const here = {
    label: "This page",
    href: `./${page}${query}`,
    noted: hasNotes ? `./${page}${unframed()}` : undefined,
  };
  const isHere = (/** @type {SharedPlace} */ { href }) => href.split("?")[0] === `./${page}`;
  if (withThisPage) return [here, ...places.filter((place) => !isHere(place))];
  return places.map((place) => (isHere(place) ? { ...here, label: place.label } : place));
}

/**
 * @param {ShareDialog} dialog
 * @param {Outbox} outbox
 */
function show(dialog, outbox) {
  const place = dialog.offered?.[Number(find(dialog, "select").value)];
  if (!place) return;
  const { checked } = notesIn(dialog);
  const href = (checked && place.noted) || place.href;
  const link = absolute(href, dialog.block?.room.address ?? "");
  linkIn(dialog).value = link;
  outbox.post({ kind: "share", href: link });
}

/**
 * Send the address that was typed or taken, and ask anew for what depends on it.
 *
 * @param {HTMLElement} target
 * @param {ShareDialog} dialog
 * @param {Outbox} outbox
 */
function settle(target, dialog, outbox) {
  sendRoom(target, outbox);
  show(dialog, outbox);
}

/**
 * Over plain http a page may not use the clipboard: then the old way.
 *
 * @param {ShareDialog} dialog
 * @param {string} text
 * @param {string} words what is said once it is copied
 */
async function copy(dialog, text, words) {
  const done = navigator.clipboard
    ? await navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      )
    : copySelected(dialog, text);
  const failed = dialog.block?.words["not copied"] ?? "";
  setText(find(dialog, ".share-status"), done ? words : failed);
}

/**
 * @param {ShareDialog} dialog
 * @param {string} text
 */
function copySelected(dialog, text) {
  const field = linkIn(dialog);
  const before = field.value;
  field.value = text;
  field.select();
  const done = document.execCommand("copy");
  if (done) field.value = before;
  return done;
}
