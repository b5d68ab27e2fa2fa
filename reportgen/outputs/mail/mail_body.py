"""Mail body: what a mail says, as HTML and as plain text."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen import wording
from reportgen.analysis.reached import KeyMetric, Reached
from reportgen.analysis.summary import Summary
from reportgen.outputs.digest import (
    MAX_OTHERS,
    findings,
    key_figures,
    other_rankings,
    ranked,
    verdict,
    warnings,
)
from reportgen.outputs.html.templating import environment
from reportgen.outputs.job import Job
from reportgen.report.blocks import FigureBlock, Notice
from reportgen.report.drawing import Drawing
from reportgen.report.layout.experiment_sections import experiment_name
from reportgen.report.model import Report, Section
from reportgen.report.ranked_groups import group_lines
from reportgen.report.summary_table import MAIL
from reportgen.report.table import Table
from reportgen.wording import clipped

_WIDTH = 552  # pixels between the margins of a mail of 600
_MAX_SCALE = 1.25  # figures are drawn for narrower columns than a mail's
_MAX_LETTERS = 600  # of a sentence


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of the mail.

    Attributes:
        cid: Content-ID by which the HTML refers to the part that holds it.
        width, height: as shown, in CSS pixels.
    """

    cid: str
    title: str
    alt: str
    caption: str
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
    """Return the mail of a report: verdict, best runs, key figures, and what it leaves out."""
    report = job.report
    pictures = tuple(_picture(block, job.drawings) for block in key_figures(report))
    texts = {
        "title": clipped(report.title, 120),
        "verdict": clipped(verdict(report), _MAX_LETTERS),
        "facts": clipped(" · ".join(report.facts), 300),
    }
    notices = warnings(report)
    checked = [clipped(sentence, _MAX_LETTERS) for sentence in findings(report)]
    html = environment().get_template("mail.html.j2")
    return Body(
        html=html.render(
            **texts,
            findings=checked,
            passed=report.verdict.passed if report.verdict else None,
            link=job.settings.link,
            tables=_tables(report),
            figures=pictures,
            notices=notices,
            elsewhere=_elsewhere(report),
        ),
        text=_wrapped(
            [
                texts["title"],
                texts["verdict"],
                *(f"- {sentence}" for sentence in checked),
                texts["facts"],
                *_ranking_sentences(report),
                *(picture.alt for picture in pictures),
                *notices,
                _elsewhere(report),
            ],
            job.settings.link,
        ),
        pictures=pictures,
    )


def _tables(report: Report) -> list[tuple[str, Table]]:
    """Return title and table of the best runs of each experiment, the first without a title."""
    first = ranked(report, MAIL)
    return [*([("", first)] if first else []), *other_rankings(report, MAIL)]


def _picture(block: FigureBlock, drawings: Mapping[str, Drawing]) -> Picture:
    drawing = drawings[block.id]
    # A picture that stands alone is higher than the drawing where it has a legend.
    pixels = _png_size(drawing.png)
    width = round(drawing.width * min(_MAX_SCALE, _WIDTH / drawing.width))
    return Picture(
        cid=f"{block.id}@reportgen.invalid",
        title=clipped(block.chart.title),
        alt=clipped(block.chart.alt(), _MAX_LETTERS),
        caption=clipped(block.chart.description(), _MAX_LETTERS),
        png=drawing.png,
        width=width,
        height=round(width * pixels[1] / pixels[0]),
    )


def _png_size(png: bytes) -> tuple[int, int]:
    """Return width and height in pixels, as a PNG's first chunk has them.

    https://www.w3.org/TR/png-3/#11IHDR
    """
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def _elsewhere(report: Report) -> str:
    shown = {block.id for block in key_figures(report)}
    parts = [name for section in report.sections for name in _left_out(section, shown)]
    return f"Only in the full report: {'; '.join(parts)}." if parts else ""


def _left_out(section: Section, shown: set[str]) -> Iterator[str]:
    """Yield what of a section is not in the mail."""
    figures = section.count - sum(
        isinstance(block, FigureBlock) and block.id in shown for block in section.blocks
    )
    others = sum(not isinstance(block, FigureBlock | Notice) for block in section.blocks)
    if figures:
        yield f"{section.title} ({wording.count(figures, 'figure')})"
    elif others:
        yield section.title


def _ranking_sentences(report: Report) -> Iterator[str]:
    """Yield a sentence for each group or run of the first experiments."""
    lines = group_lines(report.ranking, report.seed_groups)
    shown = lines[: MAIL.max_rows]
    yield from shown or _run_sentences(report.ranking)
    if len(shown) < len(lines):
        yield f"{len(shown)} of {len(lines):,} groups, best first."
    for other in report.ranking.others[:MAX_OTHERS]:
        yield f"Runs of {clipped(experiment_name(other))}:"
        yield from _run_sentences(other)


def _run_sentences(ranking: Summary) -> Iterator[str]:
    """Yield a sentence for each run, as columns do not line up in every mail program."""
    shown = ranking.runs[: MAIL.max_rows] if ranking.metrics else ()
    for place, run in enumerate(shown, start=1):
        values = [
            _value_text(key, reached)
            for key, reached in zip(ranking.metrics, run.reached, strict=True)
            if reached
        ]
        yield f"{place}. {clipped(run.name)}: {'; '.join(values) or 'not logged'}"
    if len(shown) < len(ranking.runs):
        yield f"{len(shown)} of {len(ranking.runs):,} runs, best first."


def _value_text(key: KeyMetric, reached: Reached) -> str:
    last = wording.number(reached.last)
    if not key.direction or math.isnan(reached.value):
        return f"{clipped(key.tag)} {last} at the end"
    value, kind = wording.number(reached.value), reached.ranked.kind
    where = f"at step {reached.ranked.step:,}" if kind == "best evaluation" else f"in the {kind}"
    return f"{clipped(key.tag)} {value} {where} (last {last})"


def _wrapped(paragraphs: Sequence[str], link: str) -> str:
    lines = [
        textwrap.fill(text, 76, break_long_words=False, break_on_hyphens=False)
        for text in paragraphs
        if text
    ]
    lines[0] += "\n" + "=" * min(76, len(lines[0]))
    return "\n\n".join([*lines, *([f"Full report: {link}"] if link else [])]) + "\n"
