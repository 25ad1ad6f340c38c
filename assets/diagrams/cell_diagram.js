// The cell as a diagram: marks the current step, and reports the step that was chosen.

import "../core/page.js";

export function render({ data, parentElement, setTriggerValue }) {
  parentElement.diagram ??= new Diagram(parentElement, new URL(data.drawing, document.baseURI));
  parentElement.diagram.update(data, setTriggerValue);
}

class Diagram {
  constructor(parent, address) {
    this.box = document.createElement("div");
    this.box.className = "diagram-box";
    parent.append(this.box);
    // Our own drawing from assets/, never anything that a person typed.
    this.drawn = fetch(address)
      .then((answer) => answer.text())
      .then((svg) => (this.box.innerHTML = svg));
    this.box.addEventListener("click", ({ target }) => this.choose(target));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.choose(event.target);
    });
  }

  choose(target) {
    const node = target.closest("[data-step]");
    if (node) this.send("step", node.dataset.step);
  }

  // On a narrow screen the drawing scrolls sideways: keep the current step in sight.
  show(node) {
    if (!node || this.box.scrollWidth <= this.box.clientWidth) return;
    const { left, width } = node.getBoundingClientRect();
    const frame = this.box.getBoundingClientRect();
    this.box.scrollLeft += left + width / 2 - frame.left - frame.width / 2;
  }

  async update({ current, reads, feeds, changed, readout }, send) {
    this.send = send;
    await this.drawn;
    this.box.querySelector("svg").classList.toggle("no-readout", !readout);
    for (const node of this.box.querySelectorAll("[data-step], [data-name]")) {
      const name = node.dataset.step ?? node.dataset.name;
      const step = "step" in node.dataset; // not a terminal: those have the same names
      node.classList.toggle("current", step && name === current);
      node.classList.toggle("reads", reads.includes(name));
      node.classList.toggle("feeds", step && feeds.includes(name));
      node.classList.toggle("changed", step && changed.includes(name));
      if (step && name === current) node.setAttribute("aria-current", "step");
      else node.removeAttribute("aria-current");
    }
    this.show(this.box.querySelector(".current"));
    for (const wire of this.box.querySelectorAll(".wire")) {
      wire.classList.toggle("lit-in", wire.dataset.to === current);
      wire.classList.toggle("lit-out", wire.dataset.from === current);
    }
  }
}
