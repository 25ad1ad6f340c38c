"""Which numbers are rounded when they are printed."""

from lstm_core.cells import lstm, rnn
from lstm_core.lesson.printing import rounded_names


def test_rounded_names_lie_downstream_of_a_squash():
    assert rounded_names(lstm()) == {
        *("f", "i", "C_tilde", "o"),
        *("kept", "written", "C", "squashed", "h"),
    }
    assert rounded_names(rnn(activation="relu")) == set()


def test_from_the_second_time_step_on_the_states_are_rounded_too():
    assert rounded_names(lstm(), t=1) == {"h_prev", "C_prev", *(step.name for step in lstm().steps)}
    assert rounded_names(rnn(activation="relu"), t=1) == {"h_prev", "v", "Wv_h", "z_h", "h"}
