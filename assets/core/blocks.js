// The kinds of block, one row each: what makes it a new element, how it is built, how it is patched.

import { sparks, units } from "../pages/activations.js";
import { answers, score } from "../pages/check.js";
import { controls } from "./controls.js";
import { graph, stack } from "../pages/dependencies.js";
import { element, setAttribute, setFormula, setText } from "./dom.js";
import { coins, waterfall } from "../pages/gate_space.js";
import { lecture, note } from "../pages/lecture.js";
import { share } from "./share.js";
import { patchVisit } from "./visit.js";
import { buildMatrix, matrixSignature, patchMatrix } from "./matrix.js";
import { figure } from "./place.js";

const same = () => "";

const heading = {
  signature: ({ level }) => String(level ?? 2),
  build(block) {
    const box = element("div", "heading");
    box.append(element(`h${block.level ?? 2}`), element("p", "what"), element("p", "why"));
    return box;
  },
  patch(node, { title, what, why, stage }) {
    node.dataset.stage = stage ?? "";
    setText(node.querySelector("h1,h2,h3"), title);
    setText(node.querySelector(".what"), what ?? "");
    setText(node.querySelector(".why"), why ?? "");
  },
};

const formula = {
  signature: ({ lines }) => String(lines.length),
  build({ lines }) {
    const box = element("div", "formula");
    for (const line of lines) {
      const row = element("div", "formula-line");
      row.append(element("span", "tex"), element("span", "gloss"));
      box.append(row);
    }
    return box;
  },
  patch(node, { lines }) {
    [...node.children].forEach((row, i) => {
      setFormula(row.querySelector(".tex"), lines[i].latex);
      setText(row.querySelector(".gloss"), lines[i].gloss ?? "");
    });
  },
};

const equation = {
  signature: ({ items }) =>
    items.map((item) => (item.rows ? matrixSignature(item) : item.sign)).join("/"),
  build({ items }) {
    const box = element("div", "equation");
    box.append(...items.map((item) => (item.rows ? buildMatrix(item) : sign(item.sign))));
    return box;
  },
  patch(node, { items, spot }) {
    node.classList.toggle("spot", Boolean(spot));
    items.forEach((item, i) => item.rows && patchMatrix(node.children[i], item));
  },
};

function sign(latex) {
  const node = element("span", "sign");
  setFormula(node, latex);
  return node;
}

// One entry, opened: its arithmetic, each term a span that lights up with its operands.
const entry = {
  signature: ({ terms, joiner }) => `${terms.length}${joiner}`,
  build({ terms, joiner }) {
    const box = element("div", "entry");
    box.setAttribute("aria-live", "polite");
    const line = element("p", "arithmetic");
    line.append(element("span", "entry-name"), " = ");
    terms.forEach((_, k) => {
      if (k) line.append(joiner);
      line.append(element("span", "term"));
    });
    line.append(" = ", element("strong", "result"));
    box.append(line, element("p", "rule"), element("p", "note"));
    return box;
  },
  patch(node, block) {
    setText(node.querySelector(".entry-name"), block.name);
    node.querySelectorAll(".term").forEach((term, k) => {
      setText(term, block.terms[k]);
      term.dataset.uses = block.uses[k].join(" ");
    });
    setText(node.querySelector(".result"), block.result);
    setText(node.querySelector(".rule"), block.rule);
    setText(node.querySelector(".note"), block.note);
  },
};

const ledger = {
  signature: ({ rows }) => String(rows.length),
  build({ rows }) {
    const box = element("div", "ledger");
    box.append(element("span", "ledger-name", "Shapes"));
    rows.forEach(() => box.append(element("code")));
    return box;
  },
  patch(node, { rows }) {
    node.querySelectorAll("code").forEach((code, i) => setText(code, rows[i]));
  },
};

const questions = {
  signature: ({ items }) => items.map((item) => item.question).join("|"),
  build({ items }) {
    const box = element("div", "questions");
    for (const item of items) {
      const details = element("details");
      details.append(element("summary", "", item.question), element("p"));
      box.append(details);
    }
    return box;
  },
  patch(node, { items }) {
    node.querySelectorAll("p").forEach((p, i) => setText(p, items[i].answer));
  },
};

const legend = {
  signature: same,
  build: () => element("p", "legend"),
  patch: (node, { text }) => setText(node, text),
};

// The controls that walk through the steps, grouped by stage, and through the time steps.
const walk = {
  signature: ({ steps, T }) => `${steps.map((step) => step.title)}|${T}`,
  build({ steps, T }) {
    const box = element("div", "walk");
    if (steps.length) {
      box.append(button("← Previous step", -1, "Alt+P"), stepChoice(steps));
    }
    if (T > 1) box.append(timeChoice(T));
    if (steps.length) box.append(button("Next step →", 1, "Alt+N"));
    return box;
  },
  patch(node, { at, t, first, last, present, way }) {
    node.dataset.kind = way ?? (present ? "present" : "walk");
    const [back, on] = node.querySelectorAll("[data-walk]");
    if (back) setAttribute(back, "aria-disabled", first ? "true" : "");
    if (on) setAttribute(on, "aria-disabled", last ? "true" : "");
    node.dataset.step = at;
    for (const choice of node.querySelectorAll("select")) {
      choice.value = choice.dataset.choice === "t" ? t : at;
    }
  },
};

function button(label, by, key) {
  const node = element("button", by > 0 ? "primary" : "", label);
  Object.assign(node, { type: "button", title: key });
  node.setAttribute("aria-keyshortcuts", key);
  node.dataset.walk = by;
  return node;
}

function stepChoice(steps) {
  const select = choice("step", "Step");
  for (const { stage, name, title } of steps) {
    let group = select.lastChild;
    if (group?.label !== stage) {
      group = document.createElement("optgroup");
      group.label = stage;
      select.append(group);
    }
    group.append(new Option(title, name));
  }
  return select;
}

function timeChoice(T) {
  const select = choice("t", "Time step");
  for (let t = 0; t < T; t++) select.append(new Option(`t = ${t + 1} of ${T}`, t));
  return select;
}

function choice(kind, label) {
  const select = element("select");
  select.dataset.choice = kind;
  select.setAttribute("aria-label", label);
  return select;
}

const toolbar = {
  signature: ({ items }) => items.map((item) => item.act).join(),
  build({ items }) {
    const box = element("div", "toolbar");
    for (const { act, label, help } of items) {
      const button = element("button", "act", label);
      Object.assign(button, { type: "button", title: help });
      button.dataset.act = act;
      box.append(button);
    }
    return box;
  },
  patch(node, { items }) {
    items.forEach(({ on }, i) => setAttribute(node.children[i], "aria-disabled", on ? "" : "true"));
  },
};

const notice = {
  signature: same,
  build() {
    const box = element("p", "notice");
    box.setAttribute("role", "status");
    return box;
  },
  patch: (node, { text }) => setText(node, text),
};

const group = {
  signature: ({ card, name }) => `${card}${name}`,
  build: ({ card, name }) => element(card ? "section" : "div", card ? "card" : (name ?? "group")),
  patch: (node, { blocks }) => placeAll(node, blocks),
};

// A part that can be folded away; what the reader folded stays so.
const fold = {
  signature: ({ title }) => title,
  build({ title, open }) {
    const box = element("details", "fold");
    box.open = open;
    box.append(element("summary", "", title), element("div", "folded"));
    return box;
  },
  patch: (node, { blocks }) => placeAll(node.lastChild, blocks),
};

// Paragraphs, each with an optional link to a place on another page.
const text = {
  signature: ({ lines }) => lines.map((line) => (line.visit ? "a" : "p") + (line.strong ? "b" : "")).join(""),
  build({ lines }) {
    const box = element("div", "text");
    for (const { visit, strong } of lines) {
      const p = element("p", strong ? "strong" : "");
      p.append(element("span"));
      if (visit) p.append(" ", element("a"));
      box.append(p);
    }
    return box;
  },
  patch(node, { lines }) {
    lines.forEach((line, i) => {
      setText(node.children[i].firstChild, line.text ?? "");
      if (line.visit) patchVisit(node.children[i].lastChild, line.visit);
    });
  },
};

const patchers = {
  ...{ walk, notice, heading, toolbar, formula, equation, entry, ledger, questions, legend, group },
  ...{ fold, text, controls, answers, score, lecture, note, share },
  ...{ coins, waterfall },
  ...{ figure, units, sparks, graph, stack },
};

// Make the children of `root` these blocks, in this order.
export function placeAll(root, blocks) {
  const old = new Map([...root.children].map((node) => [node.dataset.block, node]));
  let last = null;
  for (const block of blocks) {
    last = place(root, block, old.get(block.id), last);
    old.delete(block.id);
  }
  old.forEach((node) => node.remove());
}

// Reuse the element of this block where its structure is the same, else build it anew.
function place(root, block, existing, last) {
  const { signature, build, patch } = patchers[block.kind];
  const shape = block.kind + signature(block);
  let node = existing;
  if (node?.dataset.shape !== shape) {
    node = build(block);
    node.dataset.block = block.id;
    node.dataset.shape = shape;
    existing?.replaceWith(node);
  }
  const next = last ? last.nextSibling : root.firstChild;
  if (node !== next) root.insertBefore(node, next);
  patch(node, block);
  return node;
}
