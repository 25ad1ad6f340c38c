from lstm_ui.shell.menu import menu_data
from lstm_ui.shell.pages import PAGES


def entries():
    return [entry for group in menu_data("")["groups"] for entry in group["entries"]]


def test_every_page_stands_in_the_menu_once_in_the_order_of_the_table():
    assert [entry["name"] for entry in entries()] == [page.name for page in PAGES]


def test_each_group_stands_once():
    titles = [group["title"] for group in menu_data("")["groups"]]
    assert titles[:5] == ["Start here", "Why it works", "Cells that learn", "Practise", "Teach"]
    assert len(titles) == len(set(titles)) == 6


def test_each_page_has_a_title_and_a_line_of_its_own_that_fits():
    for name in ("title", "line"):
        texts = [entry[name] for entry in entries()]
        assert len(texts) == len(set(texts))
        assert all(3 < len(text) < 48 for text in texts)
