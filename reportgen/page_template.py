"""Template: a Markdown file in which calls stand where figures are wanted, parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.errors import UsageError
from reportgen.selection import selection

# What a template can call, and whether the call takes a pattern that selects tags.
CALLS: Mapping[str, bool] = MappingProxyType(
    {
        "table": False,
        "changes": False,
        "seeds": False,
        "metrics": False,
        "families": False,
        "mattered": False,
        "groups": False,
        "layouts": False,
        "parameters": False,
        "health": False,
        "graphs": False,
        "notes": False,
        "run_notes": False,
        "scalars": True,
        "ranks": True,
        "confusion": True,
        "curves": True,
        "histograms": True,
        "images": True,
        "audio": True,
        "texts": True,
        "meshes": True,
        "embeddings": True,
    }
)
# Two characters for private use mark the place of a call; they are replaced where the file has any.
_PRIVATE = str.maketrans(dict.fromkeys("\ue000\ue001", "\N{REPLACEMENT CHARACTER}"))
# The place of a call, a heading, or the begin or end of fenced code.
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


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section that begins here."""

    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown that is shown as it is."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Call:
    """A place for figures or tables.

    Attributes:
        name: a key of `CALLS`.
        patterns: at most one pattern that selects tags, see `reportgen.selection`.
    """

    name: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template.

    Attributes:
        title: the heading that the file begins with; "" where it begins without one.
        parts: in the order of the file.
    """

    title: str
    parts: tuple[Heading | Text | Call, ...]


def parse_template(source: str, path: str) -> Template:
    """Return the template that a file's text describes.

    Args:
        source: the text.
        path: what errors call the file.

    Raises:
        UsageError: a call is unknown or wrong; the message names the line.
    """
    calls: list[Call] = []
    text = _render(source.translate(_PRIVATE), path, _call_recorders(calls))
    title, rest = _split_title(text)
    return Template(title, tuple(_parts(rest, calls)))


def _call_recorders(calls: list[Call]) -> dict[str, object]:
    """Return functions by name; each adds a Call to `calls` and returns a mark of its place."""

    def recorder(name: str, *, takes_pattern: bool) -> object:
        def record(*patterns: str) -> str:
            if len(patterns) > takes_pattern:
                allowed = "at most one name, in quotes" if takes_pattern else "nothing"
                raise TypeError(f"{name}() takes {allowed}")
            for pattern in patterns:
                selection(pattern)
            calls.append(Call(name, patterns))
            return f"\n\n\ue000{len(calls) - 1}\ue001\n\n"

        return record

    return {name: recorder(name, takes_pattern=pattern) for name, pattern in CALLS.items()}


def _render(source: str, path: str, recorders: Mapping[str, object]) -> str:
    """Return the text with a mark for each call; raises UsageError with the line."""
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.globals.clear()
    try:
        code = environment.compile(source, filename=path)
        return jinja2.Template.from_code(environment, code, {**recorders}).render()
    except jinja2.TemplateSyntaxError as error:
        _refuse(path, error.lineno, error)
    except Exception as error:  # noqa: BLE001  # a template can fail as any program can
        _refuse(path, _failed_line(error, path), error)


def _failed_line(error: Exception, path: str) -> int:
    """Return the line of the template at which it failed; 1 where that is not known."""
    trace, line = error.__traceback__, 1
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _refuse(path: str, line: int, error: Exception) -> NoReturn:
    hint = f"; use {', '.join(sorted(CALLS))}" if isinstance(error, jinja2.UndefinedError) else ""
    raise UsageError(f"{path}, line {line}: {error}{hint}") from error


def _split_title(text: str) -> tuple[str, str]:
    """Return the first-level heading that the text begins with, or "", and the rest."""
    match = re.match(r"\s*\#[ \t]+(.+?)[ \t]*\#*(?:\n|\Z)", text)
    return (match[1], text[match.end() :]) if match else ("", text)


def _parts(text: str, calls: list[Call]) -> Iterator[Heading | Text | Call]:
    definitions = {match["name"]: match[0] for match in _DEFINITION.finditer(text) if match["name"]}
    start, fence = 0, ""
    body = _DEFINITION.sub(lambda match: "" if match["name"] else match[0], text)
    for mark in _MARK.finditer(body):
        fence = _open_fence(fence, mark["fence"] or "")
        if mark["fence"] or (fence and mark["title"]):
            continue
        yield from _texts(body[start : mark.start()], definitions)
        yield Heading(mark["title"]) if mark["title"] else calls[int(mark["place"])]
        start = mark.end()
    yield from _texts(body[start:], definitions)


def _open_fence(opened: str, fence: str) -> str:
    """Return the fence of the code block that is open after a fence; "" for none."""
    if not opened:
        return fence
    return "" if fence.startswith(opened) else opened


def _texts(text: str, definitions: Mapping[str, str]) -> Iterator[Text]:
    """Yield a text with the footnotes and links that it refers to; nothing where it is empty."""
    if text.strip():
        referred = [line for name, line in definitions.items() if f"[{name}]" in text]
        yield Text("\n\n".join([text.strip("\n"), *referred]))
