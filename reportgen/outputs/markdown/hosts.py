"""Hosts: a job summary or comment on GitHub, GitLab or Azure DevOps, within what each allows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportgen import wording
from reportgen.errors import OutputError
from reportgen.figures.curves.series import StepCurves
from reportgen.outputs.digest import (
    findings,
    key_figures,
    other_rankings,
    ranked,
    verdict,
    warnings,
)
from reportgen.outputs.job import Files, Job
from reportgen.outputs.markdown import mermaid
from reportgen.outputs.markdown.commonmark import Context, table
from reportgen.outputs.markdown.fit import Piece, fit, left_out
from reportgen.outputs.markdown.host_pieces import image, in_text, inert, pieces
from reportgen.report.blocks import FigureBlock
from reportgen.report.ids import slug
from reportgen.report.summary_table import COMMENT

_RESERVE = 2_000  # for the sentence that says what is left out


@dataclass(frozen=True, slots=True)
class Host:
    """What a place allows.

    Attributes:
        limit: characters, or bytes where `bytes_` says so.
        mermaid: whether it draws Mermaid.
        details: whether it folds `<details>`.
        marker: whether a hidden mark lets a later run find and replace what this one wrote.
    """

    limit: int
    bytes_: bool = False
    mermaid: bool = True
    details: bool = True
    marker: bool = False

    def size(self, text: str) -> int:
        """Return the size of a text as the host counts it."""
        return len(text.encode("utf-8", "replace")) if self.bytes_ else len(text)

    @property
    def limit_text(self) -> str:
        """The limit in words."""
        return f"{self.limit:,} {'bytes' if self.bytes_ else 'characters'}"


HOSTS = {
    # 1,024 KiB a step, or all of it is dropped.
    "github": Host(1_024_000, bytes_=True),
    # 65,536 characters, over which a comment is refused.
    "github-comment": Host(60_000, marker=True),
    # 1,000,000 characters.
    "gitlab": Host(900_000, marker=True),
    # No limit is documented, and neither Mermaid nor folding in a build's summary.
    "azure": Host(900_000, bytes_=True, mermaid=False, details=False),
}


def render(job: Job) -> Files:
    """Return the page, appended to what the job summary already holds if the path is the job's.

    Raises:
        OutputError: the job summary has no room left.
    """
    host = HOSTS[job.target.format]
    before = _before(job.target.path) if job.target.format == "github" else ""
    text = page(job, host, host.limit - host.size(before))
    if host.size(before + text) > host.limit:
        raise OutputError(
            f"{job.target.name}: the job summary is nearly full ({host.limit_text} a step); "
            "write this one in a step of its own"
        )
    return {job.target.path: (before + text).encode("utf-8", "replace")}


def _before(path: Path) -> str:
    """Return what the step has written into the file that GitHub provides for appending."""
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if not summary or not path.exists() or not path.samefile(summary):
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    return f"{text.rstrip()}\n\n" if text.strip() else ""


def page(job: Job, host: Host, room: int) -> str:
    """Return a report as one page of Markdown.

    Args:
        job: what to write.
        host: what the place allows.
        room: how much of it is left.
    """
    head = "\n\n".join(filter(None, _head(job, host)))
    foot = f"[Full report](<{job.settings.link}>)" if job.settings.link else ""
    rest = list(pieces(job.report, job.settings.image_url))
    frames = sum(
        host.size(_section(host, section.title, "")) + 4 for section in job.report.sections
    )
    shown, dropped = fit(
        rest,
        room - host.size(head + foot) - frames - _RESERVE,
        lambda text: host.size(text) + 2,
    )
    missing = left_out(dropped, rest, host.limit_text)
    parts = [
        head,
        *_sections(host, shown),
        f"*{inert(missing, _RESERVE // 2)}*" if missing else "",
        foot,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _sections(host: Host, shown: Sequence[Piece]) -> Iterator[str]:
    for title, members in groupby(shown, key=lambda piece: piece.section):
        yield _section(host, title, "\n\n".join(piece.text for piece in members))


def _section(host: Host, title: str, text: str) -> str:
    if not host.details:
        return f"### {inert(title)}\n\n{text}"
    summary = inert(title, context=Context.HTML)
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _head(job: Job, host: Host) -> Iterator[str]:
    """Yield what is never left out; its size is bounded whatever the logs hold."""
    report = job.report
    if host.marker:
        yield marker(report.title)
    yield f"## {inert(report.title, 120)}"
    yield f"**{inert(verdict(report), 600)}**"
    yield "\n".join(f"- {inert(sentence, 600)}" for sentence in findings(report))
    yield inert(" · ".join(report.facts), 300)
    yield "\n\n".join(f"⚠️ {inert(text, 600)}" for text in warnings(report))
    runs = ranked(report, COMMENT)
    if runs:
        yield table(runs, inert)
    for title, other in other_rankings(report, COMMENT):
        yield f"**{inert(title)}**"
        yield table(other, inert)
    for block in key_figures(report):
        yield _key(block, job, host)


def marker(title: str) -> str:
    """Return a hidden comment by which a later run finds the comment of this one."""
    return f"<!-- reportgen:{slug(title, 60)} -->"


def _key(block: FigureBlock, job: Job, host: Host) -> str:
    heading = f"### {inert(block.chart.title)}"
    order = list(job.report.ranking.groups)
    if job.settings.image_url:
        return f"{heading}\n\n{image(block, job.settings.image_url)}"
    curves = block.chart.step_curves()
    if curves is None:
        return f"{heading}\n\n{in_text(block.chart, order)}"
    if not host.mermaid:
        return ""  # their table stands in its section
    drawn = mermaid.xychart(block.chart.title, curves, order)
    return f"{heading}\n\n{_legend(curves, order)}\n\n{drawn}" if drawn else ""


def _legend(curves: StepCurves, order: Sequence[str]) -> str:
    """Return the names of the lines, and how many there are where not all are drawn."""
    lines = mermaid.legend(curves, order)
    names = " · ".join(f"{square} {inert(name)}" for square, name in lines)
    early = mermaid.early_ends(curves, order)
    if early:
        ends = "; ".join(
            f"{inert(name)} ends at step {step:,}, at {wording.number(value)}"
            for name, step, value in early
        )
        names = f"{names} · not drawn: {ends}"
    if len(lines) + len(early) == len(curves.series):
        return names
    return f"{names} ({len(lines)} of {len(curves.series):,} lines, the best runs first)"
