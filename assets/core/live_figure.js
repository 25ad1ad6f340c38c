// One Plotly figure that is never remounted: Plotly.react patches it when its data change.

import { loadScript } from "./dom.js";
import { PLACED } from "./place.js";
import "./page.js";

const FAINT = "rgba(128,128,128,.25)";
let script = null; // plotly.js is loaded once for the page, and defines window.Plotly

export function render({ data, parentElement, setTriggerValue }) {
  parentElement.figure ??= new Figure(parentElement);
  parentElement.figure.update(data, setTriggerValue);
}

class Figure {
  constructor(parent) {
    this.parent = parent;
    this.scroller = document.createElement("div");
    this.scroller.className = "figure-scroller";
    this.node = document.createElement("div");
    this.node.setAttribute("role", "img");
    this.scroller.append(this.node);
    this.bars = document.createElement("div");
    this.bars.className = "scales";
    this.settle();
    document.addEventListener(PLACED, () => this.settle());
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    new MutationObserver(() => this.draw()).observe(document.documentElement, {
      attributes: true,
      subtree: false,
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // Stand where the sheet has a place for the figure; by itself where it has none.
  settle() {
    const home = document.querySelector(".sheet .figure-place") ?? this.parent;
    if (this.parent.isConnected && this.scroller.parentNode !== home) home.append(this.scroller, this.bars);
  }

  async update(data, send) {
    this.settle();
    this.data = data;
    this.send = send;
    this.node.setAttribute("aria-label", data.alt);
    this.node.style.minHeight = `${data.layout.height}px`;
    await (script ??= loadScript(new URL(data.plotly, document.baseURI)));
    this.plotly = window.Plotly;
    // The numbers are painted first; the figure follows at once.
    requestAnimationFrame(() => setTimeout(() => this.draw()));
  }

  draw() {
    if (!this.plotly || !this.data) return;
    const room = this.scroller.clientWidth;
    if (!room) return;
    const { narrow, least, narrowest, most } = this.data;
    const tight = narrow && room < least;
    const version = tight ? narrow : this.data;
    const width = Math.max(Math.min(room, most ?? room), tight ? narrowest : least);
    const style = getComputedStyle(this.scroller);
    const colours = brightness(style.color) > 0.5 ? this.data.dark : this.data.light;
    const layout = themed(version.layout, colours, style, width);
    // react compares by identity: hand over copies, so that nothing is missed.
    const data = structuredClone(version.data);
    for (const trace of data) if (trace.type === "heatmap") trace.textfont = { color: colours.ink, size: 12 };
    const config = { displayModeBar: false, responsive: false };
    this.plotly.react(this.node, data, layout, config);
    this.bars.replaceChildren(...(this.data.scales ?? []).map((scale) => bar(scale, colours)));
    if (!this.listening) {
      this.listening = true;
      this.node.on("plotly_click", ({ points: [{ customdata, x, y }] }) =>
        this.send("clicked", customdata ?? (this.data.places && `${x},${y}`)),
      );
    }
    this.scroller.tabIndex = width > this.scroller.clientWidth ? 0 : -1;
  }
}

// The page's own ink and font; on a dark page, a scale whose middle is dark.
function themed(layout, colours, style, width) {
  const ink = style.color;
  const copy = structuredClone(layout);
  Object.assign(copy, {
    width,
    template: "none",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink, family: style.fontFamily, size: 13 },
  });
  for (const [key, part] of Object.entries(copy)) {
    if (key.startsWith("coloraxis")) part.colorscale = colours.scale;
    if (/^[xy]axis/.test(key)) Object.assign(part, { gridcolor: FAINT, zerolinecolor: ink });
  }
  for (const shape of copy.shapes ?? []) if (shape.line.width) shape.line.color = ink;
  return copy;
}

// The bar of a colour scale, as text and a gradient: plotly.js would take 6 ms for each.
function bar({ label, low, high }, { scale }) {
  const box = document.createElement("span");
  box.className = "scale";
  const gradient = document.createElement("span");
  gradient.className = "gradient";
  gradient.style.background = `linear-gradient(to right, ${scale.map(([, c]) => c).join(", ")})`;
  box.append(`${label}: ${low} `, gradient, ` ${high}`);
  return box;
}

function brightness(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
}
