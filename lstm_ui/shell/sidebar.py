"""The controls that every page shares: which exercise, its sizes, order, read-out and decimals."""

import streamlit as st

from lstm_core.cell import Order
from lstm_core.cells import CELLS
from lstm_core.exercise.exercise import Exercise
from lstm_core.exercise.presets import PRESETS, PUBLICATIONS
from lstm_core.lesson.letters import plain
from lstm_core.lesson.words import words
from lstm_core.shapes import parameter_count
from lstm_ui.learned.events import open_trained
from lstm_ui.learned.models import trained, trained_name
from lstm_ui.session import draws
from lstm_ui.session.cells import cell_title, change_cell, known_name, title_of_cell
from lstm_ui.session.examples import open_example
from lstm_ui.session.names import name_of, title_of
from lstm_ui.session.session import Session
from lstm_ui.shell import state
from lstm_ui.shell.title_fields import title_fields

BY_HAND = {"m": 16, "n": 16, "T": 50, "p": 8}  # the largest sizes that are set here
SIZES = ("m", "n", "T")
WORDS, DRAWS = words("sidebar"), words("draws")
EXAMPLE = "example"  # the key of the box
OWN = "own "  # of the examples, before its title: none of them
TRAINED = "trained "  # of the examples, before the name of a task
ALL = "all"
ORDERS = {"hx": "[h, x]", "xh": "[x, h]"}


def controls(session: Session) -> None:
    """Draw the sidebar. Each control shows the session's exercise and changes it by a callback."""
    state.remember(signature(session))
    with st.sidebar:
        _examples(session)
        _cell(session)
        _about(session)
        title_fields(session.exercise)
        _sizes(session)
        _random_numbers(session)
        _order(session)
        _display(session)


def signature(session: Session) -> tuple[object, ...]:
    """Return what the sidebar depends on: while it stays the same, an edit need not redraw it."""
    exercise, options = session.exercise, session.options
    words = exercise.title, exercise.source, name_of(exercise)
    chosen = [option.of(options) for option in draws.OPTIONS]
    return (exercise.cell, *exercise.sizes.items(), exercise.decimals, *words, *chosen)


def _examples(session: Session) -> None:
    name = _example_name(session.exercise)
    # The browser tells which one was chosen by its words, and asks for no new ones of the same
    # value: so both are the exercise's own.
    own = f"{OWN}{own_label(session.exercise)}"
    # Another box, once the numbers are no example's: while a slider is dragged, the browser goes on
    # reporting what the first box shows, and that would be to choose the example again.
    key = EXAMPLE if name else f"{EXAMPLE}, {OWN}"
    state.mirror({key: name or own})
    st.selectbox(
        "Example",
        [*([] if name else [own]), *examples_of(session.exercise.cell.name), *_trained_cells()],
        key=key,
        format_func=_example_title,
        on_change=state.acts(_load_example),
        args=(key,),
    )


def _trained_cells() -> list[str]:
    """The cells that were trained, below the examples that somebody wrote."""
    return [f"{TRAINED}{name}" for name in trained()]


def _example_title(name: str) -> str:
    if name.startswith(OWN):
        return name[len(OWN) :]
    task = name.removeprefix(TRAINED)
    return title_of(PRESETS[name] if name in PRESETS else trained()[task].exercise)


def own_label(exercise: Exercise) -> str:
    """Return what an exercise that is no example is called, unlike each of them."""
    title = title_of(exercise)
    every = (*PRESETS.values(), *(one.exercise for one in trained().values()))
    taken = any(title == title_of(example) for example in every)
    return WORDS.text("example", "own", {"title": title}) if taken else title


def examples_of(cell: str) -> list[str]:
    """Return the names of all examples, those of the cell on screen first."""
    return sorted(PRESETS, key=lambda name: PRESETS[name].cell.name != cell)


def _example_name(exercise: Exercise) -> str:
    """The name of an example or trained cell; nothing where the numbers are the reader's own."""
    name, task = name_of(exercise), trained_name(exercise)
    return f"{TRAINED}{task}" if task else name if name in PRESETS else ""


def _load_example(session: Session, key: str) -> None:
    name = str(state.widget(key))
    if name == _example_name(session.base) and state.sheet_has_news():
        return  # the example that is being changed: what the box showed before
    if name in PRESETS:
        open_example(session, name)
    elif name.startswith(TRAINED):
        open_trained(session, name.removeprefix(TRAINED))


def _about(session: Session) -> None:
    if (name := _example_name(session.exercise)) in PRESETS:
        with st.expander(WORDS.text("example", "about")):
            for line in about(name):
                st.text(line)


def about(name: str) -> list[str]:
    """Return what to say of an example: story, source, notes, printed numbers, what is ours."""
    publication, cell = PUBLICATIONS[name], PRESETS[name].cell
    frames = [
        (t, "; ".join(f"{plain(cell, key)} = {', '.join(row)}" for key, row in frame.items()))
        for t, frame in enumerate(publication.published, 1)
        if frame
    ]
    printed = [WORDS.text("example", "printed", {"t": t, "numbers": row}) for t, row in frames]
    ours = ", ".join(plain(cell, {"xs": "x"}.get(key, key)) for key in publication.ours)
    chosen = [WORDS.text("example", "chosen by us", {"names": ours})] if ours else []
    story = [publication.story] if publication.story else []
    source = [PRESETS[name].source, *publication.where]
    return [*story, *source, *publication.notes, *printed, *chosen]


def _cell(session: Session) -> None:
    cell = session.exercise.cell
    name = known_name(cell)
    state.mirror({"cell": name})
    st.selectbox(
        WORDS.text("other cell", "label"),
        [*([] if name else [""]), *CELLS],
        key="cell",
        format_func=lambda key: cell_title(key) if key else title_of_cell(cell),
        on_change=state.acts(_change_cell),
        help=WORDS.text("other cell", "help"),
    )


def _change_cell(session: Session) -> None:
    change_cell(session, str(state.widget("cell")))


def _sizes(session: Session) -> None:
    exercise = session.exercise
    state.mirror({letter: getattr(exercise, letter) for letter in SIZES})
    for column, letter in zip(st.columns(3), SIZES, strict=True):
        size, most = WORDS.text("sizes", letter), BY_HAND[letter]
        column.number_input(
            letter,
            1,
            max(most, getattr(exercise, letter)),
            key=letter,
            help=WORDS.text("sizes", "help", {"size": size, "most": most}),
            on_change=state.acts(_resize),
            args=(letter,),
        )
    if exercise.cell.projected:
        _shown_size(exercise)
    st.caption(_parameters(exercise))


def _shown_size(exercise: Exercise) -> None:
    """How many entries h has, where a projection makes them fewer than n."""
    state.mirror({"r": exercise.r})
    st.number_input(
        WORDS.text("sizes", "r"),
        1,
        exercise.n,
        key="r",
        help=WORDS.text("sizes", "r, help"),
        on_change=state.acts(_resize),
        args=("r",),
    )


def _parameters(exercise: Exercise) -> str:
    """How many parameters there are and, of the LSTM, how they are counted."""
    case = "parameters, projected" if exercise.cell.projected else "parameters"
    if exercise.cell.name == "lstm":
        case = "parameters, with a read-out" if exercise.cell.readout else "parameters, lstm"
    return WORDS.text("sizes", case, {"count": parameter_count(exercise.params)})


def _resize(session: Session, letter: str) -> None:
    session.change(*session.exercise.resized(**{letter: int(state.widget(letter))}))


def _random_numbers(session: Session) -> None:
    chosen = {option.name: option.of(session.options) for option in draws.OPTIONS}
    ones = chosen[draws.FORGET_BIAS.name] == "one"
    state.mirror(chosen | {draws.FORGET_BIAS.name: ones})
    with st.expander(DRAWS.text("choices", "title")):
        st.selectbox(
            DRAWS.text("choices", "rule"),
            draws.RULE.words,
            key=draws.RULE.name,
            format_func=lambda rule: DRAWS.text("choices", rule),
            on_change=state.acts(_choose_draws),
            help=DRAWS.text("choices", "rule, help"),
        )
        if bias := draws.kept_by(session.exercise):
            st.toggle(
                DRAWS.text("choices", "forget bias", {"name": bias}),
                key=draws.FORGET_BIAS.name,
                on_change=state.acts(_choose_draws),
                help=DRAWS.text("choices", "forget bias, help"),
            )
        st.button(
            DRAWS.text("choices", "all"),
            on_click=state.acts(draws.randomise),
            args=("",),
            width="stretch",
        )


def _choose_draws(session: Session) -> None:
    ones = "one" if state.widget(draws.FORGET_BIAS.name) else "drawn"
    found = {draws.RULE.name: state.widget(draws.RULE.name), draws.FORGET_BIAS.name: ones}
    session.options = {**session.options, **found}


def _order(session: Session) -> None:
    exercise = session.exercise
    other: Order = "xh" if exercise.cell.order == "hx" else "hx"
    st.markdown(f"Order of v: **{ORDERS[exercise.cell.order].replace('[', chr(92) + '[')}**")
    st.button(
        WORDS.text("order", "same network", {"order": ORDERS[other]}),
        on_click=state.acts(_reorder),
        args=(other,),
        width="stretch",
        help=WORDS.text("order", "same network, help"),
    )
    st.button(
        WORDS.text("order", "mix-up", {"order": ORDERS[other]}),
        on_click=state.acts(_mix_up),
        args=(other,),
        width="stretch",
        help=WORDS.text("order", "mix-up, help"),
    )


def _reorder(session: Session, order: Order) -> None:
    notice = WORDS.text("order", "same network, done", {"order": ORDERS[order]})
    session.change(session.exercise.reordered(order), notice)


def _mix_up(session: Session, order: Order) -> None:
    notice = WORDS.text("order", "mix-up, done", {"order": ORDERS[order]})
    session.change(session.exercise.relabelled(order), notice)


def _display(session: Session) -> None:
    exercise = session.exercise
    state.mirror({"decimals": exercise.decimals or ALL, "readout": exercise.cell.readout})
    st.selectbox(
        WORDS.text("display", "decimals"),
        [*range(1, 11), ALL],
        key="decimals",
        on_change=state.acts(_show_decimals),
        help=WORDS.text("display", "decimals, help"),
    )
    st.toggle(WORDS.text("display", "readout"), key="readout", on_change=state.acts(_read_out))
    if exercise.cell.readout:
        state.mirror({"p": exercise.p})
        st.number_input(
            "outputs p", 1, BY_HAND["p"], key="p", on_change=state.acts(_resize), args=("p",)
        )


def _show_decimals(session: Session) -> None:
    chosen = state.widget("decimals")
    session.show(None if chosen == ALL else int(chosen))


def _read_out(session: Session) -> None:
    exercise = session.exercise
    if state.widget("readout"):
        session.change(exercise.with_readout(1), WORDS.text("display", "readout, there"))
    else:
        session.change(exercise.without_readout(), WORDS.text("display", "readout, gone"))
