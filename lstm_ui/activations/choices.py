"""What can be chosen on the page on activations: a gate, a unit, an activation in its place."""

from lstm_core.cell import Cell, Step
from lstm_core.looks.activations import ACTIVATIONS, activated, activation
from lstm_core.trace import Address
from lstm_ui.figures.parts import View
from lstm_ui.session.address import read_cell
from lstm_ui.session.options import Choice, Option
from lstm_ui.session.session import Session
from lstm_ui.sheet.desk import Desk

# What is tried first in the place of an activation: what shows best why it is the one it is.
_TRIED = {"sigmoid": "none", "tanh": "sigmoid", "relu": "none"}


def gates(cell: Cell) -> dict[str, Step]:
    """Return the steps that apply an activation, by the letter of their gate: f, i, C, o."""
    return {letter_of(step): step for step in activated(cell)}


def letter_of(step: Step) -> str:
    """Return the letter that a gate's z, weights and bias have: C for the candidate."""
    z = step.inputs[0]
    return z[2:] if z.startswith("z_") else step.name


def gate_choice(cell: Cell) -> Choice:
    """Return the choice of a gate."""
    return Choice("gate", tuple(gates(cell)))


def unit_choice(size: int) -> Choice:
    """Return the choice of a unit, counted from 1."""
    return Choice("unit", tuple(str(j + 1) for j in range(size)))


def swap_choice(step: Step) -> Choice:
    """Return the choice of another activation for this step."""
    own = activation(step).code
    words = dict.fromkeys((_TRIED[own], *ACTIVATIONS))
    return Choice("swap", tuple(code for code in words if code != own))


def view(desk: Desk) -> View:
    """Return what the page looks at: a gate at the time step on screen, and one unit of it."""
    chosen, cell = desk.session.options, desk.exercise.cell
    step = gates(cell)[gate_choice(cell).of(chosen)]
    unit = int(unit_choice(len(desk.values(step.name))).of(chosen)) - 1
    return View(desk.exercise, desk.trace, Address(step.name, desk.t, (unit,)))


def swapped_in(desk: Desk, here: View) -> str:
    """Return the code of the activation that is tried in the gate's place."""
    return swap_choice(here.step).of(desk.session.options)


def options(here: View) -> tuple[Option, ...]:
    """Return everything that can be chosen here, for the address."""
    size = len(here.values(here.step.name))
    return gate_choice(here.exercise.cell), unit_choice(size), swap_choice(here.step)


def clicked(session: Session, cell: str) -> None:
    """Choose the unit whose marker was clicked."""
    _, (unit, *_) = read_cell(cell)
    session.options = {**session.options, "unit": str(unit + 1)}
