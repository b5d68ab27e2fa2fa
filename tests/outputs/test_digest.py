"""What places with little room show is found by what blocks are for, not by their headings."""

import math

import pytest

from reportgen.outputs import digest
from reportgen.report.summary_table import COMMENT, MAIL


@pytest.fixture
def under_other_headings(make_report, tmp_path):
    """A report whose sections have headings of the user, with a matrix and a NaN."""
    path = tmp_path / "layout.md"
    path.write_text(
        "## Curves\n{{ scalars() }}\n\n## Errors\n{{ confusion() }}\n\n## Trouble\n{{ health() }}\n"
    )
    rows = [("a, b", "x, y/loss", step, value) for step, value in enumerate((1.0, 0.5, math.nan))]
    matrices = [("a, b", "val, step 1", 1, [[9, 1], [2, 8]], ("cat", "dog"))]
    return make_report(rows, confusions=matrices, template=str(path))


def test_warnings_and_key_figures_do_not_depend_on_headings(under_other_headings):
    assert "1 scalar of 3 is NaN or infinite." in digest.warnings(under_other_headings)
    titles = [block.chart.title for block in digest.key_figures(under_other_headings)]
    assert titles == ["x, y/loss", "val, step 1, a, b, step 1"]


def test_an_id_leaves_out_the_step_of_a_title_and_nothing_of_a_name(under_other_headings):
    *_, matrix = digest.key_figures(under_other_headings)
    assert matrix.id == "confusion-val-step-1-a-b"


def test_a_notice_of_the_user_is_no_warning(make_report, tmp_path):
    path = tmp_path / "layout.md"
    path.write_text("## Data health\n{{ scalars('nothing') }}\n")
    report = make_report([("a", "loss", 0, 1.0)], template=str(path))
    assert digest.warnings(report) == []


def test_a_comment_and_a_mail_show_the_same_numbers_in_other_columns(demo):
    comment, mail = (digest.ranked(demo, form) for form in (COMMENT, MAIL))
    assert [column.heading for column in mail.columns] == [
        *("run", "val/accuracy best", "to the best", "val/loss best", "to the best", "time"),
    ]
    best = [column.heading for column in comment.columns].index("val/loss best")
    assert [row[best].text for row in comment.rows] == [row[3].text for row in mail.rows]
    assert [row[3].detail for row in mail.rows] == ["step 10", "step 10"]


def test_a_run_without_steps_shows_none(make_report):
    report = make_report([("a", "loss", -1, 1.0)])
    place = [column.heading for column in report.summary.columns].index("loss best")
    assert [cell.text for cell in report.summary.rows[0]].count("\N{MINUS SIGN}1") == 0
    assert "at step" not in [column.heading for column in report.summary.columns]
    assert report.summary.rows[0][place].text == "1"
