"""What can be chosen on the page on activations: a gate, a unit, an activation in its place."""

from lstm_core.cell import Cell, Step
from lstm_core.looks.activations import ACTIVATIONS, activated, activation
from lstm_ui.figures.view import View
from lstm_ui.session.options import Choice, Option
from lstm_ui.sheet.choices import chosen_unit, unit_choice
from lstm_ui.sheet.desk import Desk

# What is tried first in the place of an activation: what shows best why it is the one it is.
_TRIED = {"sigmoid": "none", "none": "tanh", "hard": "sigmoid", "hard_six": "sigmoid"}
_TRIED |= {"tanh": "sigmoid", "relu": "none"}


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


def swap_choice(step: Step) -> Choice:
    """Return the choice of another activation for this step."""
    own = activation(step).code
    words = dict.fromkeys((_TRIED[own], *ACTIVATIONS))
    return Choice("swap", tuple(code for code in words if code != own))


def view(desk: Desk) -> View:
    """Return what the page looks at: a gate at the time step on screen, and one unit of it."""
    cell = desk.exercise.cell
    step = gates(cell)[gate_choice(cell).of(desk.session.options)]
    # The read-out has a size of its own, so the step's own units are counted.
    return View(desk, step.name, (chosen_unit(desk.session, len(desk.values(step.name))),))


def swapped_in(here: View) -> str:
    """Return the code of the activation that is tried in the gate's place."""
    return swap_choice(here.step).of(here.desk.session.options)


def options(here: View) -> tuple[Option, ...]:
    """Return everything that can be chosen here, for the address."""
    return gate_choice(here.exercise.cell), unit_choice(len(here.result)), swap_choice(here.step)
