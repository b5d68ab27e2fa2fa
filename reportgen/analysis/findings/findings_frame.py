"""Findings as a tidy frame, one row a finding."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reportgen.analysis.findings.finding import Finding

COLUMNS = ("rule", "severity", "run", "tag", "step", "end_step", "sentence", "numbers")


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return a frame with the columns `COLUMNS`; step and end_step are -1 where there is none.

    Args:
        findings: in the order of the rows.
    """
    rows = [
        [getattr(finding, name) for name in COLUMNS[:-1]] + [dict(finding.numbers)]
        for finding in findings
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"step": "int64", "end_step": "int64"})
