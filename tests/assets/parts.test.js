import assert from "node:assert/strict";
import { test } from "node:test";

import {
  actOf,
  addPart,
  choiceOf,
  kindOf,
  listenTo,
  openingOf,
  update,
} from "../../assets/core/parts.js";

const drawn = { signature: () => "", build: () => null, patch() {} };
const cellIn = (...blocks) => ({
  closest: (selector) => blocks.find((id) => selector === `[data-block="${id}"]`) ?? null,
});
const heard = [];
addPart({ listen: () => heard.push("core") });
addPart({
  blocks: { graph: drawn },
  listen: () => heard.push("page"),
  update: (_, { seq }) => heard.push(seq),
  acts: { share: () => "dialog" },
  choices: { back: "back_to" },
  openings: { backward: "back_open" },
});

test("a block is drawn by the script that has its kind; one that nobody has is an error", () => {
  assert.equal(kindOf("graph"), drawn);
  assert.throws(() => kindOf("grahp"), /grahp/);
});

test("all parts listen and hear of new data, in the order in which they came", () => {
  listenTo(null, null);
  update(null, { seq: 3 });
  assert.deepEqual(heard, ["core", "page", 3]);
});

test("a button does what a part does with it; others are left to Python", () => {
  assert.equal(actOf("share")(), "dialog");
  assert.equal(actOf("undo"), undefined);
});

test("a step that is chosen, or a cell that is opened, reports what its place asks for", () => {
  assert.equal(choiceOf("back"), "back_to");
  assert.equal(choiceOf("walk"), "go");
  assert.equal(openingOf(cellIn("equation", "backward")), "back_open");
  assert.equal(openingOf(cellIn("equation")), "open");
});
