// The sheet of paper: draws the blocks that Python describes, and patches only what changed.
//
// Python owns the model. The sheet sends what was typed, as text, and shows what comes back.
// data: { seq, query, push, blocks: [{ kind, id, … }], lights: { result: [operands] }, open }

import { listenToAnswers } from "../pages/check.js";
import { placeAll } from "./blocks.js";
import { listenToControls } from "./controls.js";
import { Lights } from "./lights.js";
import { listenToLecture } from "../pages/lecture.js";
import { listen } from "./keyboard.js";
import { Outbox } from "./outbox.js";
import { listenToShare } from "./share.js";
import { scrubbing } from "./scrub.js";
import "./page.js";

export function render({ data, parentElement, setStateValue }) {
  // The default export runs again at each change of the data: one Sheet for each mounted element.
  parentElement.sheet ??= new Sheet(parentElement);
  parentElement.sheet.update(data, setStateValue);
}

// An edit changes the address in place: Back goes to the step before, not to each keystroke.
function showAddress({ query, push }) {
  if (!query || location.search === `?${query}`) return;
  const address = `${location.pathname}?${query}${location.hash}`;
  if (push) history.pushState({}, "", address);
  else history.replaceState(history.state, "", address);
}

class Sheet {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "sheet";
    parent.append(this.root);
    this.outbox = new Outbox();
    this.lights = new Lights(this.root);
    listen(this.root, this.outbox);
    listenToControls(this.root, this.outbox);
    listenToAnswers(this.root, this.outbox);
    listenToLecture(this.root, this.outbox);
    listenToShare(this.root, this.outbox);
    this.followHistory();
    scrubbing(this.root, this.outbox);
  }

  // Back and Forward on this page: Streamlit itself may take the address for one that it knows.
  followHistory() {
    const page = location.pathname;
    addEventListener("popstate", () => {
      if (!this.root.isConnected || location.pathname !== page) return;
      const address = new URLSearchParams(location.search);
      const [t, entry] = ["t", "entry"].map((name) => Number(address.get(name) ?? 1) - 1);
      this.outbox.post({ kind: "arrive", step: address.get("step") ?? "", t, entry });
    });
  }

  update(data, send) {
    showAddress(data);
    this.outbox.answered(data.seq, send);
    this.root.classList.toggle("lecture", Boolean(data.lecture));
    placeAll(this.root, data.blocks);
    this.lights.set(data.lights, data.open);
    this.root.dataset.seq = data.seq;
  }
}
