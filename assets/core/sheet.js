// The sheet of paper: draws the blocks that Python describes, and patches only what changed.
//
// Python owns the model. The sheet sends what was typed, as text, and shows what comes back.

import "./page.js";
import "./address.js";
import "./announce.js";
import "./containers.js";
import "./controls.js";
import "./equation.js";
import "./figure_place.js";
import "./form.js";
import "./focus.js";
import "./keyboard.js";
import "./note.js";
import "./play.js";
import "./scrub.js";
import "./series.js";
import "./share.js";
import "./toolbar.js";
import "./visit.js";
import "./walk.js";
import "./words.js";
import { placeAll } from "./blocks.js";
import { element } from "./dom.js";
import { Lights } from "./lights.js";
import { outbox } from "./outbox.js";
import { listenTo, mark, SHOWN, update } from "./parts.js";

/** @import { Component, Send, SheetData } from "./types.d.ts" */

/**
 * Streamlit calls this again at each change of the data: one Sheet for each mounted element.
 *
 * @param {Component<SheetData, { sheet?: Sheet }>} component
 */
export function render({ data, parentElement, setStateValue }) {
  parentElement.sheet ??= new Sheet(parentElement);
  parentElement.sheet.update(data, setStateValue);
}

class Sheet {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.root = element("div", "sheet");
    parent.append(this.root);
    outbox.moveTo(this.root);
    this.lights = new Lights(this.root);
    listenTo(this.root, outbox);
  }

  /**
   * @param {SheetData} data
   * @param {Send} send
   */
  update(data, send) {
    update(this.root, data); // the address first: a report says where it was made
    if (outbox.sheet === this.root) outbox.answered(data.seq, send);
    placeAll(this.root, data.blocks);
    mark(this.root);
    this.lights.set(data.lights, data.open);
    this.root.dispatchEvent(new Event(SHOWN));
    this.root.dataset.seq = String(data.seq);
  }
}
