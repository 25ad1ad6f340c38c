import hashlib
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.worksheets.code import ALPHABET, CAPACITY, decode, encode
from lstm_core.worksheets.draw import LEVELS
from lstm_core.worksheets.recipe import ASKED, FIELDS, SEEDS, Recipe, asked, from_code, generate
from tests.core.exercises import ONE_SENTENCE, identical
from tests.test_import_rule import ROOT, closure, files, name_of

RECIPES = st.builds(
    Recipe, **{name: st.sampled_from(choices) for name, (choices, _) in FIELDS.items()}
)
SMALL = "AF8F-6UAF"
LARGE = "J7GJ-PYRS"


def refused(text):
    with pytest.raises(ValueError, match=ONE_SENTENCE) as caught:
        from_code(text)
    assert ONE_SENTENCE.fullmatch(str(caught.value))
    return str(caught.value)


def test_the_numbers_of_a_code_are_frozen():
    """These codes may be on paper: if this fails, the generator has changed, not the test."""
    exercise, steps = from_code(SMALL)
    assert {name: array.tolist() for name, array in exercise.arrays.items()} == {
        "W_f": [[-1, 3]],
        "b_f": [1],
        "W_i": [[3, -3]],
        "b_i": [-2],
        "W_C": [[1, -2]],
        "b_C": [-1],
        "W_o": [[1, -1]],
        "b_o": [2],
        "xs": [[1]],
        "h_prev": [2],
        "C_prev": [2],
    }
    assert [name for _, name in steps] == [step.name for step in exercise.cell.steps]


def test_the_bytes_of_a_large_code_are_frozen():
    exercise, steps = from_code(LARGE)
    assert steps == tuple(product(range(4), ("Wv_o", "z_o", "o")))
    assert (exercise.sizes, exercise.order) == ({"m": 6, "n": 6, "T": 4}, "xh")
    every = b"".join(array.tobytes() for array in exercise.arrays.values())
    assert hashlib.sha256(every).hexdigest() == (
        "731cdc5f6b783c07322c3014fd644b784c9ec735d2f6187d2a7fe83597e377c4"
    )


def test_the_numbers_do_not_depend_on_the_mistakes():
    sources = {name_of(path): path.read_text("utf-8") for path in files()}
    reached = closure("lstm_core/worksheets/recipe.py", sources)
    assert "lstm_core/worksheets/draw.py" in reached
    assert [path for path in reached if "mistakes" in path or "checking" in path] == []
    assert "import numpy" not in (ROOT / "lstm_core/worksheets/draw.py").read_text("utf-8")


@given(RECIPES)
def test_a_code_is_the_recipe(recipe):
    assert Recipe.from_code(recipe.code) == recipe
    assert len(recipe.code.replace("-", "")) == 8
    typed = f" {recipe.code.lower().replace('-', ' ')}\n"
    assert Recipe.from_code(typed) == Recipe.from_code(recipe.code.replace("-", "–")) == recipe


@settings(max_examples=30, deadline=None)
@given(RECIPES)
def test_the_code_gives_the_same_exercise_again(recipe):
    exercise, steps = from_code(recipe.code)
    again = generate(recipe)
    assert identical(exercise, again)
    assert exercise == again
    assert exercise.title == f"Worksheet {recipe.code}"
    assert exercise.decimals == recipe.decimals
    assert steps == asked(recipe)
    assert len(steps) == recipe.T * len(ASKED[recipe.steps].names)


def test_every_slip_of_one_sign_is_noticed():
    code = Recipe(seed=123).code.replace("-", "")
    for k, sign in product(range(8), ALPHABET):
        if sign != code[k]:
            said = refused(code[:k] + sign + code[k + 1 :])
            assert "one of its signs is mistyped, or two are swapped" in said


@given(RECIPES)
def test_any_two_signs_that_changed_places_are_noticed(recipe):
    code = recipe.code.replace("-", "")
    for j, k in combinations(range(8), 2):
        if code[j] != code[k]:
            signs = list(code)
            signs[j], signs[k] = signs[k], signs[j]
            refused("".join(signs))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "has 8 letters and digits; given nothing"),
        (" - ", "has 8 letters and digits; given nothing"),
        ("K7QF", "given “K7QF”"),
        ("K7QF-3MXDD", "given “K7QF-3MXDD”"),
        ("0000-0000", "given “0”"),
        ("I", "without I, L and O; given “I”"),
        ("ßßßß", "given “ß”"),
        ("٣٣٣٣٣٣٣٣", "given “٣”"),
        ("founding", "given “o”"),
        ("A" * 10**6, "given “AAA"),
        (" " * 10**6, "given nothing"),
        (encode(CAPACITY - 1), "it may be of a later version"),
        (encode(7 * SEEDS), "it may be of a later version"),
    ],
)
def test_a_wrong_code_is_refused_in_one_sentence(text, told):
    assert told in refused(text)


@given(st.text())
def test_any_text_is_a_code_or_a_value_error(text):
    try:
        from_code(text)
    except ValueError as error:
        assert ONE_SENTENCE.fullmatch(str(error))  # noqa: PT017


@given(st.integers(0, CAPACITY - 1))
def test_every_number_has_a_code_of_its_own(number):
    assert decode(encode(number)) == number


def test_neighbouring_seeds_have_codes_that_look_unlike():
    codes = [Recipe(seed=seed).code for seed in range(100)]
    for one, other in combinations(codes, 2):
        assert sum(a == b for a, b in zip(one, other, strict=True)) <= 5


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("m", 0, "a whole number from 1 to 6"),
        ("n", 7, "a whole number from 1 to 6"),
        ("T", True, "a whole number from 1 to 4"),
        ("T", 1.0, "a whole number from 1 to 4"),
        ("order", "xx", "one of hx, xh"),
        ("decimals", 1, "a whole number from 2 to 6"),
        ("level", "hard", "one of integers, one-decimal, unsaturated"),
        ("steps", None, "one of every, gates, states, forget, input, candidate, output"),
        ("seed", SEEDS, f"a whole number from 0 to {SEEDS - 1}"),
        ("seed", -1, f"a whole number from 0 to {SEEDS - 1}"),
    ],
)
def test_a_wrong_recipe_is_refused(name, value, told):
    with pytest.raises(ValueError, match=f"^{name} must be {told}\\.$"):
        Recipe(**{name: value})


@settings(max_examples=30, deadline=None)
@given(RECIPES)
def test_the_numbers_are_those_of_the_level_and_none_is_zero(recipe):
    level, exercise = LEVELS[recipe.level], generate(recipe)
    kinds = {"W": level.W[recipe.n - 1], "b": level.b, "x": level.x, "h": level.h, "C": level.C}
    for name, array in exercise.arrays.items():
        low, high = kinds[name[0]]
        counted = array * level.scale
        np.testing.assert_allclose(counted, np.round(counted), rtol=0, atol=1e-9)
        sizes = np.abs(np.round(counted))
        assert ((sizes >= low) & (sizes <= high)).all()


@pytest.mark.parametrize("level", LEVELS)
def test_at_the_first_time_step_z_is_small(level):
    for seed, n in product(range(20), range(1, 5)):
        trace = generate(Recipe(n=n, level=level, seed=seed)).trace()
        for gate in "fiCo":
            z, limits = trace[0, f"z_{gate}"], LEVELS[level]
            assert np.abs(z).max() <= (limits.candidate if gate == "C" else limits.gate) + 1e-9
            assert np.abs(z).min() > 0
            assert len(set(z.round(9))) == n


def test_the_order_of_v_moves_the_columns_only():
    one, other = (generate(Recipe(order=order, seed=5)) for order in ("hx", "xh"))
    assert identical(one.reordered("xh"), other)


def test_what_is_asked_and_how_it_is_rounded_changes_no_number():
    recipe = Recipe(seed=11)
    other = replace(recipe, steps="gates", decimals=5)
    assert identical(generate(recipe), generate(other))
    assert generate(recipe) != generate(other)
