// The address bar: the sheet keeps it up to date, and follows Back and Forward.

import { framed } from "./frame.js";
import { outbox } from "./outbox.js";
import { addPart } from "./parts.js";

/**
 * @import { SheetData } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

addPart({ listen: followHistory, update: (_, data) => showAddress(data) });

/**
 * An edit changes the address in place: Back goes to the step before, not to each keystroke. While
 * Python has yet to hear that Back was pressed, what it says is the address of a place that was
 * left: written here, it would stay in the history, or call off the next Back.
 *
 * @param {SheetData} data
 */
function showAddress({ query, push, seq }) {
  if (!query || location.search === framed(query)) return;
  if (!push && outbox.waiting.some((event) => event.kind === "arrive" && event.seq > seq)) return;
  const address = `${location.pathname}${framed(query)}${location.hash}`;
  if (push) history.pushState({}, "", address);
  else history.replaceState(history.state, "", address);
}

/**
 * Back and Forward on this page: Streamlit itself may take the address for one that it knows.
 *
 * @param {HTMLElement} root
 * @param {Outbox} outbox
 */
function followHistory(root, outbox) {
  const page = location.pathname;
  addEventListener("popstate", () => {
    if (!root.isConnected || location.pathname !== page) return;
    const address = new URLSearchParams(location.search);
    // People count from 1.
    const [t, entry] = ["t", "entry"].map((name) => Number(address.get(name) ?? 1) - 1);
    outbox.post({ kind: "arrive", step: address.get("step") ?? "", t, entry });
  });
}
