import pytest

from lstm_core.exercise.presets import PRESETS
from lstm_core.lesson.printing import rounded_names
from lstm_core.text.numerals import numeral
from lstm_core.trace import Address
from tests.core.exercises import ONE_SENTENCE, SHORT, some
from tests.core.samples import CELLS, NAMES
from tests.pages.app import ALL, moved, opened, payload, session
from tests.ui.blocks import cells, matrices, matrix_of, of_kind, texts
from tests.ui.sessions import send


def printed(exercise, trace, t, name):
    rounded = name in rounded_names(exercise.cell, t)
    return [numeral(float(x), exercise.decimals, rounded) for x in trace[t, name]]


@pytest.mark.parametrize("name", SHORT)
def test_every_step_opens_and_shows_the_trace_s_numbers(name):
    exercise = PRESETS[name]
    trace = exercise.trace()
    app = opened(x=name)
    for t, step in [(t, step.name) for t in range(exercise.T) for step in exercise.cell.steps]:
        moved(app, step=step, t=str(t + 1), entry=str(exercise.n))
        result = printed(exercise, trace, t, step)
        blocks = payload(app, "sheet")["blocks"]
        assert texts(matrix_of(blocks, step)) == result
        (entry,) = of_kind(blocks, "entry")
        assert entry["result"] == result[exercise.n - 1]
        assert payload(app, "diagram")["current"] == step
        assert all(text in payload(app, "figure")["alt"] for text in result)


@pytest.mark.parametrize("name", PRESETS)
def test_all_steps_show_the_trace_s_numbers(name):
    exercise = PRESETS[name]
    app = opened(ALL, x=name, step="v", t=str(exercise.T))
    blocks = payload(app, "sheet")["blocks"]
    trace, t = exercise.trace(), exercise.T - 1
    for step in exercise.cell.steps:
        assert texts(matrix_of(blocks, step.name)) == printed(exercise, trace, t, step.name)


def test_the_app_opens_with_the_founding_example():
    app = opened()
    assert session(app).exercise == PRESETS["founding"]
    assert session(app).place == Address("v", 0, (0,))
    numbers = matrix_of(payload(app, "sheet")["blocks"], "v")
    assert texts(numbers) == ["1", "2", "3", "4", "5", "6"]


def test_a_link_opens_its_step_time_and_entry():
    exercise = some(n=3, m=2, T=3, decimals=2)
    app = opened(x=exercise.token(), step="C", t="3", entry="2")
    assert (session(app).exercise, session(app).place) == (exercise, Address("C", 2, (1,)))
    assert payload(app, "sheet")["open"] == "C:1"
    shown = matrix_of(payload(app, "sheet")["blocks"], "C")
    assert texts(shown) == printed(exercise, exercise.trace(), 2, "C")


@pytest.mark.parametrize("token", ["nothing", "1.abc", PRESETS["founding"].token()[:-9]])
def test_a_broken_link_gives_the_first_example_and_a_sentence(token):
    app = opened(x=token, step="C")
    assert session(app).exercise == PRESETS["founding"]
    (bar,) = of_kind(payload(app, "sheet")["blocks"], "notice")
    assert ONE_SENTENCE.fullmatch(bar["text"])
    assert bar["text"].startswith("This link is broken: ")


@pytest.mark.parametrize(
    "address", [{"step": "nowhere"}, {"t": "-5"}, {"entry": "x"}, {"decimals": "²"}, {"from": "?"}]
)
def test_a_link_with_a_wrong_part_opens_all_the_same(address):
    assert session(opened(x="unsaturated", **address)).place == Address("v", 0, (0,))


def test_a_large_exercise_opens():
    app = opened(x=some(n=24, m=12).token(), step="Wv_f")
    found = matrices(payload(app, "sheet")["blocks"])
    assert [matrix["shape"].split(",")[0] for matrix in found] == ["24 × 36", "36 × 1", "24 × 1"]
    said = [block["text"] for block in of_kind(payload(app, "sheet")["blocks"], "notice")]
    assert any("too large for a link" in text for text in said)


def test_back_and_forward_lead_to_the_place_of_the_address():
    app = opened(x="unsaturated", step="h", t="1")
    moved(app, step="v", t="2")
    assert session(app).place == Address("v", 1, (0,))
    moved(app, step="h", t="1", entry="3")
    assert session(app).place == Address("h", 0, (2,))


def test_what_the_reader_does_is_stronger_than_the_address():
    app = opened(x="unsaturated", step="h")
    session(app).go("v", 2)
    app.number_input(key="n").set_value(4).run()
    assert session(app).place == Address("v", 2, (0,))
    assert payload(app, "sheet")["query"].endswith("step=v&t=3&from=unsaturated")


@pytest.mark.parametrize(("page", "key", "steps"), [(None, "sheet", 18), (ALL, "sheet", 0)])
def test_the_walk_knows_where_it_is(page, key, steps):
    app = opened(page, x="unsaturated", step="h", t="3")
    (walk,) = of_kind(payload(app, key)["blocks"], "walk")
    assert (walk["at"], walk["t"], walk["T"], walk["last"]) == ("h", 2, 3, True)
    assert len(walk["steps"]) == steps


@pytest.mark.parametrize("cell", CELLS, ids=NAMES)
@pytest.mark.parametrize("page", [None, ALL])
def test_a_link_to_any_cell_opens(cell, page):
    app = opened(page, x=some(cell).token(), step=cell.steps[-1].name)
    assert session(app).place.step == cell.steps[-1].name


def test_both_pages_show_one_session():
    app = opened(x="unsaturated", step="v")
    edit = {"kind": "edit", "seq": 1, "cell": "b_f:0", "text": "7"}
    send(session(app), edit)
    app.switch_page(ALL).run()
    marks = [c for c in cells(payload(app, "sheet")["blocks"]) if c["at"] == "b_f:0"]
    assert [mark["text"] for mark in marks] == ["7"]


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (None, "founding"),
        (ALL, "founding"),
        ("pages/learn/through_time.py", "moving"),
        ("pages/learn/gate_space.py", "moving"),
        ("pages/learn/activations.py", "moving"),
        ("pages/learn/gradients.py", "moving"),
    ],
)
def test_without_an_exercise_in_the_address_each_page_has_the_example_that_suits_it(page, name):
    app = opened(page)
    assert session(app).exercise == PRESETS[name]
    assert "x=" not in payload(app, "sheet")["query"]
    assert session(opened(page, x="founding")).exercise == PRESETS["founding"]


def test_from_page_to_page_an_untouched_example_changes_and_an_edited_one_stays():
    app = opened()
    app.switch_page("pages/learn/through_time.py").run()
    assert session(app).exercise == PRESETS["moving"]
    assert app.selectbox(key="example").value == "moving"
    app.switch_page(ALL).run()
    assert session(app).exercise == PRESETS["founding"]
    send(session(app), {"kind": "edit", "seq": 1, "cell": "b_f:0", "text": "7"})
    app.switch_page("pages/learn/through_time.py").run()
    assert session(app).exercise.params["b_f"][0] == 7
