// The sheet as the component loads it: the core, and what each page adds. A page with a script of
// its own is named here, and nowhere else.

export { render } from "./core/sheet.js";

import "./pages/activations.js";
import "./pages/check.js";
import "./pages/dependencies.js";
import "./pages/gate_space.js";
import "./pages/glossary.js";
import "./pages/gradients.js";
import "./pages/layers.js";
import "./pages/lecture.js";
import "./pages/side_by_side.js";
import "./pages/step_by_step.js";
import "./pages/teacher.js";
