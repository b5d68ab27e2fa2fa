"""Template: a user's own layout, Markdown in which calls stand where their figures are wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from inspect import signature
from typing import NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.errors import UsageError
from reportgen.events.select import selection
from reportgen.report.model import Block, Notice, Prose
from reportgen.report.parts import Call

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
    blocks = [calls[name](*names) or [_nothing(name, names)] for name, names in placed]
    found: list[Titled] = [(_BEFORE, [])]
    for part in _parts(rest, blocks):
        if isinstance(part, str):
            found.append((part, []))
        else:
            found[-1][1].append(part)
    return title, found if found[0][1] else found[1:]


def _placing(calls: Mapping[str, Call], placed: list[Placed]) -> dict[str, object]:
    """The calls, each of which leaves what it asks for in `placed` and returns a mark of it."""

    def placing(name: str, call: Call) -> object:
        takes = len(signature(call).parameters)

        def place(*names: str) -> str:
            if len(names) != takes:
                raise TypeError(f"{name}() takes {'one name in quotes' if takes else 'nothing'}")
            for pattern in names:
                selection(pattern)
            placed.append((name, names))
            return f"\n\n\ue000{len(placed) - 1}\ue001\n\n"

        return place

    return {name: placing(name, call) for name, call in calls.items()}


def _nothing(name: str, names: tuple[str, ...]) -> Notice:
    called = f" called {', '.join(names)}" if names else ""
    return Notice(f"Nothing to show here: the logs hold no {name}{called}.")


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


def _parts(text: str, blocks: list[list[Block]]) -> Iterator[str | Block]:
    """Titles of sections, and blocks, in order."""
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
            yield from blocks[int(mark["place"])]
        start = mark.end()
    yield from _prose(bare[start:], shared)


def _fence(opened: str, found: str) -> str:
    """The fence within which what follows stands; "" for none."""
    if not opened:
        return found
    return "" if found.startswith(opened) else opened


def _prose(text: str, shared: Mapping[str, str]) -> Iterator[Block]:
    """A text with the footnotes and links that it refers to; none where it is empty."""
    if text.strip():
        referred = [line for name, line in shared.items() if f"[{name}]" in text]
        yield Prose("", "\n\n".join([text.strip("\n"), *referred]))
