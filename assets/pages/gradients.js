// The page on gradients: its walk goes back through the rows of the backward pass. They are no steps
// of the cell, so a step that is chosen and a cell that is opened there are events of its own.

import { addPart } from "../core/parts.js";

addPart({ choices: { back: "back_to" }, openings: { backward: "back_open" } });
