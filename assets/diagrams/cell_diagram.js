// The cell as a diagram: marks the current step, and reports the step that was chosen.

import "../core/page.js";
import { element, findAll, on, setAttribute } from "../core/dom.js";

/**
 * @import { Component, Send } from "../core/types.d.ts"
 *
 * @typedef {object} DiagramData see lstm_ui/sheet/diagram.py
 * @property {string} drawing where the drawing is served
 * @property {string} current the step on screen
 * @property {string[]} reads the names that it reads
 * @property {string[]} feeds the steps that use its value
 * @property {string[]} changed the steps that the last edit changed
 * @property {boolean} readout whether the cell has a read-out
 */

/** @param {Component<DiagramData, { diagram?: Diagram }>} component */
export function render({ data, parentElement, setTriggerValue }) {
  parentElement.diagram ??= new Diagram(parentElement, new URL(data.drawing, document.baseURI));
  parentElement.diagram.update(data, setTriggerValue);
}

class Diagram {
  /** @type {Send | undefined} */
  send;

  /**
   * @param {HTMLElement} parent
   * @param {URL} address
   */
  constructor(parent, address) {
    this.box = element("div", "diagram-box");
    parent.append(this.box);
    this.drawn = this.load(address);
    on(this.box, "click", (target) => this.choose(target));
    on(this.box, "keydown", (target, event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(target);
    });
  }

  /** @param {URL} address */
  async load(address) {
    const answer = await fetch(address);
    // Our own drawing from assets/, never anything that a person typed.
    this.box.innerHTML = await answer.text();
  }

  /** @param {Element} target */
  choose(target) {
    const node = /** @type {SVGElement?} */ (target.closest("[data-step]"));
    if (node) this.send?.("step", node.dataset.step);
  }

  /**
   * @param {DiagramData} data
   * @param {Send} send
   */
  async update(data, send) {
    this.send = send;
    await this.drawn;
    this.box.querySelector("svg")?.classList.toggle("no-readout", !data.readout);
    for (const node of findAll(this.box, "[data-step], [data-name]")) mark(node, data);
    this.show(this.box.querySelector(".current"));
    for (const { classList, dataset } of findAll(this.box, ".wire")) {
      classList.toggle("lit-in", dataset.to === data.current);
      classList.toggle("lit-out", dataset.from === data.current);
    }
  }

  /**
   * On a narrow screen the drawing scrolls sideways: keep the current step in sight.
   *
   * @param {Element | null} node
   */
  show(node) {
    if (!node || this.box.scrollWidth <= this.box.clientWidth) return;
    const { left, width } = node.getBoundingClientRect();
    const frame = this.box.getBoundingClientRect();
    this.box.scrollLeft += left + width / 2 - frame.left - frame.width / 2;
  }
}

/**
 * Mark what a node is to the current step. What a cell begins with has no step of its own, and may
 * have the name of one.
 *
 * @param {HTMLElement} node
 * @param {DiagramData} data
 */
function mark(node, { current, reads, feeds, changed }) {
  const { step, name = "" } = node.dataset;
  node.classList.toggle("current", step === current);
  node.classList.toggle("reads", reads.includes(step ?? name));
  node.classList.toggle("feeds", step !== undefined && feeds.includes(step));
  node.classList.toggle("changed", step !== undefined && changed.includes(step));
  setAttribute(node, "aria-current", step === current ? "step" : "");
}
