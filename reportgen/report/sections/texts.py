"""Texts: what each run logged under a tag, the last one and those before."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from reportgen import wording
from reportgen.analysis.evenly import evenly
from reportgen.report.blocks import Block, Prose
from reportgen.report.table import Cell, Column, Table

_MAX_ROWS = 100
_MAX_STEPS = 60  # of a tag and run before the last
_MAX_EARLIER = 200_000  # characters of these
_LABELS = re.compile(r"(?:^|/)(?:labels|classes|class_names)$")


def blocks(texts: pd.DataFrame) -> list[Block]:
    """Return what the runs logged under each tag, as a table if it has rows and columns.

    Runs that logged the same at the same steps share a block.

    Args:
        texts: the texts frame.
    """
    shown: list[Block] = []
    for logged_tag, of_tag in texts.groupby("tag", sort=False, observed=True):
        tag = str(logged_tag).removesuffix("/text_summary")
        if _LABELS.search(tag):
            continue  # shown as the names of a confusion matrix's classes
        runs_of: dict[tuple[tuple[int, str], ...], list[str]] = {}
        for run, rows in of_tag.groupby("run", sort=False, observed=True):
            last = rows["text"].iloc[-1]
            if last.ndim == 2 and last.size:  # rows and columns
                title = f"{tag}, {run}, step {rows['step'].iloc[-1]:,}"
                table = _table(title, last.tolist())
                shown.append(replace(table, tag=tag, name=f"{tag}, {run}"))
            else:
                runs_of.setdefault(_samples(rows), []).append(str(run))
        shown += [_prose(tag, samples, runs) for samples, runs in runs_of.items()]
    return shown


def _samples(rows: pd.DataFrame) -> tuple[tuple[int, str], ...]:
    """Return step and Markdown of each text of a run, the last of each step."""
    by_step = {
        int(step): "\n\n".join(map(str, text.flat))
        for step, text in zip(rows["step"], rows["text"], strict=True)
    }
    return tuple(sorted(by_step.items()))


def _prose(tag: str, samples: tuple[tuple[int, str], ...], runs: list[str]) -> Prose:
    """Return the last text, with the earlier ones: the first and some at even distances."""
    *earlier, (step, markdown) = samples
    sizes = sum(len(text) for _, text in earlier) // max(1, len(earlier))
    limit = min(_MAX_STEPS, _MAX_EARLIER // max(1, sizes))
    chosen = [earlier[place] for place in evenly(len(earlier), limit)] if limit > 1 else []
    name = f"{tag}, {wording.listing(runs)}"
    return Prose(
        f"{name}, step {step:,}",
        markdown,
        tag=tag,
        name=name,
        runs=tuple(runs),
        step=step,
        earlier=tuple(chosen),
        logged=len(samples),
    )


def _table(title: str, rows: list[list[object]]) -> Table:
    """Return texts that were logged as rows and columns; the first row holds the headings."""
    headings = tuple(Column(str(text)) for text in rows[0])
    shown = rows[1 : 1 + _MAX_ROWS]
    hidden = len(rows) - 1 - len(shown)
    note = f"{hidden:,} more rows are not shown." if hidden else ""
    cells = tuple(tuple(Cell(str(text)) for text in row) for row in shown)
    return Table(title, headings, cells, note, headed=True)
