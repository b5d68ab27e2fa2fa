"""A run with several sessions counts by its last whole one, in tables, checks and charts."""

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen import Options
from reportgen.analysis.sessions import is_counted, sentence


def write(path, sessions):
    """Write files of these numbers of steps; values tell the session."""
    for number, steps in enumerate(sessions):
        with SummaryWriter(str(path), filename_suffix=f".{number}") as writer:
            for step in range(steps):
                value = 10 * number + step
                writer.add_scalar("accuracy", value, step, walltime=1e9 + 1e6 * number + step)


@pytest.mark.parametrize(
    ("sessions", "counted"), [([5, 5], 1), ([5, 1], 0), ([9, 5, 2], 1), ([1, 1, 1], 2), ([5], 0)]
)
def test_the_last_whole_session_counts(tmp_path, sessions, counted):
    write(tmp_path / "run", sessions)
    scalars = reportgen.read(tmp_path).scalars
    assert set(scalars["session"][is_counted(scalars)]) == {counted}


def test_tables_and_checks_use_it_and_charts_show_each(tmp_path):
    write(tmp_path / "run", [5, 4, 1])
    report = reportgen.build(reportgen.read(tmp_path), Options(check=("last accuracy >= 13",)))
    (row,) = report.ranking.runs
    assert (row.sessions, row.last_step, row.seconds) == (3, 3, 3.0)
    assert row.reached[0].best == 13
    assert report.verdict.passed
    (figure,) = report.figures()
    lines = figure.chart.series
    assert [line.line for line in lines] == ["session 1", "session 2", "session 3"]
    assert [line.points for line in lines] == [5, 4, 1]
    assert figure.chart.best().best == 13
    assert "run (3 sessions) was trained several times" in report.summary.note


def test_a_run_of_one_session_is_not_mentioned(tmp_path):
    write(tmp_path / "run", [5])
    assert sentence(reportgen.read(tmp_path).scalars) == ""
