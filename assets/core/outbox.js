// Events on their way to Python: none lost, none twice, and the last value always wins.
//
// Streamlit keeps only the last of several values, so each report carries every event that has not
// been answered yet. One is under way at a time: a fast drag cannot queue up reruns. The browser
// keeps the last report, with the address that it was made at; both are sent again to a server that
// has been restarted, which so comes to the same numbers.
//
// Such a server may know nothing of this page, and answer nobody, until the page is loaded anew.
// Then the page is, at its address, and the events that wait are handed over.

const PATIENCE_MS = 1500; // after that, ask again if nothing is going on; then load the page anew
const KEPT = "waiting events";

export class Outbox {
  waiting = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
  underway = 0; // the number of the last event sent and not yet answered
  last = this.waiting.at(-1)?.seq ?? 0;

  reloaded = this.waiting.length > 0; // once is enough: what stays unanswered then is not understood

  constructor() {
    sessionStorage.removeItem(KEPT);
  }

  // Queue an event. A scrub takes the place of an earlier one of the same gesture.
  post(event) {
    this.last = Math.max(this.last + 1, Date.now()); // grows over remounts and reloads, too
    if (event.gesture) {
      this.waiting = this.waiting.filter(
        (old) => old.gesture !== event.gesture || old.seq <= this.underway,
      );
    }
    this.waiting.push({ ...event, seq: this.last });
    this.flush();
  }

  // Python has dealt with everything up to `seq`.
  answered(seq, send) {
    this.send = send;
    this.waiting = this.waiting.filter((event) => event.seq > seq);
    if (seq >= this.underway) this.underway = 0;
    this.flush();
  }

  flush() {
    if (this.underway || !this.waiting.length || !this.send) return;
    this.underway = this.last;
    this.report();
    this.wait(this.underway, 0);
  }

  report() {
    this.send("report", { search: location.search, events: this.waiting });
  }

  wait(asked, times) {
    setTimeout(() => {
      if (this.underway !== asked) return;
      const idle = serverIsIdle();
      if (idle && times && !this.reloaded) return this.loadAnew();
      if (idle) this.report();
      this.wait(asked, times + (idle ? 1 : 0));
    }, PATIENCE_MS);
  }

  loadAnew() {
    sessionStorage.setItem(KEPT, JSON.stringify(this.waiting));
    location.reload();
  }
}

// Whether Streamlit's page is connected to a server, and no script is running there.
function serverIsIdle() {
  const { testConnectionState, testScriptState } =
    document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  return testConnectionState === "CONNECTED" && testScriptState === "notRunning";
}
