"""All our scripts as one file: a browser asks once, and not for each of sixty that ask for others.

Each module becomes a function that is called once, after those that it imports; so names that two
of them have do not meet. Of all that JavaScript's modules can do, ours do what is known here: named
imports, exports where something is declared, and one script that hands on another's.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.[^"]+)";$', re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.M)
_HANDED_ON = re.compile(r'^export (\{[^}]*\}) from "(\.[^"]+)";$', re.M)


def one_script(folder: Path, entries: Iterable[str]) -> str:
    """Return a module that exports `scripts`: what each of the entries exports."""
    order: dict[Path, None] = {}
    folder = folder.resolve()
    starts = [folder / name for name in entries]
    for path in starts:
        order |= dict.fromkeys(_with_imports(path))
    numbers = {path: k for k, path in enumerate(order)}
    exports = [f'"{path.relative_to(folder).as_posix()}": m{numbers[path]}' for path in starts]
    parts = [_as_function(path, folder, numbers) for path in order]
    return "\n".join([*parts, f"export const scripts = {{ {', '.join(exports)} }};\n"])


def _with_imports(path: Path) -> Iterator[Path]:
    """Yield all scripts that a script imports, and they import, before those that need them."""
    text = path.read_text("utf-8")
    for found in sorted([*_IMPORT.finditer(text), *_HANDED_ON.finditer(text)], key=re.Match.start):
        yield from _with_imports(_meant(path, found))
    yield path


def _meant(path: Path, found: re.Match[str]) -> Path:
    return Path(path.parent / found[2]).resolve()


def _as_function(path: Path, folder: Path, numbers: dict[Path, int]) -> str:
    """Return a module as the call of a function that gives what it exports."""

    def taken(found: re.Match[str]) -> str:
        return f"const {found[1]} = m{numbers[_meant(path, found)]};" if found[1] else ""

    text = path.read_text("utf-8")
    handed_on = [
        name for found in _HANDED_ON.finditer(text) for name in re.findall(r"\w+", found[1])
    ]
    names = [*_EXPORT.findall(text), *handed_on]
    place = path.relative_to(folder).as_posix()
    text = _EXPORT.sub("", _IMPORT.sub(taken, _HANDED_ON.sub(taken, text)))
    text = text.replace("import.meta.url", f'new URL("{place}", import.meta.url)')
    return f"const m{numbers[path]} = (() => {{\n{text}\nreturn {{ {', '.join(names)} }};\n}})();"
