// The sheet of paper: draws the blocks that Python describes, and patches only what changed.
//
// Python owns the model. The sheet sends what was typed, as text, and shows what comes back.
// data: { seq, query, blocks: [{ kind, id, … }], lights: { result: [operands] }, open }

import { patchers } from "./sheet/blocks.js";
import { Lights } from "./sheet/lights.js";
import { listen } from "./sheet/keyboard.js";
import { Outbox } from "./sheet/outbox.js";
import { scrubbing } from "./sheet/scrub.js";
import "./styles.js";

export function render({ data, parentElement, setTriggerValue }) {
  // The default export runs again at each change of the data: one Sheet for each mounted element.
  parentElement.sheet ??= new Sheet(parentElement);
  parentElement.sheet.update(data, setTriggerValue);
}

// An edit changes the address in place: Back goes to the step before, not to each keystroke.
function showAddress(query) {
  if (query && location.search !== `?${query}`) {
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
  }
}

class Sheet {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "sheet";
    parent.append(this.root);
    this.outbox = new Outbox();
    this.lights = new Lights(this.root);
    listen(this.root, this.outbox);
    scrubbing(this.root, this.outbox);
  }

  update(data, send) {
    showAddress(data.query);
    this.outbox.answered(data.seq, send);
    this.root.dataset.size = data.size ?? "page";
    const old = new Map([...this.root.children].map((node) => [node.dataset.block, node]));
    let last = null;
    for (const block of data.blocks) {
      last = this.place(block, old.get(block.id), last);
      old.delete(block.id);
    }
    old.forEach((node) => node.remove());
    this.lights.set(data.lights, data.open);
    this.root.dataset.seq = data.seq;
  }

  // Reuse the element of this block where its structure is the same, else build it anew.
  place(block, existing, last) {
    const { signature, build, patch } = patchers[block.kind];
    const shape = block.kind + signature(block);
    let node = existing;
    if (node?.dataset.shape !== shape) {
      node = build(block);
      node.dataset.block = block.id;
      node.dataset.shape = shape;
      existing?.replaceWith(node);
    }
    const next = last ? last.nextSibling : this.root.firstChild;
    if (node !== next) this.root.insertBefore(node, next);
    patch(node, block);
    return node;
  }
}
