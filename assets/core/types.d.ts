// What Python sends and the sheet's scripts share. The blocks stand in lstm_ui/sheet/blocks.py,
// under the same names; a kind that one page alone has is described in that page's script.

import type { Outbox } from "./outbox.js";

/** One kind of block: how it is drawn, and kept up to date. */
export interface Kind<B extends Block, N extends Element = HTMLElement> {
  /** What of the block needs a new element when it changes; anything else is patched. */
  signature(block: B): string;
  build(block: B): N;
  patch(node: N, block: B): void;
}

/** What a script adds to the sheet: the core's own scripts and the pages' alike. */
export interface Part {
  blocks?: { [kind: string]: Kind<Block> };
  /** Listens to what the reader does on a sheet; called once for each sheet. */
  listen?(root: HTMLElement, outbox: Outbox): void;
  /** Classes of the sheet and of the page, each for what a selector finds on the sheet. */
  marks?: { [name: string]: string };
  /** Called with all new data, before the blocks are placed. */
  update?(root: HTMLElement, data: SheetData): void;
  /** What a button of a toolbar does in the browser, instead of reporting its event. */
  acts?: { [act: string]: (root: HTMLElement, outbox: Outbox) => void };
  /** The event that a step chosen in a walk reports, for each way to walk that has its own. */
  choices?: { [way: string]: string };
  /** The event that a click on a cell reports, inside blocks (by `id`) that have their own. */
  openings?: { [block: string]: string };
}

/** What the reader did. Events of one gesture replace each other until they are under way. */
export interface SheetEvent {
  kind: string;
  gesture?: string;
  [detail: string]: string | number | undefined;
}

/** Hands a value of the component to Python. */
export type Send = (name: string, value: unknown) => void;

/** What Streamlit calls a component with; the element keeps what the component puts on it. */
export interface Component<D, Kept = object> {
  data: D;
  parentElement: HTMLElement & Kept;
  setStateValue: Send;
  setTriggerValue: Send;
}

/** All that the sheet draws: see lstm_ui/sheet/component.py. */
export interface SheetData {
  /** The number of the last event that Python dealt with. */
  seq: number;
  /** The query that the address bar should show; empty where it would be too long. */
  query: string;
  /** The same as others may see it: without the teacher's notes. */
  shared: string;
  /** Whether the address is a new place to go Back from. */
  push: boolean;
  /** The question to open, as an address holds it; mostly empty. */
  asked: string;
  /** The kinds of the cell, the nearest first: whose words hold for it. */
  words: string;
  blocks: Block[];
  lights: LightMap;
  open: string | null;
}

/** For each result cell, the operand cells that it was made from. */
export interface LightMap {
  [cell: string]: string[];
}

/** What every block has; `id` is its name among its neighbours. */
export interface Block {
  kind: string;
  id: string;
}

/** A link to a place on another page: `href` for a new tab, the rest for a plain click. */
export interface Visit {
  label: string;
  href: string;
  page: string;
  step: string;
  t: number;
  entry: number;
  /** What is chosen there besides, as in an address. */
  look_up?: string;
}

export interface Heading extends Block {
  level?: number;
  title: string;
  what?: string;
  why?: string;
  stage?: string;
}

export interface Formula extends Block {
  lines: { latex: string; gloss?: string }[];
}

/** One number: `at` is its address, `share` its shade from −1 to 1, `full` all its digits. */
export interface MatrixCell {
  at: string;
  name: string;
  text: string;
  full: string;
  share: number;
  edit?: boolean;
  /** What the number was before the last edit or, with a `gap`, in the pinned setting. */
  was?: string;
  gap?: string;
  error?: string | null;
}

/** A matrix or vector, with a label for each row and column on screen. */
export interface Matrix {
  id: string;
  label: string;
  name: string;
  shape: string;
  rows: MatrixCell[][];
  units: string[] | null;
  columns: string[] | null;
  problem: string | null;
  /** A button that fills in a part of the matrix `id` after all. */
  offer: { id: string; label: string } | null;
  /** What the button is called that draws it anew, where it can be drawn. */
  random?: string;
}

/** What stands between two matrices, as LaTeX. */
export interface Sign {
  sign: string;
}

export interface Equation extends Block {
  items: (Matrix | Sign)[];
  spot?: boolean;
}

/** The arithmetic of one entry; hovering a term lights the cells in `uses`, term by term. */
export interface Arithmetic extends Block {
  name: string;
  terms: string[];
  joiner: string;
  uses: string[][];
  result: string;
  rule: string;
  note: string;
}

export interface Legend extends Block {
  text: string;
}

export interface Notice extends Block {
  text: string;
}

export interface Ledger extends Block {
  rows: string[];
}

export interface Text extends Block {
  lines: { text?: string; strong?: boolean; visit?: Visit }[];
}

export interface Questions extends Block {
  items: { question: string; answer: string }[];
}

export interface Note extends Block {
  step: string;
  text: string;
  problem: string;
}

export interface Toolbar extends Block {
  items: { act: string; label: string; on: boolean; help: string }[];
}

/** A step to choose in a walk, under its stage. */
export interface Stop {
  stage: string;
  name: string;
  title: string;
}

export interface WalkBar extends Block {
  steps: Stop[];
  at: string;
  t: number;
  T: number;
  first: boolean;
  last: boolean;
  /** Another way than on: the events of its buttons bear this name. */
  way?: string;
  /** The same as the way "present". */
  present?: boolean;
}

export interface Group extends Block {
  blocks: Block[];
  name?: string;
  card?: boolean;
}

export interface Fold extends Block {
  title: string;
  open: boolean;
  blocks: Block[];
}

/** What chooses an option or moves a number: which fields it has depends on `type`. */
export interface Control {
  type: "select" | "segments" | "range" | "field" | "button";
  label: string;
  value: string | number;
  option?: string;
  cell?: string;
  event?: string;
  choices?: [value: string, text: string][];
  low?: number;
  high?: number;
  step?: number;
  shown?: string;
  /** What the button beside a slider puts it back to, as text; `on` says if it is elsewhere. */
  rest?: string;
  on?: boolean;
}

export interface Controls extends Block {
  items: Control[];
}

/** A small table of texts; the row `here` is marked. */
export interface Coins extends Block {
  heads: string[];
  rows: string[][];
  here: number;
}

/** A link to the screen; `noted` is the one with the teacher's notes, where there are any. */
export interface SharedPlace {
  label: string;
  href: string;
  noted?: string;
}

/** A QR code: its dark squares as an SVG path. */
export interface Code {
  href: string;
  path: string;
  side: number;
  said: string;
}

/** The dialog that shares a screen; `code` is the QR code of the link that was asked for last. */
export interface Share extends Block {
  places: SharedPlace[];
  code: Code | null;
  problem: string;
  /** The address that links begin with instead of the page's own. */
  room: {
    address: string;
    warning: string;
    offer: string;
    problem: string;
    words: { [name: string]: string };
  };
  words: { [name: string]: string };
}

/** An input with a number in it, and what the sheet remembers of it. */
export interface Field extends HTMLInputElement {
  /** Whether it holds what was typed and not yet reported. */
  dirty?: boolean;
  /** Whether it was dirty when it was left: then Python answers, and the text stays till then. */
  sent?: boolean;
  /** The number as the page prints it, and with all its digits. */
  printed?: string;
  full?: string;
}

/** A slider; while it is dragged, the gesture that its events belong to. */
export interface Slider extends HTMLInputElement {
  gesture?: string;
}

/** A figure as plotly.js takes it; `light` and `dark` are the colours of the two themes. */
export interface Figure extends FigureVersion {
  light: FigureColours;
  dark: FigureColours;
  /** The text alternative. */
  alt: string;
  /** The width in pixels that the figure needs, and the most that it makes use of. */
  least: number;
  most?: number | null;
  /** Another layout for less room, and the width that this one needs. */
  narrow?: FigureVersion | null;
  narrowest?: number;
  /** The bars of the colour scales. */
  scales?: ScaleBar[];
  /** Whether a click between the markers counts: it then reports its place, "0.5,-1". */
  places?: boolean;
}

export interface FigureVersion {
  data: { type: string; textfont?: object }[];
  layout: FigureLayout;
}

/** The parts of plotly.js's layout that a theme changes; the others are handed on as they come. */
export interface FigureLayout {
  height: number;
  shapes?: { line: { width?: number; color?: string } }[];
  [part: string]: unknown;
}

export interface FigureColours {
  /** Stops from 0 to 1 with their colours. */
  scale: [stop: number, colour: string][];
  ink: string;
}

export interface ScaleBar {
  label: string;
  low: string;
  high: string;
}

/** An element that plotly.js has drawn in. */
export interface PlotlyElement extends HTMLElement {
  on(event: "plotly_click", act: (click: { points: PlotlyPoint[] }) => void): void;
  /** What was drawn, trace by trace; of a heatmap, z holds its rows. */
  calcdata?: Drawn[][];
  /** What is pointed at, be it by a mouse or by Fx.hover. */
  _hoverdata?: PlotlyPoint[];
}

/** A heatmap: its axes, its rows, and the edges of its cells, one more than there are cells. */
export interface Drawn {
  trace: { type: string; xaxis?: string; yaxis?: string };
  z: ArrayLike<number>[];
  x: ArrayLike<number>;
  y: ArrayLike<number>;
}

export interface PlotlyPoint {
  customdata?: string;
  x: number;
  y: number;
}

declare global {
  interface Window {
    katex: { render(latex: string, node: Element, options: { throwOnError: boolean }): void };
    Plotly: {
      react(node: Element, data: unknown, layout: unknown, config: unknown): void;
      Fx: {
        hover(node: Element, at: { xval: number; yval: number }, subplot: string): void;
        unhover(node: Element): void;
      };
    };
  }
}
