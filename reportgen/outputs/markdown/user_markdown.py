"""The user's own Markdown, from `--notes` and `--template`, as part of a larger page.

It stays Markdown: headings move below those of the page, HTML is text but for a few elements, and
addresses have one of a few schemes. The user is trusted, but notes are often made by scripts from
what is not; and what is left open must not swallow the rest of the page.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, groupby

_TOP_LEVEL = 3  # of headings: a section of the page has level 2
_ELEMENTS = (
    *("b", "blockquote", "br", "code", "del", "details", "em", "hr", "i", "kbd", "p", "s"),
    *("strong", "sub", "summary", "sup", "u"),
)
_VOID = ("br", "hr")
_SCHEMES = ("http", "https", "mailto")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])??\1(?!`)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(rf"<(/?)({'|'.join(_ELEMENTS)})(?: open)? ?/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"<(?:(?:https?|mailto):[^\s<>]*|[\w.+-]+@[\w.-]+)>", re.IGNORECASE)
_TARGET = re.compile(
    r"(\]\([ \t]*|^ {0,3}\[[^\]]+\]:[ \t]*)(?:<([^<>\n]*)>|([^\s)]*))", re.MULTILINE
)
_OPEN_LINK = re.compile(r"\]\((?=\s*$)", re.MULTILINE)  # whose address would be on the next line
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)\s*:", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")  # by browsers


def of_user(text: str) -> str:
    """Return the user's Markdown so that it can stand in a page of ours."""
    lines = _without_underlines(_COMMENT.sub("", text).replace("\r\n", "\n").split("\n"))
    fenced = _fences(lines)
    prose = [line for line, is_code in zip(lines, fenced, strict=True) if not is_code]
    levels = [len(match[1]) for line in prose if (match := _HEADING.match(line))]
    shift = max(0, _TOP_LEVEL - min(levels, default=_TOP_LEVEL))
    unbalanced = _unbalanced("\n".join(prose))
    shown = [
        "\n".join(block)
        if is_code
        else _paragraph("\n".join(_shifted(line, shift) for line in block), unbalanced)
        for is_code, block in _blocks(lines, fenced)
    ]
    return "\n".join([*shown, *_closing(lines)]).strip("\n")


def _blocks(lines: list[str], fenced: list[bool]) -> Iterator[tuple[bool, list[str]]]:
    """Yield lines that belong together, and whether they are fenced code.

    What is not fenced is cut at blank lines, across which no code goes.
    """
    pairs = zip(lines, fenced, strict=True)
    for (is_code, _), members in groupby(pairs, lambda pair: (pair[1], bool(pair[0].strip()))):
        yield is_code, [line for line, _ in members]


def _fences(lines: list[str]) -> list[bool]:
    """Return for each line whether it is fenced code, or one of its fences."""
    return [is_code for is_code, _ in _walked(lines)]


def _closing(lines: list[str]) -> list[str]:
    """Return the fence that the text leaves open, to be closed."""
    fence = ""
    for _, fence in _walked(lines):  # noqa: B007  # the last one counts
        pass
    return [fence] if fence else []


def _walked(lines: list[str]) -> Iterator[tuple[bool, str]]:
    """Yield for each line whether it is fenced code, and the fence that is open after it."""
    fence = ""
    for line in lines:
        match = _FENCE.match(line)
        is_code = bool(fence or match)
        if fence and match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif match and not fence:
            fence = match[1]
        yield is_code, fence


def _without_underlines(lines: list[str]) -> list[str]:
    """Return lines whose headings all begin with #, not with a line of = or - below them."""
    shown: list[str] = []
    is_code = _fences(lines)
    for index, line in enumerate(lines):
        match = _UNDERLINE.match(line)
        title = shown[-1] if shown and index and not is_code[index - 1] else ""
        alone = len(shown) < 2 or not shown[-2].strip()  # the line above is a paragraph of its own
        if match and alone and title.strip() and not is_code[index] and title[0] not in "#>|-*+ ":
            shown[-1] = f"{'#' if match[1][0] == '=' else '##'} {title}"
            shown.append("")
            continue
        shown.append(line)
    return shown


def _shifted(line: str, shift: int) -> str:
    """Return a line, whose level is `shift` lower if it is a heading."""
    heading = _HEADING.match(line)
    if not heading:
        return line
    return "#" * min(6, len(heading[1]) + shift) + line[heading.end() :]


def _paragraph(text: str, unbalanced: set[str]) -> str:
    """Return lines that are not fenced, with everything but code in them made safe."""
    parts, end = [], 0
    for start, stop in _code(text):
        parts += [_safe(text[end:start], unbalanced), text[start:stop]]
        end = stop
    return "".join([*parts, _safe(text[end:], unbalanced)])


def _code(text: str) -> list[tuple[int, int]]:
    """Return the places of code in a paragraph, and of no text that any reader takes for prose.

    Whether code goes on after a line depends on what the lines are. So only what is code both
    within its line and within the whole paragraph counts; and none where a backslash stands before
    a backtick, or where there is an element, in which backticks mean nothing.
    """
    if "\\`" in text or _TAG.search(text):
        return []
    whole = {match.span() for match in _CODE.finditer(text)}
    starts = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    in_lines = [
        (start + match.start(), start + match.end())
        for start, line in zip(starts, text.split("\n"), strict=False)
        for match in _CODE.finditer(line)
    ]
    return [place for place in in_lines if place in whole]


def _safe(text: str, unbalanced: set[str]) -> str:
    """Return text without code, whose HTML is text but for a few elements."""
    text = _OPEN_LINK.sub(r"]\\(", _TARGET.sub(_target, text))
    parts, end = [], 0
    for match in re.finditer("<", text):
        start = match.start()
        tag = _TAG.match(text, start)
        is_kept = (tag and tag[2].lower() not in unbalanced) or _ADDRESS.match(text, start)
        parts += [text[end:start], "<" if is_kept else "&lt;"]
        end = start + 1
    return "".join([*parts, text[end:]])


def _unbalanced(text: str) -> set[str]:
    """Return the elements that are opened more or less often than closed."""
    counts: Counter[str] = Counter()
    for closing, name in _TAG.findall(_CODE.sub("", text)):
        counts[name.lower()] += -1 if closing else 1
    return {name for name, count in counts.items() if count and name not in _VOID}


def _target(match: re.Match[str]) -> str:
    """Return the address of a link or picture, or none where its scheme is not a usual one."""
    written = match[3] if match[2] is None else match[2].replace(" ", "%20")
    address = _IGNORED.sub("", html.unescape(html.unescape(written)).replace("\\", ""))
    scheme = _SCHEME.match(address)
    is_usual = scheme is None or scheme[1].lower() in _SCHEMES
    return f"{match[1]}{written if is_usual else '#'}"
