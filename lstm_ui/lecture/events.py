"""What lecture mode reports beside the sheet's own events."""

from lstm_ui.lecture import choices
from lstm_ui.session.events import Kinds

LECTURE: Kinds = {
    "present": ({"by": int}, choices.present),
    "reveal": ({}, choices.reveal),
    "predict": ({"mode": str}, choices.predict),
}
