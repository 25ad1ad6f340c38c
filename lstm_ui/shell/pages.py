"""The table of pages, in the order of the menu: whoever needs to know a page asks here.

A page is a folder of lstm_ui, a script in pages/, and a row of this table.
"""

from dataclasses import dataclass, field

from lstm_ui.check.events import CHECK
from lstm_ui.gradients.events import GRADIENTS
from lstm_ui.lecture.events import LECTURE
from lstm_ui.session.events import Kinds
from lstm_ui.through_time.events import THROUGH_TIME


@dataclass(frozen=True)
class Page:
    """One page; `name` is the last part of its address, and `events` are what it alone reports."""

    name: str
    title: str
    script: str
    events: Kinds = field(default_factory=dict)


# Scripts lie one folder down: Streamlit takes those directly in pages/ for a menu of its own.
PAGES = (
    Page("", "Step by step", "pages/learn/step_by_step.py"),
    Page("all_steps", "All steps on one page", "pages/learn/all_steps.py"),
    Page("lecture", "Lecture", "pages/learn/lecture.py", LECTURE),
    Page("activations", "Activations", "pages/learn/activations.py"),
    Page("gate_space", "Gate space", "pages/learn/gate_space.py"),
    Page("through_time", "Through time", "pages/learn/through_time.py", THROUGH_TIME),
    Page("gradients", "Gradients", "pages/learn/gradients.py", GRADIENTS),
    Page("dependencies", "Dependency graph", "pages/learn/dependencies.py"),
    Page("check_my_work", "Check my work", "pages/practice/check_my_work.py", CHECK),
    Page("worksheet", "Worksheets", "pages/practice/worksheet.py"),
    Page("mark_class", "Mark a class", "pages/practice/mark_class.py"),
    Page("exchange", "Exchange", "pages/share/exchange.py"),
)
BY_NAME = {page.name: page for page in PAGES}
