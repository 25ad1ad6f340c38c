"""Lines of numbers as programs print them: under names, with labels, cut at the margin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lstm_core.text.matrix_text import abbreviated
from lstm_core.text.pasted.piece import Cleaner, Piece
from lstm_core.text.pasted.r_code import R_INDEX, R_VECTOR


def lined(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read lines of numbers under names, as programs print them and people write them."""
    lines = text.split("\n")
    if not _WORDS.search(text) or len(lines) > _MOST_LINES:
        yield _table("", lines, clean, "")
        return
    reading = _Reading(clean)
    for line in lines:
        yield from reading.read(line)
    yield reading.table()


def numbered(text: str, clean: Cleaner) -> Iterator[Piece]:
    """Read entries that each have a name, h_1 = 0.1 and h_2 = 0.2, as the one vector h."""
    entries = _ENTRY.findall(text)
    stems = {stem for stem, _, _ in entries}
    if len(stems) > 1 or [int(k) for _, k, _ in entries] != [*range(1, len(entries) + 1)]:
        yield from lined(text, clean)
        return
    clean.taken += [stem + number for stem, number, _ in entries]
    apart = "\n" if "\n" in text.strip() else "\t"
    yield Piece(stems.pop(), apart.join(value for _, _, value in entries))


@dataclass
class _Reading:
    """What was read of a table, up to some line: its name, the factor before it, its lines."""

    clean: Cleaner
    name: str = ""
    factor: str = ""
    lines: list[str] = field(default_factory=list)
    begun: bool = False  # a line with a number has been read

    def read(self, line: str) -> Iterator[Piece]:
        """Read one line more, and yield the table that it brings to an end."""
        if not _WORDS.search(line):
            self.add(line, bool(line.strip()))
        elif scale := _SCALE.fullmatch(line):
            self.factor = scale[1]
            self.clean.taken.append(line.strip())
        elif heading := _NAME_LINE.fullmatch(line):
            yield from self.ended()
            if self.name:
                self.clean.taken.append(self.name)
            self.name = heading[1]
        elif HEADER_LINE.fullmatch(line) or _FOOT_LINE.fullmatch(line):
            self.clean.taken.append(line.strip())
        elif inline := _INLINE.fullmatch(line):
            yield from self.ended()
            self.name, self.lines, self.factor, self.begun = inline[1], [inline[2]], "", True
        else:
            self.add(line, any(c.isdigit() for c in line))

    def add(self, line: str, begins: bool) -> None:
        """Take a line into the table."""
        self.lines.append(line)
        self.begun = self.begun or begins

    def ended(self) -> Iterator[Piece]:
        """Yield the table, if there is one, and begin another without a name."""
        if self.begun:
            yield self.table()
            self.name, self.lines, self.factor, self.begun = "", [], "", False

    def table(self) -> Piece:
        """Return the table as far as it was read."""
        return _table(self.name, self.lines, self.clean, self.factor)


def _table(name: str, lines: list[str], clean: Cleaner, factor: str) -> Piece:
    text = _tidy("\n".join(lines))
    parts = [part for part in _COLUMNS_LINE.split(text) if part.strip()]
    if len(parts) > 1 or _COLUMNS_LINE.search(text):
        clean.taken += [found.strip() for found in _COLUMNS_LINE.findall(text)]
        text = _side_by_side(parts)
    if R_VECTOR.fullmatch(text):
        text = " ".join(clean.out(R_INDEX, text).split())
    if R_LABEL.search(text):
        text = _side_by_side(_r_blocks(text))
    unlabelled, labels = text, list[str]()
    if len(lines) <= _MOST_LINES and _LABELLED.search(text):
        series = any("dtype" in words for words in clean.taken)
        unlabelled, labels = _without_labels(text, series)
    clean.taken += labels
    text, remarks = _commas_read(unlabelled)
    if factor:
        remarks.append(f"Every number was multiplied by {factor}, as printed above them.")
    return Piece(name, text, remarks=tuple(remarks), factor=factor)


def _tidy(text: str) -> str:
    """Lines of numbers without an empty one between each two, or a separator behind each."""
    rows = text.strip("\n").split("\n")
    if len(rows) > 2 and not any(rows[1::2]) and all(row.strip() for row in rows[::2]):
        rows = rows[::2]
    for sign in ",;":
        if len(rows) > 1 and all(row.rstrip().endswith(sign) for row in rows):
            rows = [row.rstrip()[:-1] for row in rows]
    return "\n".join(rows)


def _commas_read(text: str) -> tuple[str, list[str]]:
    """The text with a point for each comma that is a decimal one, and a sentence on it.

    Raises ValueError, in one plain sentence, where a space or a point may part thousands.
    """
    if found := _THOUSANDS.search(text):
        raise ValueError(
            f"{abbreviated(found[0])} can be one number or two; write it without the space or "
            "point between thousands, or part the entries by tabs."
        )
    if column := _decimal_column(text):
        return column, ["The comma in each line was read as the decimal one: one column."]
    if _SPACED_COMMAS.fullmatch(text):
        spaced = _TIGHT_COMMA.sub(".", text)
        return spaced, ["A comma without a space behind it was read as the decimal one."]
    return text, []


def _side_by_side(parts: Sequence[str]) -> str:
    """Join blocks of columns, printed one under the other, row by row."""
    rows = [[line for line in part.split("\n") if line.strip()] for part in parts]
    if len({len(lines) for lines in rows}) != 1:
        return "\n".join(parts)
    return "\n".join("  ".join(row) for row in zip(*rows, strict=True))


def _r_blocks(text: str) -> list[str]:
    """The blocks in which R prints a matrix too wide for a line: each begins with its columns."""
    starts = [found.start() for found in _R_HEADER.finditer(text)]
    if len(starts) < 2:
        return [text]
    blocks = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    bare = [_R_HEADER.sub("", block) for block in blocks]
    return [bare[0], *(_R_ROW.sub("", block) for block in bare[1:])]


def _without_labels(text: str, series: bool) -> tuple[str, list[str]]:
    """Take away a row of labels above the numbers and a column of labels before them."""
    cut = next((mark for mark in "\t;" if mark in text), None) or _comma(text)
    lines = [line for line in text.split("\n") if line.strip()]
    rows = [[cell.strip() for cell in line.split(cut)] for line in lines]
    header: list[str] = []
    if len(rows) > 1 and (_labels(rows[0]) or _counts(rows[0])):
        header, *rows = rows
    index = _counts([row[0] for row in rows], least=1) and all(len(row) > 1 for row in rows)
    beside = bool(header) and (not header[0] or {len(row) for row in rows} == {1 + len(header)})
    labelled = all(len(row) > 1 and (_is_label(row[0]) or not row[0]) for row in rows)
    taken = list(header)
    if labelled or (index and (beside or series)) or (beside and header[0]):
        taken += [row[0] for row in rows]
        rows = [row[1:] for row in rows]
    elif _counts(header):  # 0 1 2 above numbers without an index beside them may be numbers
        return text, []
    return "\n".join((cut or "  ").join(row) for row in rows), [t for t in taken if t]


def _comma(text: str) -> str | None:
    """A comma, where it parts labels: x1,x2 above 1,2."""
    first = text.strip().partition("\n")[0]
    return "," if _LABELS_LINE.fullmatch(first) or _LABELS_COLUMN.match(first) else None


def _labels(row: Sequence[str]) -> bool:
    return any(row) and all(_is_label(cell) or not cell for cell in row)


def _counts(row: Sequence[str], least: int = 2) -> bool:
    """Whether it is 0 1 2 …, after an empty corner."""
    numbers = [*row[1:]] if row and not row[0] else [*row]
    return len(numbers) >= least and numbers == [str(k) for k in range(len(numbers))]


def _is_label(cell: str) -> bool:
    return _LABEL.fullmatch(cell) is not None


def _decimal_column(text: str) -> str:
    """A column of decimal commas, 0,658 under 0,600; nothing where a comma may part entries."""
    if not _GERMAN_LINES.fullmatch(text):
        return ""
    found = _GERMAN.findall(text)
    wholes = {whole.lstrip("+-−") for whole, _ in found}
    fractions = [fraction for _, fraction in found]
    several = len(found) > 1
    alike = several and len({len(digits) for digits in fractions}) == 1 and len(fractions[0]) > 2
    zeros = several and any(digits[0] == "0" and len(digits) > 1 for digits in fractions)
    less_than_none = any(whole in ("-0", "−0") for whole, _ in found)  # of no whole number
    below_one = wholes == {"0"} and all(len(digits) > 1 for digits in fractions)
    return text.replace(",", ".") if less_than_none or below_one or zeros or alike else ""


_ENTRY = re.compile(
    r"\s*+\$?([A-Za-z]\w{0,20}?)_?[{[(]?([0-9]{1,2})[)}\]]?\s{0,3}(?:=|:|≈)\s{0,3}"
    r"([-+−]?[0-9.]++(?:,[0-9]++)?(?:[eE][-+]?[0-9]++)?)\$?[,;]?(?=\s|\Z)"
)
NUMBERED = re.compile(rf"(?:{_ENTRY.pattern}){{2,64}}+\s*+")
_THOUSANDS = re.compile(
    r"(?<![0-9.,;\t])[1-9][0-9]{0,2}[ \u00a0][0-9]{3},[0-9]{1,20}(?![0-9.,eE])"
    r"|(?<![0-9.,])[1-9][0-9]{0,2}(?:\.[0-9]{3})++,[0-9]{1,20}(?![0-9.,eE])"
)
_SPACED_COMMAS = re.compile(
    r"(?:[^\S\n]*[-+−]?0,[0-9]++(?:,[^\S\n]++[-+−]?0,[0-9]++)++[^\S\n]*+(?:\n|\Z))+"
)
_TIGHT_COMMA = re.compile(r",(?=[0-9])")
_GERMAN = re.compile(r"([-+−]?[0-9]{1,6}),([0-9]{1,20})")
_GERMAN_LINES = re.compile(rf"\s*+(?:{_GERMAN.pattern}[^\S\n]*+\n\s*+)*+{_GERMAN.pattern}\s*+")
_SCALE = re.compile(r"\s{0,20}((?:1(?:\.0{1,9})?)[eE][+-]?[0-9]{1,3})\s{0,9}\*\s{0,20}")
_NAME_LINE = re.compile(
    r"[\s*#`$]{0,20}([A-Za-z_][\w.^{}/:'~\u0303-]{0,60}?)(?:\s{0,3}\([\w :,×]{0,20}\))?"
    r"[\s*`]{0,9}(?:=|:|:=)?[\s*`]{0,20}"
)
HEADER_LINE = re.compile(
    r"\s{0,20}[0-9]{1,6}(?:[×x][0-9]{1,6}|-element)\s[\w{}.:()*<>, -]{0,200}(?::|matrix)\s{0,20}"
)
_FOOT_LINE = re.compile(
    r"\s{0,9}(?:Name: [^\n]{0,99}, )?(?:Length: [0-9]{1,9}, )?dtype: [\w.<>]{1,20}\s{0,9}|"
    r"\s{0,9}\[1\] \"[^\"\n]{0,60}\"\s{0,9}"  # R, of a name
)
_INLINE = re.compile(
    r"\s{0,20}([A-Za-z_][\w.^{}/:'~-]{0,60}?)\s{0,9}[=:]\s{0,9}([-+−.,0-9√½¼¾≈(][^=:\n]*+)"
)
_COLUMNS_LINE = re.compile(
    r"^\s{0,20}Columns?\s[0-9]{1,6}(?:\s{1,3}(?:through|and|to)\s{1,3}[0-9]{1,6})?:?\s{0,20}$", re.M
)
_WORDS = re.compile(r"[A-Za-df-z*:=#]")  # e is a part of numbers
_LABELLED = re.compile(r"[A-DF-Za-df-zµσ]|\[[0-9]*+,|\A\s*0\s")
_MOST_LINES = 10_000  # more than a matrix may have rows: refused where the cells are counted
R_LABEL = re.compile(r"\[,[0-9]{1,6}\]|^[^\S\n]*\[[0-9]{1,6},\][^\S\n]", re.M)
_R_HEADER = re.compile(r"^[^\S\n]*\[,[0-9]{1,6}\][^\n]*\n", re.M)
_R_ROW = re.compile(r"^[^\S\n]*\[[0-9]{1,6},\]", re.M)
_LABELS_LINE = re.compile(r"(?:[A-Za-z_][\w.]{0,30})?(?:,\s{0,3}[A-Za-z_][\w.]{0,30}){1,200}")
_LABELS_COLUMN = re.compile(r"[A-Za-z_]\w{0,30},\s{0,3}[-+.0-9]")
# Not O.1 or l.5: a scan that took a digit for a letter is refused, never left out as a label.
_LABEL = re.compile(
    r"\[[0-9]{0,6},[0-9]{0,6}\]|(?![OolIS]\.[0-9])(?!nan$|inf$|infinity$|sqrt)"
    r"[A-Za-zµσ_#][\w.:^{}()~ -]{0,60}",
    re.I,
)
