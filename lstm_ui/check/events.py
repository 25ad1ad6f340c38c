"""What the check page reports beside the sheet's own events."""

from lstm_ui.check import answers, hints, own_numbers, practice
from lstm_ui.session.events import Kinds

CHECK: Kinds = {
    "answer": ({"cell": str, "text": str}, answers.answer),
    "answers": ({"cell": str, "text": str}, answers.paste),
    "clear": ({}, answers.clear),
    "bring_along": ({}, answers.bring_along),
    "put_away": ({}, answers.put_away),
    "go_on": ({}, answers.go_on),
    "own_numbers": ({"title": str, "text": str}, own_numbers.take),
    "again": ({}, practice.again),
    "practise": ({}, practice.practise),
    "help": ({"what": str, "step": str, "cell": str}, hints.ask_for_help),
}
