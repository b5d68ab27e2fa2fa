"""How runs ended."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen


@pytest.fixture
def ends_of(tmp_path):
    """Return a function that gives the last column of the ranked table of curves, by run."""

    def make(curves):
        for run, values in curves.items():
            with SummaryWriter(str(tmp_path / run)) as writer:
                for step, value in enumerate(values):
                    writer.add_scalar("loss", value, step)
        report = reportgen.build(reportgen.read(tmp_path))
        return {row[0].text: row[-1] for row in report.summary.rows}

    return make


def test_runs_that_end_at_one_step_have_finished(ends_of):
    ends = ends_of({"a": [3.0, 2.0, 1.0], "b": [3.0, 2.0, 1.0], "short": [3.0, 2.0]})
    assert ends["a"].text.startswith("finished")
    assert not ends["short"].text.startswith("finished")


def test_a_run_without_finite_values_at_its_end_says_from_where_on(ends_of):
    ends = ends_of({"a": [3.0, np.nan, 2.0, np.nan, np.inf], "b": [1.0, np.inf]})
    assert (ends["a"].text, ends["a"].tone) == ("NaN from 3", "worse")
    assert ends["b"].text == "infinite from 1"
