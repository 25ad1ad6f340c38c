import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const PATIENCE_MS = 1500; // as the outbox has it

const kept = new Map();
const app = { dataset: {} };
const page = { search: "?x=founding", reloads: 0, reload: () => page.reloads++ };
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  },
  document: { querySelector: () => app },
  location: page,
});

const { Outbox } = await import("../../assets/core/outbox.js");

const sheet = { isConnected: true };
let outbox;
let reports;
const send = (_, report) => reports.push(structuredClone(report));
const kindsOf = ({ events }) => events.map(({ kind }) => kind);
const isIdle = (idle) => {
  app.dataset = {
    testConnectionState: "CONNECTED",
    testScriptState: idle ? "notRunning" : "running",
  };
};

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000 });
  kept.clear();
  page.reloads = 0;
  isIdle(true);
  sheet.isConnected = true;
  reports = [];
  outbox = new Outbox(sheet);
  outbox.answered(0, send);
});

test("an event is sent at once, with its number and the address", () => {
  outbox.post({ kind: "walk", by: 1 });
  assert.deepEqual(reports, [
    { search: "?x=founding", events: [{ kind: "walk", by: 1, seq: 1_000 }] },
  ]);
});

test("while one is under way the others wait, and then go together in their order", () => {
  for (const kind of ["walk", "undo", "redo"]) outbox.post({ kind });
  assert.deepEqual(reports.map(kindsOf), [["walk"]]);
  outbox.answered(1_000, send);
  assert.deepEqual(reports.map(kindsOf), [["walk"], ["undo", "redo"]]);
});

test("whoever posts an event can ask whether it has been dealt with", () => {
  const first = outbox.post({ kind: "slide", gesture: "a" });
  const second = outbox.post({ kind: "slide", gesture: "b" });
  assert.deepEqual([first(), second()], [false, false]);
  outbox.answered(1_000, send);
  assert.deepEqual([first(), second()], [true, false]);
  outbox.answered(1_001, send);
  assert.equal(second(), true);
});

test("a new sheet begins above what the server has heard, if the clock was set back since", () => {
  const later = new Outbox(sheet);
  later.answered(5_000, send);
  later.post({ kind: "walk", by: 1 });
  assert.deepEqual(reports[0].events, [{ kind: "walk", by: 1, seq: 5_001 }]);
});

test("numbers grow, also within one millisecond and after the clock was set back", () => {
  for (const kind of ["walk", "undo"]) outbox.post({ kind });
  mock.timers.setTime(500);
  outbox.post({ kind: "redo" });
  assert.deepEqual(
    outbox.waiting.map(({ seq }) => seq),
    [1_000, 1_001, 1_002],
  );
});

test("of a gesture only the last value waits, and what is under way stays", () => {
  for (const ticks of [1, 2, 3]) outbox.post({ kind: "scrub", ticks, gesture: "drag1" });
  outbox.post({ kind: "scrub", ticks: 9, gesture: "drag2" });
  assert.deepEqual(
    outbox.waiting.map(({ ticks }) => ticks),
    [1, 3, 9],
  );
});

test("an answer takes away what it dealt with, and nothing else", () => {
  for (const kind of ["walk", "undo"]) outbox.post({ kind });
  outbox.answered(1_000, send);
  outbox.answered(1_001, send);
  assert.deepEqual(outbox.waiting, []);
  assert.equal(reports.length, 2);
});

test("an answer to something else leaves what is under way, under way", () => {
  outbox.post({ kind: "walk" });
  outbox.answered(900, send);
  outbox.post({ kind: "undo" });
  assert.equal(reports.length, 1);
});

test("a server that is at work is not asked again", () => {
  isIdle(false);
  outbox.post({ kind: "walk" });
  for (let k = 0; k < 5; k++) mock.timers.tick(PATIENCE_MS);
  assert.equal(reports.length, 1);
});

test("an idle server is asked once more; then the page is loaded anew and keeps the events", () => {
  outbox.post({ kind: "walk" });
  mock.timers.tick(PATIENCE_MS);
  assert.deepEqual(reports.map(kindsOf), [["walk"], ["walk"]]);
  mock.timers.tick(PATIENCE_MS);
  assert.equal(page.reloads, 1);
  const next = new Outbox(sheet);
  next.answered(0, send);
  assert.deepEqual(kindsOf(reports[2]), ["walk"]);
});

test("a sheet that a link has led away from waits for nothing more", () => {
  outbox.post({ kind: "visit" });
  sheet.isConnected = false;
  for (let k = 0; k < 5; k++) mock.timers.tick(PATIENCE_MS);
  assert.equal(reports.length, 1);
  assert.equal(page.reloads, 0);
});

test("a page that was loaded anew for these events is not loaded anew for them again", () => {
  kept.set("waiting events", JSON.stringify([{ kind: "walk", seq: 7 }]));
  const next = new Outbox(sheet);
  next.answered(0, send);
  for (let k = 0; k < 5; k++) mock.timers.tick(PATIENCE_MS);
  assert.equal(page.reloads, 0);
  assert.ok(reports.length > 2);
});

test("once those are answered, the page is loaded anew for others, as a second server is lost", () => {
  kept.set("waiting events", JSON.stringify([{ kind: "walk", seq: 7 }]));
  const next = new Outbox(sheet);
  next.answered(0, send);
  next.answered(7, send);
  next.post({ kind: "undo" });
  for (let k = 0; k < 2; k++) mock.timers.tick(PATIENCE_MS);
  assert.equal(page.reloads, 1);
});
