"""Formulas: `$...$` and `$$...$$` of LaTeX as MathML that holds nothing but mathematics."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

# As Pandoc has it: "$5 and $6" holds no formula.
PATTERN = r"(?<!\\)(?:\$\$(?P<block>[^$]+)\$\$|\$(?!\s)(?P<line>(?:\\.|[^$\\])+?)(?<!\s)\$(?!\d))"
_MAX_CHARACTERS = 2_000
_TAGS = {
    *("math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot"),
    *("mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext"),
    *("mtr", "munder", "munderover"),
}
_ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "display"),
    *("displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace"),
    *("mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines"),
    *("rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "width"),
}
_VALUE = re.compile(r"[a-z -]{1,60}|[-+]?\d?(?:\.\d{1,4})?(?:em|ex|pt|px)?")  # words, short lengths


def html(source: str, *, block: bool = False, mathml: bool = True) -> str:
    """Return a formula as MathML, or as code if it cannot be parsed.

    Args:
        source: LaTeX, without its dollars.
        block: whether it stands on a line of its own.
        mathml: whether the output shows MathML.
    """
    math = _mathml(source, block=block) if mathml and len(source) <= _MAX_CHARACTERS else ""
    return math or f"<code>{escape(source.strip())}</code>"


@lru_cache(maxsize=1_000)
def _mathml(source: str, *, block: bool) -> str:
    """Return a `<math>` element; "" if the formula cannot be parsed."""
    # Few reports hold a formula, and to load this takes as long as to draw two charts.
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415

    try:
        math = _text_of(convert_to_element(source, display="block" if block else "inline"))
    except Exception:  # noqa: BLE001  # whatever a formula breaks in the reader, its source is shown
        return ""
    # Where it is wider than the page, it scrolls, by keyboard too.
    return math.replace("<math ", '<math tabindex="0" ', 1) if block else math


def _text_of(element: Element) -> str:
    """Return an element with allowed attributes, its text escaped; ValueError for other tags."""
    if element.tag not in _TAGS:
        raise ValueError(element.tag)
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    inside = _escaped(element.text) + "".join(
        _text_of(child) + _escaped(child.tail) for child in element
    )
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _escaped(text: str | None) -> str:
    return escape(unescape(text or ""))  # its text holds character references
