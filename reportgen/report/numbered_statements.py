"""What a report says first: what leads in each experiment, and what happened, in one order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from reportgen.analysis.summary import Summary
from reportgen.report.blocks import FigureBlock
from reportgen.report.finding_statements import finding_statements
from reportgen.report.group_lead import group_statements
from reportgen.report.model import Report, Section
from reportgen.report.role import Role
from reportgen.report.statements import Statement, lead_statement, numbered

_CURVES = (Role.METRIC, Role.GROUPS)


def numbered_statements(report: Report, scalars: pd.DataFrame) -> tuple[Statement, ...]:
    """Return what leads, then what happened, then what leads among runs of other experiments.

    Args:
        report: with its sections and findings.
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    ranking, sections = report.ranking, report.sections
    leading = group_statements(ranking, report.seed_groups, _first_figures(sections))
    if not leading:
        leading = list(_leads(report, [ranking], is_named=bool(ranking.others)))
    others = _leads(report, ranking.others, is_named=True)
    said = [*leading, *finding_statements(report), *others]
    return numbered(said, _targets(scalars, sections))


def _leads(report: Report, rankings: Sequence[Summary], *, is_named: bool) -> Iterator[Statement]:
    """Yield which run leads in each experiment, linked to the chart of its metric."""
    for ranking in rankings:
        lead = lead_statement(ranking, is_named=is_named)
        if lead:
            yield replace(lead, target=_chart(report, ranking))


def _chart(report: Report, ranking: Summary) -> str:
    """Return the id of the chart of an experiment's first metric; "" where there is none."""
    members = {entry.name: entry.runs for entry in report.legend}
    runs = set(members[ranking.runs[0].group])
    charts = (
        block.id
        for block in report.figures()
        if block.role is Role.METRIC
        and block.tag == ranking.metrics[0].metric
        and (not block.runs or runs & set(block.runs))
    )
    return next(charts, "")


def _first_figures(sections: Sequence[Section]) -> dict[str, str]:
    """Return the id of the first figure of each kind."""
    figures: dict[str, str] = {}
    for section in sections:
        for block in section.blocks:
            if isinstance(block, FigureBlock):
                figures.setdefault(block.chart.kind, block.id)
    return figures


def _targets(scalars: pd.DataFrame, sections: Sequence[Section]) -> dict[str, str]:
    """Return the id of the figure that shows each tag, by tag as logged."""
    figures: dict[str, str] = {}
    by_tag: dict[str, str] = {}
    for section in sections:
        for block in section.blocks:
            if not isinstance(block, FigureBlock) or block.role not in _CURVES:
                continue
            figures.setdefault(block.tag, block.id)
            drawn = block.chart.page_curves()
            for series in drawn.series if drawn else ():
                by_tag.setdefault(series.tag, block.id)
    pairs = scalars[["tag", "metric"]].drop_duplicates().astype(str)
    by_metric = {
        tag: figures[metric]
        for tag, metric in zip(pairs["tag"], pairs["metric"], strict=True)
        if metric in figures
    }
    return by_metric | by_tag
