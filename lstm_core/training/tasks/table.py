"""The tasks, by name."""

from collections.abc import Mapping

from lstm_core.training.tasks.agreement import AGREEMENT
from lstm_core.training.tasks.areas import AREAS
from lstm_core.training.tasks.brackets import BRACKETS
from lstm_core.training.tasks.first_bit import FIRST_BIT
from lstm_core.training.tasks.outbreak import OUTBREAK
from lstm_core.training.tasks.task import Task

TASKS: Mapping[str, Task] = {
    task.name: task for task in (AGREEMENT, OUTBREAK, FIRST_BIT, BRACKETS, AREAS)
}
