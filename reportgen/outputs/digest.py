"""Digest: what a report comes to, for the places that have little room."""

from __future__ import annotations

import math
from dataclasses import replace

from reportgen import wording
from reportgen.analysis.reached import KeyMetric
from reportgen.analysis.summary import Summary
from reportgen.report import best_run, summary_table
from reportgen.report.blocks import FigureBlock, Notice
from reportgen.report.evidence import MAX_LISTED, ignored_sentence, listed
from reportgen.report.group_lead import group_lead, group_phrase, group_statements
from reportgen.report.group_table import group_table
from reportgen.report.health_groups import worst_sentence
from reportgen.report.layout.experiment_sections import experiment_name
from reportgen.report.model import Report
from reportgen.report.role import Role
from reportgen.report.table import Table
from reportgen.wording import clipped

_MAX_LETTERS = 600  # of a warning
_MAX_WARNINGS = 8
MAX_OTHERS = 3  # experiments beside the first


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

    After each of the two a sentence says how many are left out. Between them stands what is said of
    groups of seeds.
    """
    result = report.verdict
    checks = (*result.sentences, result.more) if result else ()
    lines = [finding.line for finding in listed(report)]
    hidden = len(lines) - MAX_LISTED
    rest = f"{wording.count(hidden, 'more finding')}: the full report tells all."
    listed_lines = (*lines[:MAX_LISTED], rest if hidden > 0 else "", ignored_sentence(report))
    return tuple(filter(None, (*checks, *of_groups(report), *listed_lines)))


def of_groups(report: Report) -> tuple[str, ...]:
    """Return what is said of groups of seeds beside which leads; () without groups."""
    statements = group_statements(report.ranking, report.seed_groups, {})
    return tuple(statement.text for statement in statements[1:])


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


def other_rankings(report: Report, form: summary_table.TableForm) -> list[tuple[str, Table]]:
    """Return title and table of the next experiments, which share no result with the first."""
    styles = {entry.name: entry for entry in report.legend}
    tables = [
        (f"Runs of {clipped(experiment_name(other))}", summary_table.table(other, styles, form))
        for other in report.ranking.others[:MAX_OTHERS]
    ]
    return [(title, table) for title, table in tables if table]


def key_figures(report: Report) -> tuple[FigureBlock, ...]:
    """Return the curves of the metrics that rank runs, and the best run's confusion matrix.

    Where there are curves of groups of seeds, these stand for the runs' own. Of the next
    experiments it is the curve of the first metric.
    """
    first = replace(report.ranking, others=())
    others = report.ranking.others[:MAX_OTHERS]
    return (
        *(block for key in first.metrics for block in _curves(report, first, key)),
        *(
            block
            for other in others
            for key in other.metrics[:1]
            for block in _curves(report, other, key)
        ),
        *_key_confusion(report),
    )


def _curves(report: Report, ranking: Summary, key: KeyMetric) -> list[FigureBlock]:
    """Return the curves of a metric in one experiment: of groups of seeds, else of runs."""
    blocks = [
        block
        for block in report.figures()
        if block.tag == key.metric
        and (not block.runs or not _runs_of(report, ranking).isdisjoint(block.runs))
    ]
    of_groups = [block for block in blocks if block.role is Role.GROUPS]
    return of_groups or [block for block in blocks if block.role is Role.METRIC]


def _runs_of(report: Report, ranking: Summary) -> set[str]:
    """Return the names of the runs of one experiment."""
    groups = set(ranking.groups)
    return {run for entry in report.legend if entry.name in groups for run in entry.runs}


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
