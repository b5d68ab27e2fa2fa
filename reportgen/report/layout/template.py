"""Template: a layout, Markdown in which calls stand where their figures are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import signature
from typing import NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.errors import UsageError
from reportgen.report.layout.calls import Call, Part
from reportgen.report.model import Block, Notice, Prose
from reportgen.selection import selection

Titled = tuple[str, list[Block]]
Placed = tuple[str, tuple[str, ...]]  # what is called, and with which names

_BEFORE = "Overview"  # the section of what stands before the first heading
_OURS = str.maketrans(dict.fromkeys("\ue000\ue001", "\N{REPLACEMENT CHARACTER}"))
# A place, a heading, or the begin or end of fenced code.
_MARK = re.compile(
    "\ue000(?P<place>\\d+)\ue001"
    r"|^(?P<level>\#{1,2})[ \t]+(?P<title>.+?)[ \t]*\#*$|^ {0,3}(?P<fence>`{3,}|~{3,})",
    re.MULTILINE,
)
# What footnotes and links refer to, with the lines that are indented below it; or fenced code.
_DEFINITION = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?:.*\n)*?^ {0,3}(?P=fence)"
    r"|^ {0,3}\[(?P<name>[^\]\n]+)\]:.*(?:\n+ {4,}.*)*",
    re.MULTILINE,
)


def laid_out(source: str, path: str, calls: Mapping[str, Call]) -> tuple[str, list[Titled]]:
    """The title, or "" where the file begins without one, and titles and blocks of sections.

    Args:
        source: the template.
        path: what errors call it.
        calls: what it may call.

    Raises:
        UsageError: it cannot be understood; the message names the line.
    """
    placed: list[Placed] = []
    text = _rendered(source.translate(_OURS), path, _placing(calls, placed))
    title, rest = _title(text)
    given = [_given(calls[name], name, names) for name, names in placed]
    sections = _sections(_parts(rest, given))
    return title, [(name, blocks) for name, blocks, left_empty in sections if not left_empty]


def _given(call: Call, name: str, names: tuple[str, ...]) -> Sequence[Part]:
    """What a call places; a sentence where the names that it was given are not in the logs."""
    found = call(*names)
    if found or not names:
        return found
    told = f"Nothing to show here: the logs hold no {name} called {', '.join(names)}."
    return [Notice(told)]


def _sections(parts: Iterable[str | Sequence[Part]]) -> Iterator[tuple[str, list[Block], bool]]:
    """Title and blocks of each section, and whether all that was to stand in it was not logged."""
    title, blocks, left_empty = _BEFORE, list[Block](), True
    for part in parts:
        for one in [part] if isinstance(part, str) else part:
            if isinstance(one, str):
                yield title, blocks, left_empty
                title, blocks, left_empty = one, [], False
            else:
                blocks.append(one)
        if not isinstance(part, str):
            left_empty = not blocks
    yield title, blocks, left_empty


def _placing(calls: Mapping[str, Call], placed: list[Placed]) -> dict[str, object]:
    """The calls, each of which leaves what it asks for in `placed` and returns a mark of it."""

    def placing(name: str, call: Call) -> object:
        most = len(signature(call).parameters)

        def place(*names: str) -> str:
            if len(names) > most:
                told = "at most one name, in quotes" if most else "nothing"
                raise TypeError(f"{name}() takes {told}")
            for pattern in names:
                selection(pattern)
            placed.append((name, names))
            return f"\n\n\ue000{len(placed) - 1}\ue001\n\n"

        return place

    return {name: placing(name, call) for name, call in calls.items()}


def _rendered(source: str, path: str, calls: Mapping[str, object]) -> str:
    """Raises UsageError with the line."""
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.clear()
    try:
        code = environment.compile(source, filename=path)
        return jinja2.Template.from_code(environment, code, {**calls}).render()
    except jinja2.TemplateSyntaxError as error:
        _refuse(path, error.lineno, error, calls)
    except Exception as error:  # noqa: BLE001  # a template can fail as any program can
        _refuse(path, _line(error, path), error, calls)


def _line(error: Exception, path: str) -> int:
    """The line of the template at which it failed; 1 where that is not known."""
    trace, line = error.__traceback__, 1
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _refuse(path: str, line: int, error: Exception, calls: Mapping[str, object]) -> NoReturn:
    known = f"; use {', '.join(sorted(calls))}" if isinstance(error, jinja2.UndefinedError) else ""
    raise UsageError(f"{path}, line {line}: {error}{known}") from error


def _title(text: str) -> tuple[str, str]:
    """The heading that the text begins with, where it is of the first level, and what follows."""
    found = re.match(r"\s*\#[ \t]+(.+?)[ \t]*\#*(?:\n|\Z)", text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _parts(text: str, given: Sequence[Sequence[Part]]) -> Iterator[str | Sequence[Part]]:
    """Titles of sections, and what each text and each call places, in order."""
    shared = {found["name"]: found[0] for found in _DEFINITION.finditer(text) if found["name"]}
    start, fence = 0, ""
    bare = _DEFINITION.sub(lambda found: "" if found["name"] else found[0], text)
    for mark in _MARK.finditer(bare):
        fence = _fence(fence, mark["fence"] or "")
        if mark["fence"] or (fence and mark["title"]):
            continue
        yield from _prose(bare[start : mark.start()], shared)
        if mark["title"]:
            yield mark["title"]
        else:
            yield given[int(mark["place"])]
        start = mark.end()
    yield from _prose(bare[start:], shared)


def _fence(opened: str, found: str) -> str:
    """The fence within which what follows stands; "" for none."""
    if not opened:
        return found
    return "" if found.startswith(opened) else opened


def _prose(text: str, shared: Mapping[str, str]) -> Iterator[list[Block]]:
    """A text with the footnotes and links that it refers to; none where it is empty."""
    if text.strip():
        referred = [line for name, line in shared.items() if f"[{name}]" in text]
        yield [Prose("", "\n\n".join([text.strip("\n"), *referred]))]
