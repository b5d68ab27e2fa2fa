"""Ranking: the summary of each experiment in the logs, the largest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from reportgen.analysis.experiments import experiments
from reportgen.analysis.logged_metrics import headline
from reportgen.analysis.summary import Summary, summarise
from reportgen.frames.experiment import Experiment


def ranking(
    experiment: Experiment, counted: pd.DataFrame, metrics: Sequence[str] = (), base: str = ""
) -> Summary:
    """Return the ranked runs; those that share no metric apart, unless the user names metrics.

    Args:
        experiment: what was read.
        counted: its scalars, annotated, of the session of each run that counts.
        metrics: that the user names.
        base: the run group that the others are compared with; "" for none.

    Raises:
        UsageError: a metric was not logged.
    """
    groups = list(dict.fromkeys(map(str, experiment.runs["group"])))
    parts = [groups] if metrics else experiments(counted, experiment.runs)
    summaries = []
    for members in parts:
        runs = experiment.runs[experiment.runs["group"].isin(members)]
        rows = counted[counted["group"].isin(members)] if len(parts) > 1 else counted
        chosen = headline(rows, experiment.metrics, experiment.layouts, metrics)
        summaries.append(summarise(rows, runs, base if base in members else "", chosen))
    return replace(summaries[0], others=tuple(summaries[1:]))
