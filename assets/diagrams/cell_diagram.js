// The cell as a diagram: marks the current step, and reports the step that was chosen.

import "../core/page.js";
import { element, findAll, on, setAttribute, setText } from "../core/dom.js";
import { rove, setStop } from "../core/roving.js";

/**
 * @import { Component, Send } from "../core/types.d.ts"
 *
 * @typedef {object} DiagramData see lstm_ui/sheet/diagram.py
 * @property {string} drawing where the drawing is served, or the drawing itself
 * @property {string} current the step on screen
 * @property {string[]} reads the names that it reads
 * @property {string[]} feeds the steps that use its value
 * @property {string[]} changed the steps that the last edit changed
 * @property {{ [name: string]: string }} numbers what is written beside each part
 * @property {{ [name: string]: string }} names what each part is called
 * @property {boolean} arrows whether the arrow keys lead from part to part
 */

const STEPS = "[data-step]";

/** @param {Component<DiagramData, { diagram?: Diagram }>} component */
export function render({ data, parentElement, setTriggerValue }) {
  parentElement.diagram ??= new Diagram(parentElement, data);
  parentElement.diagram.update(data, setTriggerValue);
}

class Diagram {
  /** @type {Send | undefined} */
  send;

  /**
   * @param {HTMLElement} parent
   * @param {DiagramData} data
   */
  constructor(parent, { drawing, arrows }) {
    this.box = element("div", "diagram-box");
    parent.append(this.box);
    this.shown = drawing;
    this.drawn = this.load(drawing);
    if (arrows) rove(this.box, STEPS);
    on(this.box, "click", (target) => this.choose(target));
    on(this.box, "keydown", (target, event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(target);
    });
  }

  /** @param {string} drawing */
  async load(drawing) {
    const itself = drawing.startsWith("<svg");
    const answer = itself ? undefined : await fetch(new URL(drawing, document.baseURI));
    const text = answer ? await answer.text() : drawing;
    if (drawing !== this.shown || answer?.ok === false) return;
    // Our own drawing, of letters from a closed set: never anything that a person typed.
    this.box.innerHTML = text;
  }

  /** @param {Element} target */
  choose(target) {
    const node = /** @type {SVGElement?} */ (target.closest(STEPS));
    if (node) this.send?.("step", node.dataset.step);
  }

  /**
   * @param {DiagramData} data
   * @param {Send} send
   */
  async update(data, send) {
    this.send = send;
    this.latest = data;
    if (data.drawing !== this.shown) {
      this.shown = data.drawing;
      this.drawn = this.load(data.drawing); // another cell
    }
    await this.drawn;
    if (data !== this.latest) return; // another update came while the drawing was on its way
    for (const node of findAll(this.box, "[data-step], [data-name]")) mark(node, data);
    for (const node of findAll(this.box, "[data-value]")) {
      setText(node, data.numbers[node.dataset.value ?? ""] ?? "");
    }
    setStop(this.box, STEPS, this.box.querySelector(".current"));
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
function mark(node, { current, reads, feeds, changed, names }) {
  const { step, name = "" } = node.dataset;
  node.classList.toggle("current", step === current);
  node.classList.toggle("reads", reads.includes(step ?? name));
  node.classList.toggle("feeds", step !== undefined && feeds.includes(step));
  node.classList.toggle("changed", step !== undefined && changed.includes(step));
  setAttribute(node, "aria-label", names[step ?? name]);
  setAttribute(node, "aria-current", step === current ? "step" : "");
}
