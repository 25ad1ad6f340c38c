// A figure's heatmaps by keyboard: the arrow keys go from number to number, and each is said as a
// mouse would have it said; Enter opens it, as a click does.

import { element } from "./dom.js";

/**
 * @import { PlotlyElement, PlotlyPoint } from "./types.d.ts"
 *
 * @typedef {[down: number, across: number]} Move
 */

const LABEL = "The figure’s numbers: go from one to the next with the arrow keys, Enter opens it";

const SHOWN_MS = 80; // until plotly.js has shown what is pointed at: it draws every 50 ms at most

/** @type {Record<string, Move>} */
const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

export class FigureReader {
  row = 0; // counted through all heatmaps, in their order
  column = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  later;

  /**
   * @param {HTMLElement} frame what is focused
   * @param {PlotlyElement} figure
   * @param {(point: PlotlyPoint) => void} open
   */
  constructor(frame, figure, open) {
    this.frame = frame;
    this.figure = figure;
    this.open = open;
    this.told = element("span", "figure-told", "", { "aria-live": "polite" });
    frame.append(this.told);
    frame.addEventListener("keydown", (event) => this.pressed(event));
    frame.addEventListener("focus", () => this.say());
    frame.addEventListener("blur", () => this.leave());
  }

  /**
   * Take the figure as it was drawn anew.
   *
   * @param {boolean} isWide it is wider than its frame, which then scrolls
   */
  follow(isWide) {
    const isRead = this.rows().length > 0;
    this.frame.tabIndex = isRead || isWide ? 0 : -1;
    for (const [name, value] of [
      ["role", "application"],
      ["aria-label", LABEL],
    ]) {
      if (isRead) this.frame.setAttribute(name, value);
      else this.frame.removeAttribute(name);
    }
    if (isRead && document.activeElement === this.frame) this.say();
  }

  /** Return each row of each heatmap: the heatmap, its own number, and how many columns. */
  rows() {
    const heatmaps = (this.figure.calcdata ?? []).map(([first]) => first);
    return heatmaps
      .filter((one) => one?.trace?.type === "heatmap")
      .flatMap((heatmap) => heatmap.z.map(({ length }, row) => ({ heatmap, row, length })));
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.target !== this.frame || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = this.rows();
    if (!rows.length) return; // the frame scrolls by itself
    const said = this.figure._hoverdata?.[0];
    if (event.key === "Enter" && said) this.open(said);
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    this.row = within(this.row + move[0], rows.length);
    this.column = within(this.column + move[1], rows[this.row].length);
    this.say();
  }

  // The words are those that plotly.js shows: a number is printed in one place only.
  say() {
    const rows = this.rows();
    if (!rows.length || !this.frame.matches(":focus-visible")) return;
    this.row = within(this.row, rows.length);
    const { heatmap, row, length } = rows[this.row];
    this.column = within(this.column, length);
    const at = { xval: middle(heatmap.x, this.column), yval: middle(heatmap.y, row) };
    const { xaxis = "x", yaxis = "y" } = heatmap.trace;
    window.Plotly.Fx.hover(this.figure, at, xaxis + yaxis);
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tell(), SHOWN_MS);
  }

  tell() {
    const words = this.figure.querySelector(".hoverlayer .hovertext");
    this.told.textContent = words?.textContent ?? "";
    words?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  leave() {
    clearTimeout(this.later);
    this.told.textContent = "";
    if (this.figure.calcdata) window.Plotly.Fx.unhover(this.figure);
  }
}

/**
 * @param {number} at
 * @param {number} size
 */
const within = (at, size) => Math.max(0, Math.min(size - 1, at));

/**
 * Return where the middle of a cell is, from the edges of all cells.
 *
 * @param {ArrayLike<number>} edges
 * @param {number} k
 */
const middle = (edges, k) => (edges[k] + (edges[k + 1] ?? edges[k])) / 2;
