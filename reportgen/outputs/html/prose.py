"""Prose: untrusted Markdown as HTML that loads nothing, runs nothing and clashes with nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from html import escape
from typing import Any

import nh3
from markdown import Extension, Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markupsafe import Markup

from reportgen.outputs.html import formulas

_EXTENSIONS = (TableExtension(use_align_attribute=True), "fenced_code", "sane_lists")
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
_ATTRIBUTES = {"a": {"href"}, "li": {"id"}, "sup": {"id"}}
_ALIGNED = {"align": {"left", "center", "right"}}
_SCHEMES = {"http", "https", "mailto"}
_MAX_CHARACTERS = 100_000  # of one text
_MAX_BRACKETS = 1_000  # of links, footnotes or elements; the reader's time grows with their square
_MAX_QUOTES = 5_000  # marks of quotes, and underlines of headings: 80 us each
# The sum of the squares of the lengths of the blocks, with which the reader's time grows: 2.2 s of
# the worst text that is known, rows of a table. 100,000 characters in blocks of 2,000 are within.
_MAX_EFFORT = 200_000_000
_FENCE = re.compile(r"^(```|~~~)[^\n]*\n.*?^\1", re.MULTILINE | re.DOTALL)  # read quickly
_UNDERLINE = re.compile(r"^[=-]+$", re.MULTILINE)
_MAX_NOTES = 500  # marks of footnotes; more are left as plain text
_TOO_MUCH = "too long, or nested too deeply, to be formatted"
_TOO_MANY = "all texts of this report together are too long to be formatted"
_PLACE = re.compile("\ue000(\\d{1,6})\ue001")  # where a formula stands while the rest is cleaned
_OURS = str.maketrans(dict.fromkeys("\ue000\ue001", "\N{REPLACEMENT CHARACTER}"))
_NOTE = re.compile(r"(#?)fn(ref\d*)?:(\d+)")
_HEADING = re.compile(r"<(/?)h([1-6])>")
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_CALLED = re.compile(r"""\b(?:alt|src)=("[^"]*"|'[^']*')""", re.IGNORECASE)
_SCROLLS = '<div class="scroll" role="group" tabindex="0" aria-label="Table">'  # where it is wide


def prose(
    text: str,
    name: str = "text",
    level: int = 4,
    *,
    mathml: bool = True,
    plain: bool = False,
    max_plain: int = _MAX_CHARACTERS,
) -> Markup:
    """Return untrusted Markdown as HTML: tables, fenced code, footnotes, formulas.

    Args:
        text: Markdown.
        name: what ids of its footnotes begin with, unique in the page.
        level: of its highest heading, below those of the page.
        mathml: whether the output shows MathML; else formulas are code.
        plain: whether it is not to be formatted, see `reportgen.report.text_budget`.
        max_plain: characters that are shown then.
    """
    cut = text[: max_plain if plain else _MAX_CHARACTERS]
    math = _Formulas(mathml=mathml)
    ours = cut.translate(_OURS)
    html = _as_plain(ours, _TOO_MANY) if plain else _html(ours, math)
    clean = nh3.clean(
        _IMAGE.sub(_instead, html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"td": _ALIGNED, "th": _ALIGNED},
        attribute_filter=_attribute(name),
        url_schemes=_SCHEMES,
    )
    left = len(text) - len(cut)
    note = f"<p>({left:,} more characters are left out.)</p>" if left else ""
    boxed = clean.replace("<table>", f"{_SCROLLS}<table>").replace("</table>", "</table></div>")
    boxed = boxed.replace("<pre>", '<pre tabindex="0">')  # it scrolls too, by keyboard as well
    return Markup(math.fill(_leveled(boxed, level)) + note)  # noqa: S704  # nh3 has cleaned it


def _html(text: str, math: _Formulas) -> str:
    """Return Markdown as HTML, not yet sanitised; as plain text if it would take too long."""
    marks = max(text.count("["), text.count("<"))
    outside = _FENCE.sub("", text)
    quotes = outside.count(">") + len(_UNDERLINE.findall(outside))
    if marks <= _MAX_BRACKETS and quotes <= _MAX_QUOTES and _effort(outside) <= _MAX_EFFORT:
        notes = [_Footnotes()] if text.count("[^") <= _MAX_NOTES else []
        reader = Markdown(extensions=[*_EXTENSIONS, *notes, math])
        with suppress(RecursionError):  # lists in lists in lists
            return reader.convert(text)
    return _as_plain(text, _TOO_MUCH)


def _as_plain(text: str, reason: str) -> str:
    return f"<p>(Shown as plain text: {reason}.)</p>\n<pre>{escape(text)}</pre>"


def _effort(text: str) -> int:
    """Return a measure of the time that the reader needs at most, of a text without fences."""
    return sum(len(block) ** 2 for block in re.split(r"\n\s*\n", text))


def _instead(image: re.Match[str]) -> str:
    """Return the words and the address of a picture, which a report does not load."""
    words = ", ".join(filter(None, (value[1:-1] for value in _CALLED.findall(image[0]))))
    return f"(picture not shown{words and ': '}{words})"


def _attribute(name: str) -> Callable[[str, str, str], str | None]:
    """Return a filter of attributes, which puts the name of the text before ids of footnotes."""

    def filtered(_: str, attribute: str, value: str) -> str | None:
        if value != value.translate(_OURS):
            return None  # a formula has no place in an attribute
        note = _NOTE.fullmatch(value)
        if note:
            return f"{note[1]}{name}--fn{note[2] or ''}-{note[3]}"
        return value if attribute in {"href", "align"} else None

    return filtered


def _leveled(html: str, level: int) -> str:
    """Return HTML whose headings start at `level` and skip no level."""
    below: list[int] = []  # the levels as written of the headings above, and of this one

    def heading(match: re.Match[str]) -> str:
        if not match[1]:
            written = int(match[2])
            below[:] = [*(above for above in below if above < written), written]
        return f"<{match[1]}h{min(6, level - 1 + len(below))}>"

    return _HEADING.sub(heading, html)


class _Footnotes(FootnoteExtension):
    """Footnotes whose ids are numbers, whatever they are called."""

    def makeFootnoteId(self, id: str) -> str:  # noqa: A002, N802  # as the base has it
        """The id of a footnote."""
        return super().makeFootnoteId(self._number(id))

    def makeFootnoteRefId(self, id: str, found: bool = False) -> str:  # noqa: A002, N802
        """The id of a mark that refers to it."""
        return super().makeFootnoteRefId(self._number(id), found)

    def _number(self, name: str) -> str:
        return str([*self.footnotes].index(name) + 1)


class _Formulas(Extension):
    """Takes formulas out of the text, and puts them back when it is clean."""

    def __init__(self, *, mathml: bool) -> None:
        super().__init__()
        self.mathml = mathml
        self.formulas: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # as the base has it
        """After code, before backslashes and emphasis mean something."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        md.inlinePatterns.register(_Formula(self, md), "formula", 185)

    def place(self, source: str, *, block: bool) -> str:
        """Store a formula and return a mark of its place."""
        self.formulas.append(formulas.html(source, block=block, mathml=self.mathml))
        return f"\ue000{len(self.formulas) - 1}\ue001"

    def fill(self, html: str) -> str:
        """Return clean HTML with its formulas."""
        return _PLACE.sub(lambda match: "".join(self.formulas[int(match[1]) :][:1]), html)


class _Formula(InlineProcessor):
    def __init__(self, formulas_: _Formulas, md: Markdown) -> None:
        super().__init__(formulas.PATTERN, md)
        self.formulas = formulas_

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, Any, Any]:  # type: ignore[override]  # noqa: ARG002, N802
        """What stands for a formula, unless it holds code."""
        source = m["block"] or m["line"]
        if "\x02" in source:
            return None, None, None
        return self.formulas.place(source, block=bool(m["block"])), m.start(0), m.end(0)
