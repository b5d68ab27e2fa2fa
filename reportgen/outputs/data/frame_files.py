"""CSV and Parquet: every scalar, one row each."""

from __future__ import annotations

import io
import re
from csv import QUOTE_MINIMAL, QUOTE_NONNUMERIC
from typing import Literal

import pandas as pd

from reportgen.outputs.job import Files, Job

# A cell that starts so is a formula to a spreadsheet: shown as text behind an apostrophe.
_INVISIBLE = "[\\s\x00-\x1f\xad\u200b-\u200f\u2060-\u2064\ufeff]*"
_FORMULA = re.compile(rf"^(?={_INVISIBLE}[=+\-@＝＋－＠]|[\t\r\n])")  # noqa: RUF001  # wide forms count


def csv(job: Job) -> Files:
    """Return the scalars as CSV; names that a spreadsheet would compute are quoted."""
    frame = job.report.experiment.scalars
    safe = frame.assign(run=_inert(frame["run"]), tag=_inert(frame["tag"]))
    # Python before 3.13 leaves a name with a carriage return alone unquoted, which ends a row.
    has_returns = any("\r" in name for column in ("run", "tag") for name in safe[column].unique())
    quoting: Literal[0, 2] = QUOTE_NONNUMERIC if has_returns else QUOTE_MINIMAL
    text = safe.to_csv(index=False, lineterminator="\n", na_rep="NaN", quoting=quoting)
    return {job.target.path: text.encode("utf-8", "replace")}


def parquet(job: Job) -> Files:
    """Return the scalars as Parquet, with their names and types."""
    stream = io.BytesIO()
    job.report.experiment.scalars.to_parquet(stream, engine="pyarrow", index=False)
    return {job.target.path: stream.getvalue()}


def _inert(names: pd.Series[str]) -> pd.Series[str]:
    safe = {name: _as_text(str(name)) for name in names.unique()}
    return names.astype(object).map(safe)


def _as_text(name: str) -> str:
    """Return a name none of whose lines is a formula: a reader may take each for a row."""
    return "".join(_FORMULA.sub("'", line) for line in name.splitlines(keepends=True))
