// Events on their way to Python: none lost, none twice, and the last value always wins.
//
// Streamlit keeps only the last of several values, so each report carries every event that has not
// been answered yet. One is under way at a time: a fast drag cannot queue up reruns. The browser
// keeps the last report, with the address that it was made at; both are sent again to a server that
// has been restarted, which so comes to the same numbers.
//
// Such a server may know nothing of this page, and answer nobody, until the page is loaded anew;
// and a line may be dead without anybody having hung up. Where the server is well, the page is
// loaded anew then. What waits is kept in the tab, and sent again at the address it was kept at.
//
// A link to another page takes the sheet away, and so does a new version of it. There is one outbox
// for all sheets: the next one takes over what waits. Python deals with each event once, so what
// was under way is sent again, too.

import { inTab } from "./memory.js";

/** @import { Send, SheetEvent } from "./types.d.ts" */

/** @typedef {SheetEvent & { seq: number }} Numbered */

const PATIENCE_MS = 1500; // after that, ask again if nothing is going on; then load the page anew
const MOMENT_MS = 300;
const KEPT = "waiting events";
const LOADS = 3; // what so many pages could not have answered, none can

export class Outbox {
  /** @type {Numbered[]} */
  waiting = [];
  loads = 0; // how often the page was loaded anew since these began to wait
  last = 0;
  underway = 0; // the number of the last event sent and not yet answered
  times = 0; // how many reports have been sent
  turn = 0; // counts what was sent: only the last is waited for
  /** @type {Send | undefined} */
  send;
  /** @type {Pick<Node, "isConnected"> | undefined} */
  sheet;

  constructor() {
    const { href, loads, events } = JSON.parse(inTab.get(KEPT) ?? "{}");
    if (!events?.length || href !== location.href || loads >= LOADS) return;
    this.waiting = events;
    this.loads = loads + 1;
    this.last = events.at(-1).seq;
  }

  /**
   * Let events happen on another sheet, which takes over those that wait.
   *
   * @param {Pick<Node, "isConnected">} sheet
   */
  moveTo(sheet) {
    this.sheet = sheet;
    this.send = undefined;
    this.underway = 0;
  }

  /**
   * Queue an event. It takes the place of an earlier one of the same gesture.
   *
   * @param {SheetEvent} event
   * @returns {() => boolean} tells whether Python has dealt with it
   */
  post(event) {
    this.last = Math.max(this.last + 1, Date.now()); // grows over remounts and reloads, too
    if (event.gesture) {
      this.waiting = this.waiting.filter(
        (old) => old.gesture !== event.gesture || old.seq <= this.underway,
      );
    }
    const posted = { ...event, seq: this.last };
    this.waiting.push(posted);
    this.keep();
    this.flush();
    return () => !this.waiting.includes(posted);
  }

  /**
   * Python has dealt with everything up to `seq`.
   *
   * @param {number} seq
   * @param {Send} send
   */
  answered(seq, send) {
    this.send = send;
    this.last = Math.max(this.last, seq); // a clock that was set back gives numbers below it
    this.waiting = this.waiting.filter((event) => event.seq > seq);
    if (seq >= this.underway) this.underway = 0;
    if (!this.waiting.length) this.loads = 0; // those were understood: others may need it
    this.keep();
    this.flush();
  }

  /** What waits is kept where it is found again if the page is loaded anew, whoever does that. */
  keep() {
    if (!this.waiting.length) return inTab.remove(KEPT);
    const { loads, waiting: events } = this;
    inTab.set(KEPT, JSON.stringify({ href: location.href, loads, events }));
  }

  flush() {
    if (this.underway || !this.waiting.length || !this.send) return;
    this.underway = this.last;
    this.turn += 1;
    this.report();
    this.wait(this.turn, 0);
  }

  report() {
    this.times += 1; // so that Python can tell this from what a widget sends along with it
    this.send?.("report", {
      search: location.search,
      events: this.waiting,
      times: this.times,
    });
  }

  /**
   * @param {number} turn what is waited for
   * @param {number} times how often it was asked for again
   */
  wait(turn, times) {
    const isOver = () => this.turn !== turn || !this.underway || !this.sheet?.isConnected;
    setTimeout(async () => {
      if (isOver()) return;
      const idle = serverIsIdle();
      const isLost = idle && times > 0 && !this.loads && (await serverIsWellAndIdle());
      if (isOver()) return;
      if (isLost) return this.loadAnew();
      if (idle) this.report();
      this.wait(turn, times + (idle ? 1 : 0));
    }, PATIENCE_MS);
  }

  loadAnew() {
    this.keep(); // the address may be another by now
    location.reload();
  }
}

/** The one of this tab. */
export const outbox = new Outbox();

/** Tell whether Streamlit's page is connected to a server, and no script is running there. */
function serverIsIdle() {
  const app = /** @type {HTMLElement?} */ (document.querySelector('[data-testid="stApp"]'));
  const { testConnectionState, testScriptState } = app?.dataset ?? {};
  return testConnectionState === "CONNECTED" && testScriptState === "notRunning";
}

/**
 * Tell whether the server answers, soon, and still does nothing for this page a moment later: over
 * a dead line no page could be loaded, and what a slow line brings may just be coming.
 */
async function serverIsWellAndIdle() {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const address = new URL("_stcore/health", document.baseURI);
    const { ok } = await fetch(address, { cache: "no-store", signal });
    await new Promise((done) => setTimeout(done, MOMENT_MS));
    return ok && serverIsIdle();
  } catch {
    return false;
  }
}
