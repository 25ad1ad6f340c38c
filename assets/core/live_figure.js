// One Plotly figure that is never remounted: Plotly.react patches it when its data change.

import "./page.js";
import { element, loadScript, withSubscripts } from "./dom.js";
import { DRAWN, PLACED } from "./figure_place.js";
import { FigureReader } from "./figure_reader.js";

/**
 * @import {
 *   Component, Figure, FigureColours, FigureLayout, PlotlyElement, PlotlyPoint, ScaleBar, Send
 * } from "./types.d.ts"
 */

const FAINT = "rgba(128,128,128,.25)";
const CONFIG = { displayModeBar: false, responsive: false };

const PLOTLY = new URL("../vendor/plotly.min.js", import.meta.url);

/** @type {Promise<void> | undefined} */
let loaded; // once, when the first figure comes; it defines window.Plotly

/** @param {Component<Figure, { figure?: LiveFigure }>} component */
export function render({ data, parentElement, setTriggerValue }) {
  parentElement.figure ??= new LiveFigure(parentElement);
  parentElement.figure.update(data, setTriggerValue);
}

class LiveFigure {
  /** @type {Figure | undefined} */
  data;
  /** @type {Send | undefined} */
  send;
  isReady = false; // plotly.js is there
  isDue = false; // it will be drawn at once
  room = 0; // the width that it was last drawn in
  isListening = false;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.parent = parent;
    this.scroller = element("div", "figure-scroller");
    const node = element("div", "", "", { role: "img" });
    this.node = /** @type {PlotlyElement} */ (/** @type {unknown} */ (node));
    this.scroller.append(this.node);
    this.reader = new FigureReader(this.scroller, this.node, (point) => this.open(point));
    this.bars = element("div", "scales");
    this.settle();
    document.addEventListener(PLACED, () => this.settle());
    this.followSizeAndTheme();
  }

  followSizeAndTheme() {
    const draw = () => this.draw();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    // Its height follows from what is drawn in it, and asks for nothing.
    new ResizeObserver(() => {
      if (!this.isDue && this.scroller.clientWidth !== this.room) draw();
    }).observe(this.scroller);
    new MutationObserver(draw).observe(document.documentElement, { attributes: true });
    dark.addEventListener("change", draw);
  }

  // Stand where the sheet has a place for the figure; by itself where it has none.
  settle() {
    const home = document.querySelector(".sheet .figure-place") ?? this.parent;
    const isAway = this.scroller.parentNode !== home;
    if (this.parent.isConnected && isAway) home.append(this.scroller, this.bars);
  }

  /**
   * @param {Figure} data
   * @param {Send} send
   */
  async update(data, send) {
    this.settle();
    this.data = data;
    this.send = send;
    this.node.setAttribute("aria-label", data.alt);
    this.node.style.minHeight = `${data.layout.height}px`;
    loaded ??= loadScript(PLOTLY);
    await loaded;
    this.isReady = true;
    // The numbers are painted first; the figure follows at once, and once.
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => setTimeout(() => this.draw()));
  }

  draw() {
    this.isDue = false;
    const room = this.scroller.clientWidth;
    if (!this.isReady || !this.data || !room) return;
    this.room = room;
    const style = getComputedStyle(this.scroller);
    const colours = isLight(style.color) ? this.data.dark : this.data.light;
    const { version, width } = fitted(this.data, room);
    const layout = themed(version.layout, colours, style, width);
    // react compares by identity: hand over copies, so that nothing is missed.
    const data = structuredClone(version.data);
    for (const trace of data) {
      if (trace.type === "heatmap")
        trace.textfont = { size: 12, ...trace.textfont, color: colours.ink };
    }
    window.Plotly.react(this.node, data, layout, CONFIG);
    const bars = (this.data.scales ?? []).map((scale) => buildBar(scale, colours));
    this.bars.replaceChildren(...bars);
    this.listen();
    this.reader.follow(width > this.scroller.clientWidth);
    // What its place must know that makes it larger: see pages/lecture.js.
    const { least, narrowest = least } = this.data;
    Object.assign(this.scroller.dataset, { least: narrowest, height: layout.height });
    document.dispatchEvent(new Event(DRAWN));
  }

  // plotly.js gives the element its `on` when it draws there for the first time.
  listen() {
    if (this.isListening) return;
    this.isListening = true;
    this.node.on("plotly_click", ({ points: [point] }) => this.open(point));
  }

  /** @param {PlotlyPoint} point that was clicked, or read and entered */
  open({ customdata, x, y }) {
    this.send?.("clicked", customdata ?? (this.data?.places && `${x},${y}`));
  }
}

/**
 * Return the version of a figure that fits into the room, and the width that it takes.
 *
 * @param {Figure} figure
 * @param {number} room in pixels, as all widths
 */
function fitted(figure, room) {
  const { narrow, least, narrowest, most } = figure;
  const isTight = narrow && room < least;
  const needed = (isTight ? narrowest : least) ?? least;
  const width = Math.max(Math.min(room, most ?? room), needed);
  return { version: isTight ? narrow : figure, width };
}

/**
 * Return a layout in the page's own ink and font. On a dark page the middle of a scale is dark.
 *
 * @param {FigureLayout} layout
 * @param {FigureColours} colours
 * @param {CSSStyleDeclaration} style
 * @param {number} width
 */
function themed(layout, colours, style, width) {
  const ink = style.color;
  const copy = Object.assign(structuredClone(layout), {
    width,
    template: "none",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink, family: style.fontFamily, size: 13 },
  });
  for (const [key, part] of /** @type {[string, any][]} */ (Object.entries(copy))) {
    if (key.startsWith("coloraxis")) part.colorscale = colours.scale;
    if (/^[xy]axis/.test(key)) Object.assign(part, { gridcolor: FAINT, zerolinecolor: ink });
  }
  for (const shape of copy.shapes ?? []) if (shape.line.width) shape.line.color = ink;
  return copy;
}

/**
 * Build the bar of a colour scale as text and a gradient: plotly.js would take 6 ms for each.
 *
 * @param {ScaleBar} scale
 * @param {FigureColours} colours
 */
function buildBar({ label, low, high }, { scale }) {
  const box = element("span", "scale");
  const gradient = element("span", "gradient");
  const colours = scale.map(([, colour]) => colour).join(", ");
  gradient.style.background = `linear-gradient(to right, ${colours})`;
  box.append(...withSubscripts(label), `: ${low} `, gradient, ` ${high}`);
  return box;
}

/**
 * Tell whether a colour is nearer to white than to black, as the eye weighs its parts.
 *
 * @param {string} colour rgb(…), as computed styles give it
 */
function isLight(colour) {
  const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255 > 0.5;
}
