// Events on their way to Python: none lost, none twice, and the last value always wins.
//
// Streamlit keeps only the last of several values, so each report carries every event that has not
// been answered yet. One is under way at a time: a fast drag cannot queue up reruns. The browser
// keeps the last report, with the address that it was made at; both are sent again to a server that
// has been restarted, which so comes to the same numbers.

const PATIENCE_MS = 3000; // after that, ask again: the server may have been restarted

export class Outbox {
  waiting = [];
  underway = 0; // the number of the last event sent and not yet answered
  last = 0;

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
    this.send("report", { search: location.search, events: this.waiting });
    const asked = this.underway;
    setTimeout(() => {
      if (this.underway !== asked) return;
      this.underway = 0;
      this.flush();
    }, PATIENCE_MS);
  }
}
