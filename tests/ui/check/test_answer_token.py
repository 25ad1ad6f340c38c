from hypothesis import given
from hypothesis import strategies as st

from lstm_core.trace import Address
from lstm_ui.check.answer_token import from_token, to_token
from lstm_ui.shell import link
from tests.core.exercises import ONE_SENTENCE
from tests.ui.sessions import FOUNDING


@given(st.dictionaries(st.integers(0, 9), st.text(min_size=1, max_size=20), max_size=9))
def test_the_token_is_what_was_typed(texts):
    answers = {Address("C_tilde", t % 3, (t,)): text for t, text in texts.items()}
    answers |= {Address("dW_f", t % 2, (t // 3, t)): text for t, text in texts.items()}
    assert from_token(to_token(answers)) == answers


@given(st.text())
def test_any_token_is_answers_or_one_sentence(token):
    found = link.read(FOUNDING, {"answers": token})
    assert not found.problem or ONE_SENTENCE.match(found.problem)
    assert not (found.problem and found.answers)
