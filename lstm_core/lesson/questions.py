"""What people ask, and the answers: each question stands once, whichever pages answer it."""

from collections.abc import Mapping
from typing import NamedTuple

from lstm_core.lesson.words import NOTHING, words

QUESTIONS = words("questions")


class Question(NamedTuple):
    """A question with its answer, both as sentences."""

    question: str
    answer: str


def asked(topic: str, place: str, known: Mapping[str, object] = NOTHING) -> str:
    """Return a question of words/questions.txt, in the words of a page where it has its own."""
    own = f"{place} question"
    return QUESTIONS.text(topic, own if QUESTIONS.has(topic, own) else "question", known)


def question(
    topic: str, place: str, known: Mapping[str, object] = NOTHING, case: str = ""
) -> Question:
    """Return a question of words/questions.txt with the answer that a page gives to it.

    `place` is the page: its answer stands under that name, and so does its own wording of the
    question, if it has one. Where a page has several answers, `case` says which it is.
    """
    answer = f"{place}, {case}" if case else place
    # What is filled in at the end of an answer may be nothing.
    return Question(asked(topic, place, known), QUESTIONS.text(topic, answer, known).strip())
