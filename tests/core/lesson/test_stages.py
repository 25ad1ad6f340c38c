import pytest

from lstm_core.lesson.backward_rows import backward_cell
from lstm_core.lesson.stages import STAGES, stage_title, stylesheet
from tests.core.samples import CELLS, NAMES


def luminance(colour):
    """Relative luminance, as WCAG 2 defines it."""
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * c for part, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_every_stage_of_every_cell_is_in_the_table_forward_and_back(cell):
    assert {step.stage for step in backward_cell(cell, summed=True).steps} <= set(STAGES)


def test_no_stage_is_left_over():
    assert {step.stage for cell in CELLS for step in backward_cell(cell, summed=True).steps} == set(
        STAGES
    )


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
def test_no_cell_has_two_stages_of_one_colour(cell):
    colours = [STAGES[key].colour for key in {step.stage for step in cell.steps}]
    assert len(set(colours)) == len(colours)


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_white_is_legible_on_each_colour_and_black_on_each_tint(stage):
    assert 1.05 / (luminance(stage.colour) + 0.05) >= 4.5
    assert (luminance(stage.tint) + 0.05) / 0.05 >= 15


@pytest.mark.parametrize(
    ("key", "title"), [("forget", "Forget gate"), ("update", "Update"), ("a stage", "A stage")]
)
def test_a_stage_of_any_cell_has_a_title(key, title):
    assert stage_title(key) == title


def test_the_stylesheet_gives_each_stage_its_colour_by_attribute_and_by_class():
    rules = stylesheet().splitlines()
    assert len(rules) == len(STAGES)
    assert '[data-stage="cell state"], .stage-cell-state { --stage: #8f6a00; }' in rules
