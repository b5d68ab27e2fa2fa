"""All rules together: order, what is covered, the frame, thresholds."""

import numpy as np
import pytest

from analysis.findings.observed import experiment, falling
from reportgen.analysis.findings.find import find
from reportgen.analysis.findings.finding import SEVERITIES
from reportgen.analysis.findings.findings_frame import COLUMNS, findings_frame
from reportgen.analysis.findings.rules import RULES, parse_rules
from reportgen.errors import UsageError

NAMES = {
    *("non-finite", "loss-spike", "divergence", "not-learning", "overfitting", "still-improving"),
    *("vanishing-gradients", "exploding-gradients", "dead-units", "straggler", "stall", "restart"),
    *("confused-classes", "within-noise", "constant-metric", "rank-mismatch", "odd-layer"),
    "check-failed",
}


def broken():
    loss = falling(200)
    loss[150:] = np.nan
    rising = falling(100)
    rising[50:] += np.linspace(0, 0.8, 50)
    return experiment(
        {
            "a": {"train/loss": falling(400), "val/loss": (np.arange(0, 400, 4), rising)},
            "b": {"train/loss": loss},
        }
    )


def rules_of(findings):
    return [finding.rule for finding in findings]


def test_the_names_of_the_rules_are_a_contract():
    assert set(RULES) == NAMES
    assert all(rule.is_on for rule in RULES.values())


def test_errors_come_first():
    findings = find(broken())
    assert rules_of(findings) == ["non-finite", "overfitting"]
    places = [SEVERITIES.index(finding.severity) for finding in findings]
    assert places == sorted(places)


def test_a_healthy_run_has_no_finding():
    healthy = {"train/loss": falling(400), "val/loss": (np.arange(0, 400, 4), falling(100, seed=1))}
    assert find(experiment({"run": healthy})) == ()


def test_an_empty_experiment_has_no_finding():
    assert find(experiment({})) == ()


def test_the_same_logs_give_the_same_findings():
    assert find(broken()) == find(broken())


def test_rules_can_be_switched_off():
    settings = parse_rules(["overfitting=off"])
    assert rules_of(find(broken(), enabled=settings.enabled)) == ["non-finite"]


def test_thresholds_are_applied():
    settings = parse_rules(["overfitting.sigmas=1000"])
    assert rules_of(find(broken(), thresholds=settings.thresholds)) == ["non-finite"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("overfit=off", "did you mean overfitting?"),
        ("overfitting.shares=1", "did you mean share?"),
        ("overfitting=maybe", "a rule is on or off"),
        ("overfitting", "write RULE=on"),
        ("overfitting.share=2", "not a number from 0 to 1"),
        ("overfitting.share=nan", "not a number from 0 to 1"),
        ("loss-spike.z=high", "not a number"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_an_error(word, message):
    with pytest.raises(UsageError, match=r"^--rule ") as error:
        parse_rules([word])
    assert message in str(error.value)


def test_the_frame_has_the_documented_columns():
    frame = findings_frame(find(broken()))
    assert tuple(frame.columns) == COLUMNS
    assert frame["rule"].tolist() == ["non-finite", "overfitting"]
    assert frame["step"].dtype == frame["end_step"].dtype == "int64"
    assert frame["numbers"].map(type).eq(dict).all()


def test_the_frame_of_no_findings_has_the_columns_too():
    frame = findings_frame(())
    assert tuple(frame.columns) == COLUMNS
    assert frame["step"].dtype == "int64"


def test_every_threshold_has_a_source():
    thresholds = [threshold for rule in RULES.values() for threshold in rule.thresholds]
    assert all(threshold.meaning and threshold.source for threshold in thresholds)


def test_a_fault_that_all_ranks_share_is_told_once():
    loss = falling(100)
    loss[60:] = np.nan
    ranks = ("job/rank_0", "job/rank_1", "job/rank_2")
    logs = experiment({rank: {"train/loss": loss} for rank in ranks}, ranks=ranks)
    assert [(item.rule, item.run) for item in find(logs)] == [("non-finite", "job/rank_0")]


def test_a_finding_in_one_line_names_the_run():
    first = find(broken())[0]
    assert first.line.startswith("b: train/loss is NaN from step 150 on; ")
