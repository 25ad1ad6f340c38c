"""A Plotly figure that stays mounted: new data reach it without flicker, clicks on it come back."""

from collections.abc import Callable

import streamlit as st

from lstm_ui.figures.parts import Figure
from lstm_ui.session.session import Session
from lstm_ui.sheet import theme
from lstm_ui.shell import state
from lstm_ui.shell.static_files import loader

_mount = st.components.v2.component(
    "lstm_figure", js=loader("core/live_figure.js"), isolate_styles=False
)


def live_figure(
    figure: Figure, key: str, on_click: Callable[[Session, str], None] = Session.open
) -> None:
    """Draw `figure` (data, layout, alt); a click on a cell or marker opens that entry.

    A page may do something else with a click: `on_click` is given the marker's customdata, or the
    place, "0.5,-1", where the figure says that it has `places`.
    """

    def on_clicked(session: Session) -> None:
        if cell := (state.widget(key) or {}).get("clicked"):
            on_click(session, str(cell))

    light = {"scale": theme.SCALE, "ink": theme.INK}
    dark = {"scale": theme.DARK_SCALE, "ink": theme.DARK_INK}
    data = {"light": light, "dark": dark, **figure}
    _mount(data=data, key=key, on_clicked_change=state.acts(on_clicked))
