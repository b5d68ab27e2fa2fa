"""Digest: what a report comes to, for the places that have little room."""

from __future__ import annotations

import math
from itertools import chain

from reportgen import wording
from reportgen.analysis.summary import Summary
from reportgen.report import best_run, summary_table
from reportgen.report.evidence import MAX_LISTED, ignored_sentence, listed
from reportgen.report.group_lead import group_lead, group_phrase
from reportgen.report.group_table import group_table
from reportgen.report.health_groups import worst_sentence
from reportgen.report.model import FigureBlock, Notice, Report, Role, Table
from reportgen.wording import clipped

_MAX_LETTERS = 600  # of a warning
_MAX_WARNINGS = 8


def headline(report: Report) -> str:
    """Return whether checks passed, the best run and its number, in a few words."""
    checks = report.verdict.headline.rstrip(".") if report.verdict else ""
    best = group_phrase(report.ranking, report.seed_groups) or best_run.phrase(report.ranking)
    return "; ".join(filter(None, (checks, best)))


def verdict(report: Report) -> str:
    """Return whether checks passed, which run is the best, and which end in NaN or infinity."""
    result = report.verdict
    lead = group_lead(report.ranking, report.seed_groups) or (result.lead if result else None)
    best = lead.text if lead else best_run.sentence(report.ranking)
    checks = result.headline if result else ""
    return " ".join(filter(None, (checks, best, _not_finite(report.ranking))))


def findings(report: Report) -> tuple[str, ...]:
    """Return a sentence for each outcome of the checks and for each of the first findings.

    After each of the two a sentence says how many are left out.
    """
    result = report.verdict
    checks = (*result.sentences, result.more) if result else ()
    lines = [finding.line for finding in listed(report)]
    hidden = len(lines) - MAX_LISTED
    rest = f"{wording.count(hidden, 'more finding')}: the full report tells all."
    listed_lines = (*lines[:MAX_LISTED], rest if hidden > 0 else "", ignored_sentence(report))
    return tuple(filter(None, (*checks, *listed_lines)))


def _not_finite(ranking: Summary) -> str:
    """Return which runs end in a value that is not finite; "" if none does."""
    names = [
        clipped(run.name)
        for run in ranking.runs
        if any(reached and not math.isfinite(reached.last) for reached in run.reached)
    ]
    if not names:
        return ""
    ends = "ends" if len(names) == 1 else "end"
    return f"{wording.listing(names)} {ends} in a value that is not finite."


def ranked(report: Report, form: summary_table.TableForm) -> Table | None:
    """Return the table of the best groups or runs; None without scalars."""
    styles = {entry.name: entry for entry in report.legend}
    groups = group_table(report.ranking, report.seed_groups, styles, form)
    return groups or summary_table.table(report.ranking, styles, form)


def key_figures(report: Report) -> tuple[FigureBlock, ...]:
    """Return the curves of the metrics that rank runs, and the best run's confusion matrix.

    Where there are curves of groups of seeds, these stand for the runs' own.
    """
    figures = report.figures()
    curves = [
        [block for block in figures if block.role is role and block.tag == key.metric]
        for key in report.ranking.metrics
        for role in (Role.GROUPS, Role.METRIC)
    ]
    chosen = [groups or runs for groups, runs in zip(curves[::2], curves[1::2], strict=True)]
    return (*chain.from_iterable(chosen), *_key_confusion(report))


def _key_confusion(report: Report) -> tuple[FigureBlock, ...]:
    """Return the confusion matrix of the best run that has one; of its splits, the first."""
    matrices = [block for block in report.figures() if block.role is Role.CONFUSION]
    members = {entry.name: entry.runs for entry in report.legend}
    for run in report.ranking.runs:
        for block in matrices:
            if set(block.runs) & set(members[run.group]):
                return (block,)
    return ()


def warnings(report: Report) -> list[str]:
    """Return what a reader must know of the data before believing the numbers."""
    sentences = [
        clipped(block.text, _MAX_LETTERS)
        for block in report.blocks()
        if isinstance(block, Notice) and block.role is Role.HEALTH
    ]
    worst = worst_sentence(report.experiment.health)
    if worst:
        sentences.insert(0, f"{worst}.")
    return sentences[:_MAX_WARNINGS]
