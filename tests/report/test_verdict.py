"""The verdict in words, and the numbers of the summary beside a baseline."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError

CURVES = {
    "new": {"val/accuracy": [0.5, 0.9, 0.93], "val/loss": [1.0, 0.5, 0.6]},
    "main": {"val/accuracy": [0.4, 0.91, 0.9], "val/loss": [1.1, 0.4, 0.4]},
    "old": {"val/accuracy": [0.3, 0.8, 0.85], "val/loss": [1.2, 0.7, 0.65]},
}


@pytest.fixture
def report_of(tmp_path):
    """Builds the report of curves by run and tag."""

    def make(curves=CURVES, **options):
        for run, tags in curves.items():
            with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
                for tag, values in tags.items():
                    for step, value in enumerate(values):
                        writer.add_scalar(tag, value, step)
        return reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))

    return make


def column(report, heading):
    """Cells by run of the first column of a heading."""
    place = [item.heading for item in report.summary.columns].index(heading)
    return {row[0].text: row[place] for row in report.summary.rows}


def test_without_checks_and_baseline_there_is_no_verdict(report_of):
    assert report_of().verdict is None


def test_a_baseline_alone_is_told_of_and_nothing_passes_or_fails(report_of):
    message = report_of(baseline="main").verdict
    assert message.passed is None
    assert (message.headline, message.sentences) == ("", ())
    assert message.lead.text == "Best val/accuracy 0.93 in new at step 2, 0.02 above the baseline."


def test_the_best_may_be_the_baselines_own(report_of):
    assert report_of(baseline="new").verdict.lead.text == (
        "Best val/accuracy 0.93 in new, the baseline, at step 2."
    )


def test_the_best_may_be_level_with_the_baseline(report_of):
    level = {run: {"val/accuracy": [0.5, 0.9]} for run in ("a", "b")}
    assert report_of(level, baseline="b").verdict.lead.text == (
        "Best val/accuracy 0.9 in a at step 1, level with the baseline."
    )


def test_failures_come_first_each_with_its_number(report_of):
    message = report_of(
        baseline="main",
        check=("val/loss <= 0.7", "best val/accuracy >= 0.9", "last val/loss <= baseline + 10%"),
    ).verdict
    assert message.passed is False
    assert message.headline == "2 of 3 checks failed."
    assert message.sentences == (
        "old: best val/accuracy 0.85 at step 2 is below 0.9.",
        "new: last val/loss 0.6 at step 2 is above 0.44 (baseline + 10%).",
        "old: last val/loss 0.65 at step 2 is above 0.44 (baseline + 10%).",
        "In all 3 runs, best val/loss is at most 0.7; nearest is old with 0.65 at step 2.",
    )
    assert message.failures == message.sentences[:3]


@pytest.mark.parametrize(
    ("checks", "headline"),
    [
        (("val/loss < 1",), "The check passed."),
        (("val/loss > 1",), "The check failed."),
        (("val/loss < 1", "val/loss < 2"), "Both checks passed."),
        (("val/loss < 1", "val/loss < 2", "val/loss < 3"), "All 3 checks passed."),
    ],
)
def test_the_headline_counts_the_checks(report_of, checks, headline):
    message = report_of(check=checks).verdict
    assert message.headline == headline
    assert message.passed is ("passed" in headline)


def test_more_than_five_sentences_are_counted(report_of):
    checks = [f"val/accuracy >= {limit}" for limit in ("0.99", "0.98")]
    checks += [f"val/accuracy >= 0.{limit}" for limit in range(10, 15)]
    message = report_of(check=tuple(checks)).verdict
    assert len(message.sentences) == 5
    assert message.more == (
        "1 more failure and 5 more passed checks: a JSON or JUnit output has them all."
    )
    assert len(message.failures) == 6


def test_value_and_limit_never_read_the_same_where_they_differ(report_of):
    curves = {"a": {"score/accuracy": [0.94999]}}
    (sentence,) = report_of(curves, check=("score/accuracy >= 0.95",)).verdict.sentences
    assert sentence == "a: best score/accuracy 0.94999 at step 0 is below 0.95."


@pytest.mark.parametrize(
    ("values", "check", "sentence"),
    [
        ([1.0, np.nan], "last loss < 3", "a: last loss is NaN, at step 1."),
        ([np.nan], "loss < 3", "a: loss has no finite value."),
    ],
)
def test_what_cannot_be_compared_says_so(report_of, values, check, sentence):
    assert report_of({"a": {"loss": values}}, check=(check,)).verdict.sentences == (sentence,)


def test_a_baseline_without_the_tag_says_so(report_of):
    curves = {"a": {"loss": [1.0]}, "b": {"other": [1.0]}}
    message = report_of(curves, check=("loss <= baseline",), baseline="b").verdict
    (sentence,) = message.sentences
    assert sentence == (
        "a: cannot tell whether best loss 1 is good enough, as the baseline has no finite value of "
        "it."
    )
    assert (message.passed, message.headline) == (False, "The check cannot be decided.")


def test_a_template_has_the_verdict_too(report_of, tmp_path):
    (tmp_path / "layout.md").write_text("# Mine\n\n{{ table() }}\n")
    report = report_of(
        template=str(tmp_path / "layout.md"), check=("val/loss > 1",), baseline="main"
    )
    assert report.verdict.headline == "The check failed."
    (block,) = report.sections[0].blocks
    assert "against baseline" in [item.heading for item in block.columns]


def test_a_tag_that_no_run_logged_is_refused(report_of):
    with pytest.raises(UsageError, match="no run logged losses; did you mean loss"):
        report_of({"a": {"loss": [1.0]}}, check=("losses < 3",))


def test_a_baseline_that_is_no_run_is_refused(report_of):
    with pytest.raises(UsageError, match=r"--baseline nothing: .*runs are: main, new and old"):
        report_of(baseline="nothing")


def test_the_change_has_a_sign_and_a_word_and_sorts_by_its_value(report_of):
    cells = column(report_of(baseline="main"), "against baseline")
    assert [(name, item.text, item.tone) for name, item in cells.items()] == [
        ("new", "+0.02 better", "better"),
        ("main", "baseline", ""),
        ("old", "−0.06 worse", "worse"),  # noqa: RUF001
    ]
    assert cells["old"].value < cells["main"].value < cells["new"].value


def test_a_loss_that_falls_is_better(report_of):
    report = report_of({"a": {"loss": [2.0, 1.5]}, "b": {"loss": [2.0, 1.0]}}, baseline="a")
    cells = column(report, "against baseline")
    assert (cells["b"].text, cells["b"].tone) == ("−0.5 better", "better")  # noqa: RUF001


def test_numbers_of_a_metric_have_equally_many_decimals(report_of):
    curves = {
        "a": {"val/accuracy": [0.1, 0.948], "val/loss": [2.0, 0.4]},
        "b": {"val/accuracy": [0.1, 0.8904], "val/loss": [2.0, 0.3891]},
    }
    report = report_of(curves)
    for heading, expected in (
        ("val/accuracy best", ["0.9480", "0.8904"]),
        ("val/loss last", ["0.4000", "0.3891"]),
    ):
        assert [cell.text for cell in column(report, heading).values()] == expected


def test_where_no_way_is_better_the_table_says_why_nothing_is_compared(report_of):
    report = report_of(
        {"a": {"speed": [1.0]}, "b": {"speed": [2.0]}}, baseline="a", metric=("speed",)
    )
    assert report.verdict is None
    assert "against baseline" not in [item.heading for item in report.summary.columns]
    assert "--best tells" in report.summary.note
