// Which terms are found in a text, by marks that were made up here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Finder, meaning } from "../../assets/core/terms.js";

const term = (key, ...marks) => ({
  key,
  term: key,
  symbol: "",
  shape: "",
  marks,
  text: "",
  own: {},
});
const finder = new Finder([
  term("state", "cell state", "Cₜ", "C"),
  term("candidate", "C̃"),
  term("gate", "gates", "gate"),
  term("forget", "forget gate", "f"),
  term("product", "∘", "W·v"),
]);
const found = (text) =>
  finder
    .parts(text)
    .filter(({ key }) => key)
    .map(({ text, key }) => `${text}:${key}`);

test("the parts together are the text", () => {
  for (const text of ["", "The forget gate f∘C keeps C̃, and f.", "nothing"]) {
    assert.equal(
      finder
        .parts(text)
        .map((part) => part.text)
        .join(""),
      text,
    );
  }
});

test("the longest mark wins, and each term is found once", () => {
  assert.deepEqual(found("The forget gate is a gate, and f is a gate."), [
    "forget gate:forget",
    "gate:gate",
  ]);
});

test("a word begins with a capital where a sentence does", () => {
  assert.deepEqual(found("Gates and Cell state"), ["Gates:gate", "Cell state:state"]);
});

test("a letter is found alone, beside a bracket or a sign, not within a word or as another one", () => {
  assert.deepEqual(found("f[1]∘C"), ["f:forget", "∘:product", "C:state"]);
  assert.deepEqual(found("of if CC f_t f′ c"), []);
  assert.deepEqual(found("C̃ is not C"), ["C̃:candidate", "C:state"]);
});

test("signs in a mark are no pattern", () => {
  assert.deepEqual(found("W·v"), ["W·v:product"]);
  assert.deepEqual(found("W.v"), []);
});

test("a term means what it means in the nearest kind of cell that has a meaning of its own", () => {
  const state = { ...term("state", "C"), text: "any", own: { gru: { text: "of a GRU" } } };
  assert.equal(meaning(state, "gru_after gru").text, "of a GRU");
  assert.equal(meaning(state, "gru_after gru").key, "state");
  assert.equal(meaning(state, "lstm").text, "any");
  assert.equal(meaning(state, "").text, "any");
});
