"""A reader who has answered."""

from tests.ui.sessions import UNSATURATED, do, session_at


def answered(texts=("22", "42", "62"), step="z_i", **place):
    session = session_at(**place)
    for j, text in enumerate(texts):
        do(session, "answer", cell=f"{step}:{j}", text=text)
    return session


def backward_answers(step, values, **place):
    session = do(session_at(exercise=UNSATURATED, **place), "choose", option="back", value="on")
    for j, value in enumerate(values):
        do(session, "answer", cell=f"{step}:{j}", text=f"{value:.4f}")
    return session
