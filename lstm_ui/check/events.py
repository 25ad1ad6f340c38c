"""What the check page reports beside the sheet's own events."""

from lstm_ui.check import answers, hints
from lstm_ui.session.events import Kinds

CHECK: Kinds = {
    "answer": ({"cell": str, "text": str}, answers.answer),
    "answers": ({"cell": str, "text": str}, answers.paste),
    "clear": ({}, answers.clear),
    "help": ({"what": str, "step": str, "cell": str}, hints.ask_for_help),
}
