"""The table of pages, in the order of the menu: whoever needs to know a page asks here.

A page is a folder of lstm_ui, a script in pages/, and a row of this table; its title and the line
that says what it is for stand in words/pages.txt.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lstm_core.lesson.words import words
from lstm_ui.check.events import CHECK
from lstm_ui.gradients.events import GRADIENTS
from lstm_ui.layers.events import LAYERS
from lstm_ui.learned.events import LEARNED
from lstm_ui.lecture.events import LECTURE
from lstm_ui.session.events import Kinds
from lstm_ui.sheet.letters import readable
from lstm_ui.side_by_side.events import BESIDE
from lstm_ui.through_time.events import THROUGH_TIME

WORDS = words("pages")


@dataclass(frozen=True)
class Page:
    """One page; `name` is the last part of its address, and `events` are what it alone reports."""

    name: str
    group: str
    script: str
    events: Kinds = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the page is called."""
        return WORDS.text(self._heading, "title")

    @property
    def line(self) -> str:
        """What it is for, in a line."""
        return readable(WORDS.text(self._heading, "line"))

    @property
    def menu(self) -> str:
        """The same under its entry in the menu: shorter, where the line is a whole sentence."""
        name = "menu" if WORDS.has(self._heading, "menu") else "line"
        return WORDS.text(self._heading, name)

    @property
    def _heading(self) -> str:
        return PurePosixPath(self.script).stem


# Scripts lie one folder down: Streamlit takes those directly in pages/ for a menu of its own.
PAGES = (
    Page("", "start", "pages/learn/step_by_step.py"),
    Page("all_steps", "start", "pages/learn/all_steps.py"),
    Page("questions", "start", "pages/learn/questions.py"),
    Page("glossary", "start", "pages/learn/glossary.py"),
    Page("activations", "why", "pages/learn/activations.py"),
    Page("gate_space", "why", "pages/learn/gate_space.py"),
    Page("through_time", "why", "pages/learn/through_time.py", THROUGH_TIME),
    Page("gradients", "why", "pages/learn/gradients.py", GRADIENTS),
    Page("layers", "why", "pages/learn/layers.py", LAYERS),
    Page("side_by_side", "why", "pages/learn/side_by_side.py", BESIDE),
    Page("dependencies", "why", "pages/learn/dependencies.py"),
    Page("learned", "learn", "pages/learned/learned.py", LEARNED),
    Page("training", "learn", "pages/learned/training.py"),
    Page("check_my_work", "practise", "pages/practice/check_my_work.py", CHECK),
    Page("worksheet", "practise", "pages/practice/worksheet.py"),
    Page("lecture", "teach", "pages/learn/lecture.py", LECTURE),
    Page("mark_class", "teach", "pages/practice/mark_class.py"),
    Page("exchange", "exchange", "pages/share/exchange.py"),
)
BY_NAME = {page.name: page for page in PAGES}
