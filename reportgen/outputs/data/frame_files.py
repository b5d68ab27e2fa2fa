"""CSV and Parquet: every scalar, one row each."""

from __future__ import annotations

import io
import re

import pandas as pd

from reportgen.outputs.job import Files, Job

# A cell that starts so is a formula to a spreadsheet: shown as text behind an apostrophe.
_FORMULA = re.compile(r"^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")  # noqa: RUF001  # wide forms count too


def csv(job: Job) -> Files:
    """Return the scalars as CSV; names that a spreadsheet would compute are quoted."""
    frame = job.report.experiment.scalars
    safe = frame.assign(run=_inert(frame["run"]), tag=_inert(frame["tag"]))
    text = safe.to_csv(index=False, lineterminator="\n", na_rep="NaN")
    return {job.target.path: text.encode("utf-8", "replace")}


def parquet(job: Job) -> Files:
    """Return the scalars as Parquet, with their names and types."""
    stream = io.BytesIO()
    job.report.experiment.scalars.to_parquet(stream, engine="pyarrow", index=False)
    return {job.target.path: stream.getvalue()}


def _inert(names: pd.Series[str]) -> pd.Series[str]:
    safe = {name: _FORMULA.sub("'", str(name)) for name in names.unique()}
    return names.astype(object).map(safe)
