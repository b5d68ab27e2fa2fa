"""What the blocks of a report are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.groups.seed_groups import NO_GROUPS, SeedGroups
from reportgen.analysis.summary import Summary
from reportgen.analysis.verdicts.baseline import NO_BASELINE, Baseline
from reportgen.analysis.verdicts.run_values import RunValues
from reportgen.figures.canvas.style import RunStyle
from reportgen.frames.experiment import Experiment
from reportgen.report.blocks import Block
from reportgen.report.ranked_table import RunFacts
from reportgen.settings import Settings

Part = str | Block  # a title, from which on what follows is a section of its own

Call = Callable[..., Sequence[Part]]


@dataclass(frozen=True, slots=True)
class Material:
    """What the blocks of a report are made from.

    Attributes:
        experiment: what was read.
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: of the runs.
        styles: by run group.
        by_run: the same by run.
        settings: of the user.
        run_facts: what the ranked table says of runs.
        seed_groups: which runs differ only in their seed.
        run_values: the runs as checks see them.
        baseline: what they are compared with.
        executor: what prepares the curves; None for this process.
    """

    experiment: Experiment
    scalars: pd.DataFrame
    ranking: Summary
    styles: Mapping[str, RunStyle]
    by_run: Mapping[str, RunStyle]
    settings: Settings
    run_facts: RunFacts
    seed_groups: SeedGroups = NO_GROUPS
    run_values: tuple[RunValues, ...] = ()
    baseline: Baseline = NO_BASELINE
    executor: Executor | None = None
