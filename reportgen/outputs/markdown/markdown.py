"""Markdown: portable CommonMark with GitHub's tables; pictures beside it or within."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from reportgen.outputs.digest import of_groups
from reportgen.outputs.job import Content, Files, Job
from reportgen.outputs.markdown.commonmark import escape, fenced, lined, table
from reportgen.outputs.markdown.user_markdown import of_user
from reportgen.outputs.picture_series import by_run, grouped, shared_caption
from reportgen.report.best_run import Lead
from reportgen.report.blocks import Block, FigureBlock, Media, Prose
from reportgen.report.evidence import ignored_sentence, listed
from reportgen.report.group_lead import group_lead
from reportgen.report.model import Report
from reportgen.report.table import Table
from reportgen.report.verdict import Verdict

Place = Callable[[str], str]  # where a picture is, by its file's name


def render(job: Job) -> Files:
    """Return the text, and the folder of its pictures unless they are embedded."""
    pictures = dict(_pictures(job))
    embeds = job.settings.embed_pictures or job.target.is_stdout
    place = _within(pictures) if embeds else _beside(job.target.folder)
    files: dict[Path, Content] = {
        job.target.path: _text(job.report, place).encode("utf-8", "replace")
    }
    if pictures and not embeds:
        files[job.target.path.with_name(job.target.folder)] = pictures
    return files


def _pictures(job: Job) -> Iterator[tuple[str, bytes]]:
    for block in job.report.blocks():
        if isinstance(block, FigureBlock):
            yield picture_name(block), job.drawings[block.id].png
        elif isinstance(block, Media):
            yield picture_name(block), block.data


def picture_name(block: FigureBlock | Media) -> str:
    """Return the name of a picture's file."""
    kind = block.content_type.removeprefix("image/") if isinstance(block, Media) else "png"
    return f"{block.id}.{kind}"


def _beside(folder: str) -> Place:
    safe = re.sub(r"[<>\\\n]", "_", folder)
    return lambda name: f"{safe}/{name}"


def _within(pictures: dict[str, bytes]) -> Place:
    def place(name: str) -> str:
        data = base64.b64encode(pictures[name]).decode("ascii")
        return f"data:image/{name.rpartition('.')[2]};base64,{data}"

    return place


def _text(report: Report, place: Place) -> str:
    parts = [f"# {escape(report.title)}", escape(" · ".join(report.facts))]
    if report.verdict:
        parts += _verdict(report.verdict)
    elif lead := group_lead(report.ranking, report.seed_groups):
        parts.append(_lead(lead))
    parts += _findings(report)
    if report.summary:
        parts.append(table(report.summary))
    for section in report.sections:
        parts.append(f"## {escape(section.title)}")
        for name, blocks in grouped(section.blocks):
            pictures = [block for block in blocks if isinstance(block, Media)]
            parts += (
                [_series(name, pictures, place)]
                if name
                else (_block(block, place) for block in blocks)
            )
    parts.append("---")
    parts += [f"**{escape(label)}:** {escape(value)}" for label, value in report.provenance]
    return "\n\n".join(parts) + "\n"


def _verdict(verdict: Verdict) -> Iterator[str]:
    lead = verdict.lead
    best = _lead(lead) if lead else ""
    yield f"**{verdict.headline}** {best}".strip() if verdict.headline else best
    if verdict.sentences:
        yield "\n".join(f"- {escape(sentence)}" for sentence in verdict.sentences)
    if verdict.more:
        yield verdict.more


def _lead(lead: Lead) -> str:
    """Return the sentence with its number in bold."""
    space = " " if lead.after.startswith(" ") else ""
    after = escape(lead.after.strip())
    return f"{escape(lead.before.strip())} **{escape(lead.number)}**{space}{after}"


def _findings(report: Report) -> Iterator[str]:
    """Yield a list of what is said of groups of seeds, and of all findings, the gravest first."""
    lines = [f"- {escape(sentence)}" for sentence in of_groups(report)]
    lines += [f"- **{finding.severity}** {escape(finding.line)}" for finding in listed(report)]
    if lines:
        yield "\n".join(lines)
    if report.ignored:
        yield escape(ignored_sentence(report))


def _block(block: Block, place: Place) -> str:
    if isinstance(block, FigureBlock):
        chart = block.chart
        return _picture(chart.title, chart.alt(), place(picture_name(block)), chart.description())
    if isinstance(block, Media):
        return _picture(block.title, block.alt, place(picture_name(block)), block.caption)
    if isinstance(block, Table):
        return f"{_heading(block.title)}\n\n{table(block)}" if block.headed else table(block)
    if isinstance(block, Prose):
        text = of_user(block.markdown) if block.by_user else fenced(block.markdown)
        return f"{_heading(block.title)}\n\n{text}" if block.title else text
    return escape(block.text)


def _series(name: str, pictures: list[Media], place: Place) -> str:
    """Return tables of pictures: a row for each run, a column for each step."""
    caption = shared_caption(pictures)
    parts = [_heading(name), *([escape(caption)] if caption else [])]
    for steps, runs in groupby(by_run(pictures), lambda run: [picture.step for picture in run[1]]):
        heads = ["run", *(f"step {step:,}" for step in steps)]
        rows = [heads, ["---"] * len(heads)]
        for run, members in runs:
            captions = ["" if caption else f" {escape(picture.caption)}" for picture in members]
            images = [
                f"![{escape(picture.alt)}](<{place(picture_name(picture))}>)" for picture in members
            ]
            rows.append([escape(run), *map("".join, zip(images, captions, strict=True))])
        parts.append(lined(rows))
    return "\n\n".join(parts)


def _heading(title: str) -> str:
    return f"### {escape(title)}"


def _picture(title: str, alt: str, place: str, caption: str) -> str:
    return f"{_heading(title)}\n\n![{escape(alt)}](<{place}>)\n\n{escape(caption)}"
