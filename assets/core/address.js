// The address bar: the sheet keeps it up to date, and follows Back and Forward.

import { framed } from "./frame.js";
import { addPart } from "./parts.js";

/**
 * @import { SheetData } from "./types.d.ts"
 * @import { Outbox } from "./outbox.js"
 */

addPart({ listen: followHistory, update: (_, data) => showAddress(data) });

/**
 * An edit changes the address in place: Back goes to the step before, not to each keystroke.
 *
 * @param {SheetData} data
 */
function showAddress({ query, push }) {
  if (!query || location.search === framed(query)) return;
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
