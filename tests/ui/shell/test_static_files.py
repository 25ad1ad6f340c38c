import gzip
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from errno import ENOSPC
from pathlib import Path

import pytest

from lstm_core.lesson.stages import stylesheet
from lstm_ui.shell import static_files as served

FOLDER = served.assets_url.__wrapped__  # without the cache, as a new server calls it
STYLES = '@import url("stages.css");\n@import url("parts/walk.css");\n'


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with assets/ in it, from which static/ is made."""
    monkeypatch.setattr(served, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(served, "STATIC", tmp_path / "static")
    monkeypatch.setattr(served, "ENTRIES", ("page.js",))
    monkeypatch.setattr(served, "_made", {})
    (tmp_path / "assets" / "parts").mkdir(parents=True)
    (tmp_path / "assets" / "page.js").write_text("one")
    (tmp_path / "assets" / "styles.css").write_text(STYLES)
    (tmp_path / "assets" / "parts" / "walk.css").write_text(".walk { gap: 0; }")
    (tmp_path / "assets" / "parts" / "dom.js").write_text("two")
    return tmp_path


def served_file(home, url, *parts):
    return home.joinpath("static", url.removeprefix("app/static/"), *parts)


def test_everything_is_served_as_it_is(home):
    url = FOLDER()
    assert served_file(home, url, "page.js").read_text() == "one"
    assert served_file(home, url, "parts", "dom.js").read_text() == "two"


def test_the_styles_are_served_as_one_file_in_their_order(home):
    styles = served_file(home, FOLDER(), "styles.css").read_text()
    assert styles == f"{stylesheet()}\n.walk {{ gap: 0; }}\n"


def test_the_name_changes_with_the_content_and_the_old_one_stays(home):
    old = FOLDER()
    (home / "assets" / "parts" / "dom.js").write_text("three")
    new = FOLDER()
    assert old != new
    contents = [served_file(home, url, "parts", "dom.js").read_text() for url in (old, new)]
    assert contents == ["two", "three"]


def test_a_second_server_copies_nothing(home):
    copy = served_file(home, FOLDER(), "page.js")
    before = copy.stat().st_mtime_ns, copy.stat().st_ino
    assert served_file(home, FOLDER(), "page.js") == copy
    assert (copy.stat().st_mtime_ns, copy.stat().st_ino) == before


def test_servers_that_start_at_once_agree_and_leave_no_drafts(home):
    with ThreadPoolExecutor(8) as pool:
        urls = {future.result() for future in [pool.submit(FOLDER) for _ in range(16)]}
    (url,) = urls
    assert [path.name for path in (home / "static").iterdir()] == [Path(url).name]


def test_what_was_deleted_is_published_again(home):
    copy = served_file(home, FOLDER(), "page.js")
    drawn = served_file(home, served.drawing_url("lstm", "<svg/>"))
    shutil.rmtree(home / "static")
    served.restore()
    assert copy.read_text() == "one"
    assert drawn.read_text() == "<svg/>"


def test_a_full_disk_leaves_no_drafts_and_is_got_over_when_there_is_room(home, monkeypatch):
    FOLDER()
    shutil.rmtree(home / "static")
    with monkeypatch.context() as full:
        full.setattr(served.shutil, "copytree", no_room)
        served.restore()
        with pytest.raises(OSError, match="No space"):
            FOLDER()
        assert [*(home / "static").iterdir()] == []
    served.restore()
    assert served_file(home, FOLDER(), "page.js").read_text() == "one"


def no_room(source, target):
    Path(target).mkdir()
    raise OSError(ENOSPC, "No space left on device")


def test_the_repository_s_own_files_are_published():
    folder = served.HOUSE / "static" / served.assets_url().removeprefix("app/static/")
    originals = {path.relative_to(served.ASSETS) for path in served.ASSETS.rglob("*")}
    published = {path.relative_to(folder) for path in folder.rglob("*")}
    made = {Path(name) for name in ("glossary.json", "guide.json", "scripts.js")}
    texts = {path for path in originals | made if path.suffix in {".js", ".css", ".json", ".svg"}}
    assert published == originals | made | {path.with_name(f"{path.name}.gz") for path in texts}
    assert "@import" not in Path(folder, "styles.css").read_text("utf-8")


@pytest.mark.parametrize("script", served.ENTRIES)
def test_a_component_loads_a_script_that_is_there(script):
    loader = served.loader(script)
    assert f'"{served.assets_url()}/scripts.js"' in loader
    assert f'scripts["{script}"].render(' in loader
    text = (served.ASSETS / script).read_text("utf-8")
    assert re.search(r"^export (function render\(|\{ render \} from )", text, re.M)


def test_beside_each_text_lies_itself_compressed(home):
    url = FOLDER()
    assert gzip.decompress(served_file(home, url, "page.js.gz").read_bytes()) == b"one"
    styles = served_file(home, url, "styles.css").read_bytes()
    assert gzip.decompress(served_file(home, url, "styles.css.gz").read_bytes()) == styles
