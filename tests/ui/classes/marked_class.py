from lstm_core.exercise.presets import PRESETS
from lstm_files.classes.marking import mark_class

FOUNDING = PRESETS["founding"]
HEADERS = ["Name", "z_i[1]", "z_i[2]", "z_i[3]"]
BIAS = ["Bo", "22", "42", "62"]


def result(*rows):
    return mark_class(FOUNDING, [HEADERS, *rows])
