import pytest

from lstm_core.trace import Address
from lstm_ui.check.choices import HELP
from lstm_ui.check.hints import helped
from tests.ui.check.answered import answered
from tests.ui.sessions import FOUNDING, do, session_at


def test_the_ladder_of_hints_goes_up_and_closes():
    session, seen = session_at(), []
    for _ in range(4):
        do(session, "help", what="hint", step="z_i", cell="z_i:1")
        seen.append(HELP.of(session.options))
    assert seen == ["hint1", "hint2", "hint3", "none"]
    assert helped(session) == Address("z_i", 0, (1,))


def test_help_for_another_entry_begins_anew():
    session = do(session_at(), "help", what="hint", step="z_i", cell="z_i:1")
    do(session, "help", what="hint", step="z_i", cell="z_i:2")
    assert (HELP.of(session.options), helped(session).index) == ("hint1", (2,))


def test_without_a_box_in_use_help_is_for_the_first_wrong_entry_then_for_the_first_blank():
    session = do(answered(("22", "", "62")), "help", what="hint", step="z_i", cell="")
    assert helped(session).index == (2,)
    do(session, "help", what="hint", step="f", cell="")
    assert helped(session) == Address("f", 0, (0,))


def test_reasons_open_and_close():
    session = do(answered(), "help", what="why", step="z_i", cell="z_i:1")
    assert HELP.of(session.options) == "why"
    do(session, "help", what="why", step="z_i", cell="z_i:1")
    assert HELP.of(session.options) == "none"


@pytest.mark.parametrize(
    ("what", "step", "cell"), [("why", "nowhere", ""), ("hint", "z_i", "z_i:9")]
)
def test_help_for_nothing_does_no_harm(what, step, cell):
    assert do(session_at(), "help", what=what, step=step, cell=cell).exercise == FOUNDING
