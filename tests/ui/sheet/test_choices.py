import pytest

from lstm_ui.sheet.choices import FEW, chosen_unit, unit_choice, unit_control
from tests.ui.sessions import session_at


@pytest.mark.parametrize(("text", "unit"), [("", 0), ("2", 1), ("3", 2), ("4", 0), ("x", 0)])
def test_a_unit_is_counted_from_1_in_an_address_and_from_0_in_an_array(text, unit):
    session = session_at()
    session.options = {"unit": text}
    assert chosen_unit(session, 3) == unit


def test_few_units_are_buttons_and_many_are_a_list():
    few, many = (unit_control(session_at(), n) for n in (FEW, FEW + 1))
    assert (few["type"], many["type"]) == ("segments", "select")
    assert [word for word, _ in few["choices"]] == [*unit_choice(FEW).words]


def test_a_unit_can_be_called_what_it_stands_for():
    control = unit_control(session_at(), 2, {"1": "h_T[1]"})
    assert control["choices"] == [["1", "h_T[1]"], ["2", "2"]]
