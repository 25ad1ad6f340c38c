// The page on gradients: its walk goes back through the rows of the backward pass. These are no
// steps of the cell, so a row that is chosen and a cell that is opened are events of its own.

import { addPart } from "../core/parts.js";

addPart({
  choices: { back: "back_to" },
  openings: { backward: "back_open" },
  marks: { "is-reach": '[data-block="reaching"]' },
});
