"""What people write round a header: a number before it, how precise it is asked for, which time."""

import re

_ROUND = "$\"“”„'`*_ \t"
_NUMBERED = re.compile(
    r"(?:(?:Q|Question|Frage|Aufgabe|Exercise|Ex)\.?\s{0,3}[0-9]{1,3}[a-z]?|\(?[a-z0-9]{1,2}\)|"
    r"[0-9]{1,3}\.)[:.)]?\s{1,9}(?=\S)",
    re.I,
)
_TALK = re.compile(
    r"^(?:your |deine? )?(?:answer|value|result|antwort|wert|ergebnis)"
    r"(?: of| for| von| für)?[: ]\s*|"
    r"\s+(?:answer|value|result|antwort|wert|ergebnis)$|^(?:new|neue[rs]?)\s+(?=[a-z]\s?_?[0-9])",
    re.I,
)
_PRECISE = re.compile(
    r"[\s,;–-]*[\[(]?\s*(?:rounded to|gerundet auf|auf|to)?\s*[0-9]{1,2}\s*"
    r"(?:decimals?|decimal places|d\.?\s?p\.?|digits|places|nachkommastellen|dezimalstellen|nks)"
    r"\s*[\])]?\s*$",
    re.I,
)
_WHEN = r"(?:t|time(?:\s?step)?|step|zeit(?:schritt)?|schritt)"
_TIMES = (
    re.compile(
        rf"[\s,;|@–-]*(?:\(|\b(?:at|bei|for|für)\s)?\s*\b{_WHEN}\s*=\s*([0-9]{{1,4}})\)?", re.I
    ),
    re.compile(rf"^{_WHEN}\s*([0-9]{{1,4}})\s*(?:[:,;|_–-]\s*|\s)(?=\D)", re.I),
    re.compile(rf"(?:[\s,;|@–-]+|\s*\(\s*|_)(?:at\s|bei\s)?{_WHEN}\s*([0-9]{{1,4}})\s*\)?$", re.I),
    re.compile(r"\^\{?<([0-9]{1,4})>\}?"),
)
_RAISED = re.compile(r"\^\{?\(?([0-9]{1,4})\)?\}?")
_INDEXED = re.compile(r"[0-9]\s*[\])}]?\s*$")
_TWO = re.compile(r".{0,40}(?:_\{?|\[)\s?[0-9]{1,4}\s?,\s?[0-9]{1,4}\s?[\]}]?")
_OF_TIME = re.compile(r"\[t\]|\(t\)|(?<=\{)t,\s?|(?<=_)t,\s?|(?<=_t),(?=\s?[0-9])")
_TILDE = re.compile(r"\b([Cch])\s?(?:~|'|´|’|[-_ ]?tilde)")
_INSIDE = re.compile(r"^(tanh\s?\([Cc])_?([0-9]{1,4})\)")


def apart(text: str, steps: int) -> tuple[str, int | None]:
    """Return a header without what stands round it, and the time step that it says, from 1.

    `steps` is how many there are: then a raised number beside an index is a time step. Raises
    ValueError, in the end of a sentence, where two numbers do not say which of them is the time.
    """
    plain = _NUMBERED.sub("", text.strip().strip(_ROUND), count=1)
    plain = _PRECISE.sub("", _TALK.sub("", plain)).strip(_ROUND)
    plain = _OF_TIME.sub("", plain)
    t = None
    for pattern in _TIMES:
        if t is None and (found := pattern.search(plain)):
            rest = f"{plain[: found.start()]}{plain[found.end() :]}".strip(_ROUND).lstrip(":,;|- ")
            if steps > 1 or _INDEXED.search(rest):  # f_t1 is entry 1 where there is one time step
                t, plain = int(found[1]), rest
    if raised := _RAISED.search(plain):
        rest = plain[: raised.start()] + plain[raised.end() :]
        if t is None and steps > 1 and _INDEXED.search(rest):
            t, plain = int(raised[1]), rest
        else:
            plain = f"{plain[: raised.start()]}_{raised[1]}{plain[raised.end() :]}"
    if _TWO.fullmatch(plain):
        raise ValueError("has two numbers; write the time step as in f[1]@t2.")
    return _INSIDE.sub(r"\1)_\2", _TILDE.sub(r"\1_tilde", plain)), t
