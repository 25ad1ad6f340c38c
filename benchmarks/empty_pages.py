"""The least that an app of two pages can do: the measure of what a change of pages costs."""

import streamlit as st


def _page(name: str) -> st.Page:
    def draw() -> None:
        st.write(f"This is {name}.")

    return st.Page(draw, title=name, url_path=name, default=name == "one")


pages = [_page("one"), _page("two")]
chosen = st.navigation(pages, position="hidden")
for page in pages:
    st.page_link(page)
chosen.run()
