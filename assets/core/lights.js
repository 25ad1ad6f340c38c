// Hover, focus or open a result, and exactly the operands that it used light up; and the reverse:
// an operand lights the term it is in.

export class Lights {
  constructor(root) {
    this.root = root;
    this.map = {};
    for (const type of ["pointerover", "focusin"]) {
      root.addEventListener(type, (event) => this.show(event.target));
    }
    for (const type of ["pointerleave", "focusout"]) {
      root.addEventListener(type, () => this.show(null));
    }
  }

  set(map = {}, open = null) {
    this.map = map;
    this.open = open;
    for (const field of this.root.querySelectorAll("[data-cell]")) {
      const is = field.dataset.cell === open;
      field.parentElement.classList.toggle("open", is);
      if (field.tagName === "BUTTON") field.setAttribute("aria-pressed", is);
    }
    this.show(null);
  }

  show(target) {
    const at = target?.closest?.("[data-cell]")?.dataset.cell;
    const uses = target?.closest?.("[data-uses]")?.dataset.uses?.split(" ");
    const cells = new Set(uses ?? this.map[at] ?? this.map[this.open] ?? []);
    for (const field of this.root.querySelectorAll("[data-cell]")) {
      field.parentElement.classList.toggle("lit", cells.has(field.dataset.cell));
    }
    for (const term of this.root.querySelectorAll("[data-uses]")) {
      term.classList.toggle("lit", Boolean(at) && term.dataset.uses.split(" ").includes(at));
    }
  }
}
