// Events on their way to Python: none lost, none twice, and the last value always wins.
//
// Streamlit keeps only the last of several values, so each report carries every event that has not
// been answered yet. One is under way at a time: a fast drag cannot queue up reruns. The browser
// keeps the last report, with the address that it was made at; both are sent again to a server that
// has been restarted, which so comes to the same numbers.
//
// Such a server may know nothing of this page, and answer nobody, until the page is loaded anew.
// Then the page is, at its address, and the events that wait are handed over.
//
// A link to another page takes the sheet away: its answer goes to the sheet of that page.

import { inTab } from "./memory.js";

/** @import { Send, SheetEvent } from "./types.d.ts" */

const PATIENCE_MS = 1500; // after that, ask again if nothing is going on; then load the page anew
const KEPT = "waiting events";

export class Outbox {
  /** @type {(SheetEvent & { seq: number })[]} */
  waiting = JSON.parse(inTab.get(KEPT) ?? "[]");
  // Once is enough: what stays unanswered after the page was loaded anew is not understood.
  reloaded = this.waiting.length > 0;
  last = this.waiting.at(-1)?.seq ?? 0;
  underway = 0; // the number of the last event sent and not yet answered
  /** @type {Send | undefined} */
  send;

  /** @param {Pick<Node, "isConnected">} sheet that the events happen on */
  constructor(sheet) {
    this.sheet = sheet;
    inTab.remove(KEPT);
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
    if (!this.waiting.length) this.reloaded = false; // those were understood: others may need it
    this.flush();
  }

  flush() {
    if (this.underway || !this.waiting.length || !this.send) return;
    this.underway = this.last;
    this.report();
    this.wait(this.underway, 0);
  }

  report() {
    this.send?.("report", { search: location.search, events: this.waiting });
  }

  /**
   * @param {number} asked the number that is waited for
   * @param {number} times how often it was asked for again
   */
  wait(asked, times) {
    setTimeout(() => {
      if (this.underway !== asked || !this.sheet.isConnected) return;
      const idle = serverIsIdle();
      if (idle && times && !this.reloaded) return this.loadAnew();
      if (idle) this.report();
      this.wait(asked, times + (idle ? 1 : 0));
    }, PATIENCE_MS);
  }

  loadAnew() {
    inTab.set(KEPT, JSON.stringify(this.waiting));
    location.reload();
  }
}

/** Tell whether Streamlit's page is connected to a server, and no script is running there. */
function serverIsIdle() {
  const app = /** @type {HTMLElement?} */ (document.querySelector('[data-testid="stApp"]'));
  const { testConnectionState, testScriptState } = app?.dataset ?? {};
  return testConnectionState === "CONNECTED" && testScriptState === "notRunning";
}
