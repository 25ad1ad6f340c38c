// Finds the terms of the glossary in a text. No page is needed for that, so it is tested in Node.

/**
 * @typedef {object} Term what lstm_ui/glossary/terms.py writes
 * @property {string} key
 * @property {string} term
 * @property {string} symbol
 * @property {string} shape in letters
 * @property {string[]} marks the words and signs that stand for it in a text
 * @property {string} text
 * @property {{ [kind: string]: Meaning }} own what is another in a kind of cell
 *
 * @typedef {{ symbol?: string, shape?: string, text?: string }} Meaning
 */

// A word stands alone; a sign may touch its neighbours: f∘C. A combining tilde or a prime makes
// another letter of the one before it: C̃ is not C. Said once for all marks, not with each of them:
// a browser takes half a second to read two hundred such classes.
const WORD = "[\\p{L}\\p{N}_]";
const BEGINS = `(?:(?<!${WORD})|(?!${WORD}))`;
const ENDS = `(?:(?<!${WORD})|(?![\\p{L}\\p{N}\\p{M}_′]))`;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

/**
 * Return what a term means in a cell of these kinds, the nearest first: "gru_after gru".
 *
 * @param {Term} term
 * @param {string} kinds
 * @returns {Term}
 */
export function meaning(term, kinds) {
  const kind = kinds.split(" ").find((word) => term.own[word]);
  return kind ? { ...term, ...term.own[kind] } : term;
}

/** Finds terms: the longest mark that fits comes first, and each term once in a text. */
export class Finder {
  /** @param {Term[]} terms */
  constructor(terms) {
    /** @type {Map<string, string>} */
    this.keys = new Map();
    for (const { key, marks } of terms) {
      for (const mark of marks) {
        this.keys.set(mark, key);
        if (mark.length > 2) this.keys.set(mark[0].toUpperCase() + mark.slice(1), key);
      }
    }
    const longest = [...this.keys.keys()].sort((a, b) => b.length - a.length);
    const any = longest.map((mark) => mark.replace(SPECIAL, "\\$&")).join("|");
    this.pattern = new RegExp(`${BEGINS}(?:${any})${ENDS}`, "gu");
  }

  /**
   * Return a text in parts: those that stand for a term have its key.
   *
   * @param {string} text
   */
  parts(text) {
    /** @type {{ text: string, key: string }[]} */
    const found = [];
    const seen = new Set();
    let end = 0;
    for (const { 0: mark, index } of text.matchAll(this.pattern)) {
      const key = this.keys.get(mark) ?? "";
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ text: text.slice(end, index), key: "" }, { text: mark, key });
      end = index + mark.length;
    }
    return [...found, { text: text.slice(end), key: "" }].filter((part) => part.text);
  }
}
