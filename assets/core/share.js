// Share: the link of this screen, to copy, and as a code that a room can read.

import { element, setText } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

export const share = {
  signature: () => "",
  build() {
    const dialog = element("dialog", "share");
    dialog.setAttribute("aria-label", "Share this screen");
    const choice = element("select");
    const label = element("label", "control");
    label.append(element("span", "control-label", "The link opens"), choice);
    const field = element("input");
    Object.assign(field, { type: "text", readOnly: true });
    field.setAttribute("aria-label", "The link");
    const row = element("div", "share-row");
    row.append(field, act("copy", "Copy link"));
    const status = element("p", "share-status");
    status.setAttribute("role", "status");
    dialog.append(element("h2", "", "Share this screen"), label, row, status);
    dialog.append(element("div", "code"), element("p", "said"), act("close", "Close"));
    return dialog;
  },
  patch(dialog, { places, code, problem }) {
    dialog.places = places;
    setText(dialog.querySelector(".said"), problem || (code?.said ?? ""));
    draw(dialog.querySelector(".code"), problem ? null : code);
  },
};

function act(name, text) {
  const node = element("button", "act", text);
  node.type = "button";
  node.dataset.share = name;
  return node;
}

// Black on white in every theme: that is what cameras are made for.
function draw(box, code) {
  if (box.dataset.href === (code?.path ? code.href : "")) return;
  box.dataset.href = code?.path ? code.href : "";
  box.replaceChildren();
  if (!code?.path) return;
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("viewBox", `-4 -4 ${code.side + 8} ${code.side + 8}`);
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", "QR code of the link");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", code.path);
  image.append(path);
  box.append(image);
}

export function listenToShare(root, outbox) {
  root.addEventListener("click", ({ target }) => {
    if (target.closest('[data-act="share"], [data-lecture="share"]')) open(root, outbox);
    const name = target.closest("[data-share]")?.dataset.share;
    if (name === "close") root.querySelector("dialog.share").close();
    if (name === "copy") copy(root.querySelector("dialog.share"));
  });
  root.addEventListener("change", ({ target }) => {
    if (target.matches("dialog.share select")) show(root.querySelector("dialog.share"), target.value, outbox);
  });
}

// A lecture's link for the room leads to the step, not to the lecture.
function open(root, outbox) {
  const dialog = root.querySelector("dialog.share");
  const here = absolute(`${location.pathname}${location.search}`);
  const others = dialog.places.map(({ label, href }) => [label, absolute(href)]);
  const lecturing = root.classList.contains("lecture");
  const choices = lecturing ? others : [["This page", here], ...others];
  const select = dialog.querySelector("select");
  select.replaceChildren(...choices.map(([label, href]) => new Option(label, href)));
  setText(dialog.querySelector(".share-status"), "");
  dialog.showModal();
  show(dialog, select.value, outbox);
}

const absolute = (href) => new URL(href, document.baseURI.split("?")[0]).href;

function show(dialog, href, outbox) {
  dialog.querySelector("input").value = href;
  outbox.post({ kind: "share", href });
}

// Over plain http a page may not use the clipboard: then the old way.
async function copy(dialog) {
  const field = dialog.querySelector("input");
  field.select();
  const done = navigator.clipboard
    ? await navigator.clipboard.writeText(field.value).then(() => true, () => false)
    : document.execCommand("copy");
  setText(
    dialog.querySelector(".share-status"),
    done ? "Copied." : "Not copied: press Ctrl+C, the link is selected.",
  );
}
