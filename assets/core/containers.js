// Blocks of blocks: what stands together, and what can be folded away.

import { placeAll } from "./blocks.js";
import { element, find } from "./dom.js";
import { addPart } from "./parts.js";

/** @import { Fold, Group, Kind } from "./types.d.ts" */

/** @type {Kind<Group>} */
const group = {
  signature: ({ card, name }) => `${card}${name}`,
  build: ({ card, name }) => (card ? element("section", "card") : element("div", name ?? "group")),
  patch: (box, { blocks }) => placeAll(box, blocks),
};

// `open` is how it first appears: what the reader folds away afterwards stays so.
/** @type {Kind<Fold>} */
const fold = {
  signature: ({ title }) => title,
  build({ title, open }) {
    const box = element("details", "fold");
    box.open = open;
    box.append(element("summary", "", title), element("div", "folded"));
    return box;
  },
  patch: (box, { blocks }) => placeAll(find(box, ".folded"), blocks),
};

addPart({ blocks: { group, fold } });
