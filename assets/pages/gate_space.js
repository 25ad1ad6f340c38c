// The page on gate space: a waterfall with its editors and sliders, and the table of the coins.

import { element, setAttribute, setText } from "../core/dom.js";
import { buildCell, patchCell } from "../core/matrix.js";

// { heads: [v, W, push], rows: [{ row, label, text, value?, weight?, slide?, bar, zero, sign, scale,
//   what?, lacks?, told? }], problem }
export const waterfall = {
  signature: ({ rows }) => rows.map(shape).join(),
  build({ rows }) {
    const box = element("div", "waterfall");
    box.append(buildHead(), ...rows.map(buildRow), buildScale(), element("p", "problem"));
    setAttribute(box.lastChild, "role", "alert");
    return box;
  },
  patch(box, { heads, rows, problem }) {
    heads.forEach((text, k) => setText(box.firstChild.children[k], text));
    patchScale(box.firstChild, rows.at(-2));
    patchScale(box.lastChild.previousSibling, rows.at(-1));
    setWidths(box, rows);
    rows.forEach((row, k) => patchRow(box.children[k + 1], row));
    const errors = rows.flatMap(({ value, weight }) => [value?.error, weight?.error]);
    setText(box.lastChild, problem || errors.find(Boolean) || "");
  },
};

// All rows have the same columns: as wide as their longest number, within reason.
function setWidths(box, rows) {
  const cells = rows.flatMap(({ value, weight }) => [value, weight]).filter(Boolean);
  const longest = (texts) => Math.min(10, Math.max(4, ...texts.map(({ text }) => text.length)));
  box.style.setProperty("--cell", longest(cells));
  box.style.setProperty("--digits", longest(rows));
}

function shape({ row, value, weight, slide }) {
  const kind = (cell) => (cell ? `${cell.at}${cell.edit ? "e" : "c"}` : "");
  return [row, kind(value), kind(weight), slide?.cell].join();
}

function buildHead() {
  const head = buildScale();
  head.prepend(...["fall-value", "fall-weight", "fall-text"].map((name) => element("span", name)));
  return head;
}

function buildScale() {
  const row = element("div", "fall-row fall-head");
  const track = element("span", "fall-scale");
  track.append(...[0, 1, 2].map(() => element("span")));
  row.append(track);
  return row;
}

// The ends of a scale, and where its 0 is if that is not an end.
function patchScale(row, { scale, zero }) {
  const [low, middle, high] = row.querySelectorAll(".fall-scale span");
  setText(low, scale[0]);
  setText(high, scale[1]);
  setText(middle, zero > 0.25 && zero < 0.75 ? "0" : "");
  middle.style.left = `${zero * 100}%`;
}

function buildRow({ row, value, weight, slide }) {
  const box = element("div", `fall-row fall-${row}`);
  setAttribute(box, "role", "group");
  box.append(element("span", "fall-label"));
  if (value) box.append(placed(buildCell(value), "fall-value"));
  if (slide) box.append(buildSlide(slide));
  if (weight) box.append(element("span", "fall-times", "×"), placed(buildCell(weight), "fall-weight"));
  const track = element("span", "fall-track");
  track.append(element("span", "fall-zero"), element("span", "fall-bar"));
  box.append(element("span", "fall-what"), element("span", "fall-text"), track);
  return box;
}

function placed(node, name) {
  node.classList.add(name);
  return node;
}

function buildSlide({ cell, label }) {
  const node = element("input", "fall-slide");
  node.type = "range";
  node.dataset.slides = cell;
  setAttribute(node, "aria-label", label);
  return node;
}

function patchRow(box, { label, text, value, weight, slide, bar, zero, sign, what, lacks, told }) {
  const [left, width] = bar;
  const track = box.querySelector(".fall-track");
  setText(box.querySelector(".fall-label"), label);
  setText(box.querySelector(".fall-text"), text);
  setText(box.querySelector(".fall-what"), [what, lacks].filter(Boolean).join(" "));
  setAttribute(box, "aria-label", told ?? `${label}: ${text}`);
  box.dataset.sign = sign;
  if (value) patchCell(box.querySelector(".fall-value"), value);
  if (weight) patchCell(box.querySelector(".fall-weight"), weight);
  if (slide) patchSlide(box.querySelector(".fall-slide"), slide);
  Object.assign(track.lastChild.style, { left: `${left * 100}%`, width: `${width * 100}%` });
  track.firstChild.style.left = `${zero * 100}%`;
}

function patchSlide(node, { value, low, high, step, shown }) {
  if (!node.dragged) Object.assign(node, { min: low, max: high, step, value });
  setAttribute(node, "aria-valuetext", shown);
}

// { heads: [text], rows: [[text]], here }
export const coins = {
  signature: ({ heads, rows }) => `${heads.length},${rows.length}`,
  build({ heads, rows }) {
    const table = element("table", "coins");
    table.append(...[heads, ...rows].map((row, j) => buildLine(row, j ? "td" : "th")));
    return table;
  },
  patch(table, { heads, rows, here }) {
    [heads, ...rows].forEach((row, j) => {
      table.rows[j].classList.toggle("here", j === here + 1);
      row.forEach((text, k) => setText(table.rows[j].cells[k], text));
    });
  },
};

function buildLine(texts, tag) {
  const row = element("tr");
  row.append(...texts.map(() => element(tag)));
  return row;
}
