// Blocks of words: headings, formulas, legends, notices, questions, paragraphs, small tables.

import { element, find, findAll, setText } from "./dom.js";
import { setMarked } from "./explain.js";
import { setFormula } from "./formula.js";
import { addPart } from "./parts.js";
import { patchVisit } from "./visit.js";

const SETTLED_MS = 3000; // by then a page has drawn its figure

/**
 * @import {
 *   Coins, Formula, Heading, Kind, Ledger, Legend, Notice, Questions, Text
 * } from "./types.d.ts"
 */

const same = () => "";

/** @type {Kind<Heading>} */
const heading = {
  signature: ({ level = 2 }) => String(level),
  build({ level = 2 }) {
    const box = element("div", "heading");
    const title = document.createElement(`h${level}`);
    box.append(title, element("p", "what"), element("p", "why"));
    return box;
  },
  patch(box, { title, what, why, stage }) {
    box.dataset.stage = stage ?? "";
    setText(find(box, "h1,h2,h3"), title);
    setMarked(find(box, ".what"), what ?? "");
    setMarked(find(box, ".why"), why ?? "");
  },
};

/** @type {Kind<Legend>} */
const lead = {
  signature: same,
  build: () => element("p", "intro"),
  patch: (box, { text }) => setMarked(box, text),
};

/** @type {Kind<Formula>} */
const formula = {
  signature: ({ lines }) => String(lines.length),
  build({ lines }) {
    const box = element("div", "formula");
    for (const _ of lines) {
      const row = element("div", "formula-line");
      row.append(element("span", "tex"), element("span", "gloss"));
      box.append(row);
    }
    return box;
  },
  patch(box, { lines }) {
    [...box.children].forEach((row, i) => {
      setFormula(find(row, ".tex"), lines[i].latex);
      setMarked(find(row, ".gloss"), lines[i].gloss ?? "");
    });
  },
};

/** @type {Kind<Legend>} */
const legend = {
  signature: same,
  build: () => element("p", "legend"),
  patch: (box, { text }) => setMarked(box, text),
};

/** @type {Kind<Notice>} */
const notice = {
  signature: same,
  build: () => element("p", "notice", "", { role: "status" }),
  patch: (box, { text }) => setText(box, text),
};

/** @type {Kind<Ledger>} */
const ledger = {
  signature: ({ rows }) => String(rows.length),
  build({ rows }) {
    const box = element("div", "ledger");
    box.append(element("span", "ledger-name", "Shapes"), ...rows.map(() => element("code")));
    return box;
  },
  patch(box, { rows }) {
    findAll(box, "code").forEach((code, i) => {
      setText(code, rows[i]);
    });
  },
};

/** @type {Kind<Questions>} */
const questions = {
  signature: ({ items }) => items.map(({ question }) => question).join("|"),
  build({ items }) {
    const box = element("div", "questions");
    for (const { question } of items) {
      const details = element("details");
      details.append(element("summary", "", question), element("p"));
      box.append(details);
    }
    return box;
  },
  patch(box, { items }) {
    findAll(box, "p").forEach((answer, i) => {
      setMarked(answer, items[i].answer);
    });
    const asked = findAll(box, "details").find((_, i) => word(items[i].question) === wanted);
    if (asked) requestAnimationFrame(() => open(asked));
  },
};

let wanted = ""; // the question that a link has led to

/**
 * A question as an address holds it: see lstm_ui/session/options.py.
 *
 * @param {string} question
 */
function word(question) {
  const words = question.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.join("-").slice(0, 160);
}

/** @param {HTMLElement} question */
function open(question) {
  for (let box = /** @type {Element?} */ (question); box; box = box.parentElement) {
    if (box instanceof HTMLDetailsElement) box.open = true;
  }
  find(question, "summary").focus({ preventScroll: true });
  keepInSight(question);
}

/**
 * Bring an answer into sight, and keep it there while a figure above it is still being drawn; not
 * against a reader who has begun to do something else.
 *
 * @param {HTMLElement} question
 */
function keepInSight(question) {
  const watch = new ResizeObserver(() => question.scrollIntoView({ block: "center" }));
  watch.observe(question.closest(".sheet") ?? question); // it tells at once, and of each change
  const stop = () => watch.disconnect();
  setTimeout(stop, SETTLED_MS);
  for (const type of ["wheel", "keydown", "pointerdown"]) {
    addEventListener(type, stop, { once: true });
  }
}

/** @param {Text["lines"][number]} line */
const lineSignature = ({ visit, strong }) => (visit ? "a" : "p") + (strong ? "b" : "");

/** @type {Kind<Text>} */
const text = {
  signature: ({ lines }) => lines.map(lineSignature).join(""),
  build({ lines }) {
    const box = element("div", "text");
    for (const { visit, strong } of lines) {
      const paragraph = element("p", strong ? "strong" : "");
      paragraph.append(element("span"));
      if (visit) paragraph.append(" ", element("a"));
      box.append(paragraph);
    }
    return box;
  },
  patch(box, { lines }) {
    [...box.children].forEach((paragraph, i) => {
      const { text, visit } = lines[i];
      setMarked(find(paragraph, "span"), text ?? "");
      if (visit) patchVisit(find(paragraph, "a"), visit);
    });
  },
};

/** @type {Kind<Coins, HTMLTableElement>} */
const coins = {
  signature: ({ heads, rows }) => `${heads.length},${rows.length}`,
  build({ heads, rows }) {
    const table = element("table", "coins");
    table.append(buildRow(heads, "th"), ...rows.map((row) => buildRow(row, "td")));
    return table;
  },
  patch(table, { heads, rows, here }) {
    [heads, ...rows].forEach((row, j) => {
      const { classList, cells } = table.rows[j];
      classList.toggle("here", j === here + 1);
      row.forEach((words, k) => {
        setText(cells[k], words);
      });
    });
  },
};

/**
 * @param {string[]} texts
 * @param {"th" | "td"} tag
 */
function buildRow(texts, tag) {
  const row = element("tr");
  row.append(...texts.map(() => element(tag)));
  return row;
}

addPart({
  update(_, { asked }) {
    wanted = asked;
  },
  blocks: { heading, lead, formula, legend, notice, ledger, questions, text, coins },
});
