import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

const PATIENCE_MS = 1500; // as the outbox has it
const MOMENT_MS = 300;

const kept = new Map();
const app = { dataset: {} };
const HERE = "http://here/?x=founding";
const page = { search: "?x=founding", reloads: 0, reload: () => page.reloads++ };
const line = { isWell: true, asked: 0 };
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text),
    removeItem: (key) => kept.delete(key),
  },
  document: { querySelector: () => app, baseURI: "http://here/" },
  location: page,
  fetch: async () => {
    line.asked++;
    if (!line.isWell) throw new TypeError("Failed to fetch");
    return { ok: true };
  },
});

const { Outbox } = await import("../../assets/core/outbox.js");

const sheet = { isConnected: true };
let outbox;
let reports;
const send = (_, report) => reports.push(structuredClone(report));
const kindsOf = ({ events }) => events.map(({ kind }) => kind);
const outboxOf = (on) => {
  const made = new Outbox();
  made.moveTo(on);
  return made;
};
const settled = () => new Promise((done) => setImmediate(done));
const waitOnce = async () => {
  mock.timers.tick(PATIENCE_MS);
  await settled(); // whether the server is well has been answered
  mock.timers.tick(MOMENT_MS);
  await settled();
};
const keep = (events, href = HERE, loads = 0) =>
  kept.set("waiting events", JSON.stringify({ href, loads, events }));
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
  page.href = HERE;
  page.reloads = 0;
  Object.assign(line, { isWell: true, asked: 0 });
  isIdle(true);
  sheet.isConnected = true;
  reports = [];
  outbox = outboxOf(sheet);
  outbox.answered(0, send);
});

test("an event is sent at once, with its number and the address", () => {
  outbox.post({ kind: "walk", by: 1 });
  assert.deepEqual(reports, [
    { search: "?x=founding", events: [{ kind: "walk", by: 1, seq: 1_000 }], times: 1 },
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
  const later = outboxOf(sheet);
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

test("a server that is at work is not asked again", async () => {
  isIdle(false);
  outbox.post({ kind: "walk" });
  for (let k = 0; k < 5; k++) await waitOnce();
  assert.equal(reports.length, 1);
});

test("an idle server is asked once more; then the page is loaded anew and keeps the events", async () => {
  outbox.post({ kind: "walk" });
  await waitOnce();
  assert.deepEqual(reports.map(kindsOf), [["walk"], ["walk"]]);
  await waitOnce();
  assert.equal(page.reloads, 1);
  const next = outboxOf(sheet);
  next.answered(0, send);
  assert.deepEqual(kindsOf(reports[2]), ["walk"]);
});

test("a sheet that a link has led away from waits for nothing more", async () => {
  outbox.post({ kind: "visit" });
  sheet.isConnected = false;
  for (let k = 0; k < 5; k++) await waitOnce();
  assert.equal(reports.length, 1);
  assert.equal(page.reloads, 0);
});

test("a page that was loaded anew for these events is not loaded anew for them again", async () => {
  keep([{ kind: "walk", seq: 7 }]);
  const next = outboxOf(sheet);
  next.answered(0, send);
  for (let k = 0; k < 5; k++) await waitOnce();
  assert.equal(page.reloads, 0);
  assert.ok(reports.length > 2);
});

test("once those are answered, the page is loaded anew for others, as a second server is lost", async () => {
  keep([{ kind: "walk", seq: 7 }]);
  const next = outboxOf(sheet);
  next.answered(0, send);
  next.answered(7, send);
  next.post({ kind: "undo" });
  for (let k = 0; k < 2; k++) await waitOnce();
  assert.equal(page.reloads, 1);
});

test("over a dead line the page is not loaded anew, but asked for again until it is well", async () => {
  line.isWell = false;
  outbox.post({ kind: "walk" });
  for (let k = 0; k < 4; k++) await waitOnce();
  assert.equal(page.reloads, 0);
  assert.equal(line.asked, 3);
  assert.ok(reports.length > 3);
  assert.equal(new Set(reports.map(({ times }) => times)).size, reports.length);
  line.isWell = true;
  await waitOnce();
  assert.equal(page.reloads, 1);
});

test("an answer that comes while the server's health is asked for spares the page", async () => {
  outbox.post({ kind: "walk" });
  await waitOnce();
  mock.timers.tick(PATIENCE_MS);
  await settled();
  outbox.answered(1_000, send);
  mock.timers.tick(MOMENT_MS);
  await settled();
  assert.equal(line.asked, 1);
  assert.equal(page.reloads, 0);
});

test("the sheet of the next page takes over what waits and what is under way", () => {
  for (const kind of ["walk", "undo", "redo"]) outbox.post({ kind });
  outbox.moveTo({ isConnected: true });
  assert.equal(reports.length, 1); // until Python says what it has dealt with
  outbox.answered(1_000, send);
  assert.deepEqual(reports.map(kindsOf), [["walk"], ["undo", "redo"]]);
  outbox.moveTo({ isConnected: true });
  outbox.answered(1_000, send);
  assert.deepEqual(kindsOf(reports[2]), ["undo", "redo"]);
});

test("a sheet that took over waits once, not twice", async () => {
  outbox.post({ kind: "walk" });
  outbox.moveTo({ isConnected: true });
  outbox.answered(900, send);
  await waitOnce();
  assert.equal(reports.length, 3); // when it came, after it was taken over, and once more
});

test("what waits when the reader loads the page anew is sent by the page that comes", () => {
  for (const kind of ["walk", "undo"]) outbox.post({ kind });
  const next = outboxOf(sheet);
  next.answered(0, send);
  assert.deepEqual(kindsOf(reports[1]), ["walk", "undo"]);
  next.answered(1_001, send);
  assert.equal(kept.size, 0);
});

test("what was kept at one address is not done at another", () => {
  outbox.post({ kind: "walk" });
  page.href = "http://here/?x=unsaturated";
  assert.deepEqual(outboxOf(sheet).waiting, []);
});

test("what three pages could not have answered is given up", () => {
  for (const [loads, waiting] of [
    [2, 1],
    [3, 0],
  ]) {
    keep([{ kind: "walk", seq: 7 }], HERE, loads);
    assert.equal(outboxOf(sheet).waiting.length, waiting);
  }
});
