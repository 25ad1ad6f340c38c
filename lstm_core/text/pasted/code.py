r"""How programming languages spell numbers, calls and types, brought to one form.

    0.1f0 → 0.1e0     Fraction(1, 10) → 1/10     vec![vec![1, 2]] → [[1, 2]]     mat(1; 2) → [1; 2]

Each rule stands by itself, so that one language's quirk is one line. What only says the type of a
number, or how an array was made, is taken out and said.
"""

import re

from lstm_core.text.pasted.piece import Cleaner


def plain_code(text: str, clean: Cleaner) -> str:
    """Return the text with every number, call and type spelled as the other readers know them."""
    for pattern, put in _SPELLED:
        text = pattern.sub(put, text)
    text = clean.each_out(_TAKEN, text)
    if _is_calls(text):
        text = clean.out(_CALL_NAME, text)
    if _YAML.search(text):
        text = _listed(text, clean)
    text = clean.out(_WORD, text, lambda found: found[1].replace("&", "\t").replace("@", "\n"))
    return _typst(text, clean)


def _lowered(index: str) -> str:
    """An index below the line, as one of the signs of a keyboard: f₁ is f_1."""
    return f"_{index.translate(_DIGITS_BELOW)}"


def _listed(text: str, clean: Cleaner) -> str:
    """YAML's lists of lists, a row behind each hyphen, as rows: - [1, 2], or - - 1 and - 2."""
    rows = _YAML.sub("\n", _YAML_NEXT.sub(" ", text))
    clean.taken.append("-")
    return rows.replace("[", " ").replace("]", " ")


def _is_calls(text: str) -> bool:
    """Whether calls within calls are all that there is: Array(Array(1, 2), Array(3, 4))."""
    few = 1 < text.count("(") <= _MOST_CALLS
    brackets = any(sign in text for sign in ("[", "{", "bind("))
    return few and not brackets and _NESTED_CALLS.search(text) is not None


def _typst(text: str, clean: Cleaner) -> str:
    """Typst's mat(1, 2; 3, 4), and vec(1, 2), which is a column."""

    def bracketed(found: re.Match[str]) -> str:
        entries = found[2].replace(",", ";") if found[1] == "vec" else found[2]
        return f"[{entries}]"

    return clean.out(_TYPST, text, bracketed)


_TYPST = re.compile(
    r"(?:\$\s{0,3})?\b(mat|vec)\((?:\s{0,9}delim:\s{0,3}\"?[^\s\",]{0,9}\"?,)?"
    r"([^()A-Za-z]*+)\)(?:\s{0,3}\$)?"
)
_NUMBER = r"[-+−]?[0-9.]{1,40}(?:[eE][-+]?[0-9]{1,4})?"
_DIGITS_BELOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_TYPE = r"(?:f(?:32|64)|i(?:32|64)|[fF]loat(?:32|64)?|[dD]ouble|number|Int|int)"
_BOX = r"(?:Vec|Array|List|list|Sequence|Matrix|Tensor|np\.ndarray|NDArray|torch\.Tensor)"
_SPELLED = (
    (re.compile(r"(?<=[0-9.])(?:\*\^|[dDf])(?=[-+]?[0-9])"), "e"),  # 1.*^-1, 1.0D-1, 0.1f0
    (re.compile(r"\bFraction\(\s{0,3}(-?[0-9]{1,20}),\s{0,3}([0-9]{1,20})\s{0,3}\)"), r"\1/\2"),
    (
        re.compile(
            r"\\([dt]?)frac\s{0,3}(?:([0-9])|\{([0-9.]{1,20})\})\s{0,3}"
            r"(?:([0-9])(?![0-9])|\{([0-9.]{1,20})\})"
        ),
        r"\\\1frac{\2\3}{\4\5}",
    ),
    (re.compile("\N{FRACTION SLASH}"), "/"),
    (re.compile("⟨"), "["),
    (re.compile("⟩"), "]"),
    (re.compile(r"(?<=[0-9])['’](?=[0-9]{3}(?![0-9]))"), ""),  # 1'234, as the Swiss write it
    # 65,8 % is one number: in a list of several, each has its sign.
    (re.compile(r"(?<![0-9.,])([0-9]{1,3}),(?=[0-9]{1,9}[^\S\n]{0,3}%)"), r"\1."),
    (re.compile("(?<=[A-Za-z])[₀-₉]{1,2}(?=\\s{0,3}[=:≈])"), lambda found: _lowered(found[0])),
    (re.compile("[，、،]"), ", "),
    (re.compile(r"(?<=[0-9])`[0-9.]{1,9}"), ""),  # how precise, in Mathematica
    (re.compile(r"(?<=\])\s?(?:\^\s?\{?\s?(?:\\top|T)\s?\}?|ᵀ)"), "'"),
    (re.compile(r"\A\s{0,9}=\s{0,9}(?=[-+−.0-9≈~])"), ""),
    (re.compile(r"\[\||\\left\s?\["), "["),
    (re.compile(r"\|\]|\\right\s?\]"), "]"),
    (re.compile(rf"(?<=[\[,\s])\"({_NUMBER})\"(?=\s{{0,9}}[\],])"), r"\1"),
    (re.compile(r"\A\s{0,9}\[\s{0,9}(<.*>)\s{0,9}\]\s{0,9}\Z", re.S), r"\1"),
    (re.compile(r"(\\approx|≐)[^\S\n]{0,3}(?=[-+−]?[0-9.])"), "≈"),
    (re.compile(r"(?<=[,;])[^\S\n]*(?:\.\.\.|\$)[^\S\n]*\n"), " "),  # goes on in the next line
    (  # the size that MATLAB shows behind a name
        re.compile(r"^(\s{0,9}[A-Za-z_]\w{0,60}\s?=)\s?[0-9]{1,6}[×x][0-9]{1,6}[\w ]{0,40}$", re.M),
        r"\1",
    ),
    (
        re.compile(
            r"\bstructure\(\s{0,9}(c\([^()]*+\)),\s{0,9}\.?[dD]im\s{0,3}=\s{0,3}"
            r"(?:c\()?([0-9]{1,4})L?\s{0,3}[,:]\s{0,3}([0-9]{1,4})L?\)?\s{0,9}\)"
        ),
        r"matrix(\1, nrow = \2, ncol = \3)",
    ),
    # The shape behind a name, above the numbers.
    (re.compile(r"(?<=\w)[^\S\n]?\((?:[0-9]{1,6},\s?){1,3}[0-9]{0,6}\):?(?=\s{1,9}\[)"), " = "),
)
_TAKEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<![.\w])(?:float|Decimal|{_TYPE})\(\s?['\"]?({_NUMBER})['\"]?\s?\)"), r"\1"),
    (re.compile(r"(?<=[0-9.])[^\S\n]{0,3}(?:±|\\pm)[^\S\n]{0,3}[0-9.,]{1,20}"), ""),
    (re.compile(r"^[^\S\n]{0,9}(?:[•◦▪‣*]|[0-9]{1,2}\))[^\S\n]{1,9}(?=[-+−.0-9])", re.M), ""),
    (re.compile(r"^[^\S\n]*```\w{0,20}[^\S\n]*(?:\n|\Z)", re.M), ""),
    (re.compile(r"</?(?:pre|code|samp|p|span)\b[^<>\n]{0,200}>"), ""),
    (re.compile(r"\[ \w{1,30}Type\{[0-9,]{0,20}\} \]|\bTensor\[\[[0-9, ]{0,40}\], \w{1,9}\]"), ""),
    (re.compile(r"#Nx\.Tensor<\s{0,9}\w{1,9}(?:\[[0-9]{1,6}\]){0,9}"), ""),
    (re.compile(r"\bvec!(?=\[)"), ""),
    (re.compile(r"\bList(?=\[)"), ""),
    (re.compile(rf"(?:\[[0-9]{{0,4}}\]){{1,3}}{_TYPE}(?=\{{)"), ""),
    (re.compile(rf"(?<=\w)\s?:\s?[\[<&]{{0,3}}(?:{_BOX}|{_TYPE})[\]\[<>;,.\w ]{{0,40}}(?==)"), " "),
    (re.compile(rf"::\s?\[{{1,2}}{_TYPE}\]{{1,2}}"), ""),
    (re.compile(r"<NDArray[^<>\n]{0,60}>"), ""),
    (re.compile(r"\bmatrix\(\s?(\[[^][]*+\](?:\s{0,9},\s{0,9}\[[^][]*+\])++)\s?\)"), r"[\1]"),
)
_YAML = re.compile(r"(?:^|\n)[^\S\n]*-[^\S\n]+(?:-[^\S\n]+|(?=\[))")
_YAML_NEXT = re.compile(r"\n[^\S\n]+-[^\S\n]+(?=[-+]?[0-9.])")
# Word's matrix, as its equations are typed: (■(1&2@3&4)).
_WORD = re.compile(r"[\[(]?[■▒]\(([^()]*+)\)[\])]?")
_MOST_CALLS = 300
_NESTED_CALLS = re.compile(r"\b(?!structure)[A-Za-z]\w{0,30}\(\s{0,9}(?!c\()[A-Za-z]\w{0,30}\(")
_CALL_NAME = re.compile(r"(?:\b(?:val|var|let)\s[^=\n]{0,80}=\s?)?\b[A-Za-z]\w{0,30}(?=\()")
