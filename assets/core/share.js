// Share: the link of this screen, to copy, and as a code that a room can read.

import { element, find, on, setText, svg } from "./dom.js";
import { addPart } from "./parts.js";

/**
 * @import { Kind, Share } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 * @typedef {HTMLDialogElement & { places?: Share["places"] }} ShareDialog
 */

const QUIET = 4; // squares left white around a code: without them cameras do not find it

/** @type {Kind<Share, ShareDialog>} */
const share = {
  signature: () => "",
  build() {
    const dialog = element("dialog", "share", "", { "aria-label": "Share this screen" });
    const label = element("label", "control");
    label.append(element("span", "control-label", "The link opens"), element("select"));
    const field = element("input", "", "", { "aria-label": "The link" });
    Object.assign(field, { type: "text", readOnly: true });
    const row = element("div", "share-row");
    row.append(field, buildButton("copy", "Copy link"));
    const status = element("p", "share-status", "", { role: "status" });
    dialog.append(element("h2", "", "Share this screen"), label, row, status);
    dialog.append(element("div", "code"), element("p", "said"), buildButton("close", "Close"));
    return dialog;
  },
  patch(dialog, { places, code, problem }) {
    dialog.places = places;
    setText(find(dialog, ".said"), problem || (code?.said ?? ""));
    drawCode(find(dialog, ".code"), problem ? null : code);
  },
};

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
 * Black on white in every theme: that is what cameras are made for.
 *
 * @param {HTMLElement} box
 * @param {Share["code"]} code
 */
function drawCode(box, code) {
  const href = code?.path ? code.href : "";
  if (box.dataset.href === href) return;
  box.dataset.href = href;
  box.replaceChildren();
  if (!code?.path) return;
  const side = code.side + 2 * QUIET;
  const viewBox = `${-QUIET} ${-QUIET} ${side} ${side}`;
  const image = svg("svg", "", { viewBox, role: "img", "aria-label": "QR code of the link" });
  image.append(svg("path", "", { d: code.path }));
  box.append(image);
}

addPart({
  blocks: { share },
  acts: { share: openShare },
  listen(root, outbox) {
    on(root, "click", (target) => {
      const button = /** @type {HTMLElement?} */ (target.closest("[data-share]"));
      if (button?.dataset.share === "close") dialogIn(root).close();
      if (button?.dataset.share === "copy") copy(dialogIn(root));
    });
    on(root, "change", (target) => {
      if (!target.matches("dialog.share select")) return;
      show(dialogIn(root), /** @type {HTMLSelectElement} */ (target).value, outbox);
    });
  },
});

/** @param {HTMLElement} root */
const dialogIn = (root) => /** @type {ShareDialog} */ (root.querySelector("dialog.share"));

/**
 * Open the dialog.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 * @param {boolean} withThisPage whether the page on screen is among those that a link may open
 */
export function openShare(root, outbox, withThisPage = true) {
  const dialog = dialogIn(root);
  const here = { label: "This page", href: `${location.pathname}${location.search}` };
  const places = [...(withThisPage ? [here] : []), ...(dialog.places ?? [])];
  const select = find(dialog, "select");
  select.replaceChildren(...places.map(({ label, href }) => new Option(label, absolute(href))));
  setText(find(dialog, ".share-status"), "");
  dialog.showModal();
  show(dialog, select.value, outbox);
}

/** @param {string} href */
const absolute = (href) => new URL(href, document.baseURI.split("?")[0]).href;

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} href
 * @param {Outbox} outbox
 */
function show(dialog, href, outbox) {
  find(dialog, "input").value = href;
  outbox.post({ kind: "share", href });
}

/**
 * Over plain http a page may not use the clipboard: then the old way.
 *
 * @param {HTMLDialogElement} dialog
 */
async function copy(dialog) {
  const field = find(dialog, "input");
  field.select();
  const done = navigator.clipboard
    ? await navigator.clipboard.writeText(field.value).then(
        () => true,
        () => false,
      )
    : document.execCommand("copy");
  setText(
    find(dialog, ".share-status"),
    done ? "Copied." : "Not copied: press Ctrl+C, the link is selected.",
  );
}
