"""Mail body: what a mail tells, as HTML for mail clients and as text that reads well alone."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.analysis.summary import KeyMetric, Reached, Summary
from reportgen.outputs.digest import findings, key_figures, ranked, verdict, warnings
from reportgen.outputs.html.templating import environment
from reportgen.outputs.job import Job
from reportgen.report.draw import Drawing
from reportgen.report.model import FigureBlock, Notice, Report, Section
from reportgen.wording import clipped

_WIDTH = 552  # pixels between the margins of a mail of 600
_LARGER = 1.25  # figures are drawn for narrower columns than a mail's
_MOST_RUNS = 10
_MOST_NAMES = 12
_SENTENCE = 600  # characters


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the mail.

    Attributes:
        cid: Content-ID by which the HTML refers to the part that holds it.
        legend: names and colours; empty where the figure needs none.
        width, height: as shown, in CSS pixels.
    """

    cid: str
    title: str
    alt: str
    caption: str
    legend: tuple[tuple[str, str], ...]
    png: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail holds, in the two forms that a client chooses from."""

    html: str
    text: str
    pictures: tuple[Picture, ...]


def body(job: Job) -> Body:
    """The mail of a report: verdict, best runs, key figures, and what is told elsewhere."""
    report = job.report
    pictures = tuple(_picture(block, report, job.drawings) for block in key_figures(report))
    told = {
        "title": clipped(report.title, 120),
        "verdict": clipped(verdict(report), _SENTENCE),
        "facts": clipped(" · ".join(report.facts), 300),
    }
    notices = warnings(report)
    checked = [clipped(sentence, _SENTENCE) for sentence in findings(report)]
    html = environment().get_template("mail.html.j2")
    return Body(
        html=html.render(
            **told,
            findings=checked,
            passed=report.verdict.passed if report.verdict else None,
            link=job.settings.link,
            runs=ranked(report, _MOST_RUNS, brief=True),
            figures=pictures,
            more_runs=max(0, len(report.ranking.runs) - _MOST_NAMES),
            notices=notices,
            elsewhere=_elsewhere(report),
        ),
        text=_wrapped(
            [
                told["title"],
                told["verdict"],
                *(f"- {sentence}" for sentence in checked),
                told["facts"],
                *_told_runs(report.ranking),
                *(one.alt for one in pictures),
                *notices,
                _elsewhere(report),
            ],
            job.settings.link,
        ),
        pictures=pictures,
    )


def _picture(block: FigureBlock, report: Report, drawings: Mapping[str, Drawing]) -> Picture:
    drawing = drawings[block.id]
    scale = min(_LARGER, _WIDTH / drawing.width)
    named = block.chart.kind == "curves"
    return Picture(
        cid=f"{block.id}@reportgen.invalid",
        title=clipped(block.chart.title),
        alt=clipped(block.chart.alt(), _SENTENCE),
        caption=clipped(block.chart.description(), _SENTENCE),
        legend=_legend(report) if named else (),
        png=drawing.png,
        width=round(drawing.width * scale),
        height=round(drawing.height * scale),
    )


def _legend(report: Report) -> tuple[tuple[str, str], ...]:
    colors = {entry.name: entry.color for entry in report.legend}
    best = [run.group for run in report.ranking.runs[:_MOST_NAMES]]
    return tuple((clipped(name), colors[name]) for name in best)


def _elsewhere(report: Report) -> str:
    shown = {block.id for block in key_figures(report)}
    told = [one for section in report.sections for one in _left(section, shown)]
    return f"Only in the full report: {'; '.join(told)}." if told else ""


def _left(section: Section, shown: set[str]) -> Iterator[str]:
    """What of a section is not in the mail."""
    left = section.count - sum(
        isinstance(block, FigureBlock) and block.id in shown for block in section.blocks
    )
    others = sum(not isinstance(block, FigureBlock | Notice) for block in section.blocks)
    if left:
        yield f"{section.title} ({wording.count(left, 'figure')})"
    elif others:
        yield section.title


def _told_runs(ranking: Summary) -> Iterator[str]:
    """One sentence a run, as columns do not line up in every mail program."""
    shown = ranking.runs[:_MOST_RUNS] if ranking.metrics else ()
    for place, run in enumerate(shown, start=1):
        told = [
            _told(key, reached)
            for key, reached in zip(ranking.metrics, run.reached, strict=True)
            if reached
        ]
        yield f"{place}. {clipped(run.group)}: {'; '.join(told) or 'not logged'}"
    if len(shown) < len(ranking.runs):
        yield f"{len(shown)} of {len(ranking.runs):,} runs, best first."


def _told(key: KeyMetric, reached: Reached) -> str:
    last = wording.number(reached.last)
    if math.isnan(reached.best):
        return f"{clipped(key.tag)} {last} at the end"
    best = f"{wording.number(reached.best)} at step {reached.best_step:,}"
    return f"{clipped(key.tag)} {best} (last {last})"


def _wrapped(paragraphs: Sequence[str], link: str) -> str:
    lines = [
        textwrap.fill(text, 76, break_long_words=False, break_on_hyphens=False)
        for text in paragraphs
        if text
    ]
    lines[0] += "\n" + "=" * min(76, len(lines[0]))
    return "\n\n".join([*lines, *([f"Full report: {link}"] if link else [])]) + "\n"
