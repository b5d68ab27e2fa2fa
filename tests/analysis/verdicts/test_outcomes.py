"""Which runs meet which checks."""

import math
import operator
from types import SimpleNamespace

import numpy as np
import pytest

from reportgen.analysis.annotated import annotated
from reportgen.analysis.tag_names import parse_best
from reportgen.analysis.verdicts.baseline import find_baseline
from reportgen.analysis.verdicts.check_parser import parse_checks
from reportgen.analysis.verdicts.outcomes import meets, outcomes
from reportgen.analysis.verdicts.run_values import logged_runs
from reportgen.errors import UsageError
from reportgen.frames.experiment import frame


def run_values(rows, splits=(), best=(), groups=None, seconds=100.0):
    """Runs of rows of run, tag and values; `splits` are directories of one run."""
    flat = [
        (run, tag, step, value) for run, tag, values in rows for step, value in enumerate(values)
    ]
    names = list(dict.fromkeys(row[0] for row in rows))
    columns = {
        "run": [row[0] for row in flat],
        "tag": [row[1] for row in flat],
        "step": [row[2] for row in flat],
        "wall_time": [0.0] * len(flat),
        "value": [row[3] for row in flat],
    }
    of = [name.partition("/")[0] if name in splits else name for name in names]
    runs = frame(
        "runs",
        {
            "run": names,
            "group": of,
            "split": [name.partition("/")[2] if name in splits else "" for name in names],
            "first_step": [0] * len(names),
            "last_step": [max(len(row[2]) for row in rows if row[0] == name) - 1 for name in names],
            "first_wall_time": [1.0] * len(names),
            "last_wall_time": [1.0 + seconds] * len(names),
        },
    )
    scalars = annotated(frame("scalars", columns), runs, parse_best(best))
    return logged_runs(scalars, runs, groups or {})


def tried(rows, *checks, baseline=(), findings=(), false_alarms=0.05, **options):
    runs = run_values(rows, **options)
    parsed = parse_checks(checks, has_baseline=bool(baseline))
    return outcomes(parsed, runs, find_baseline(baseline, runs), findings, false_alarms)


def words(result):
    return {outcome.run: outcome.outcome for outcome in result}


def test_every_run_is_tried_in_order():
    result = tried([("b", "loss", [3.0, 1.0]), ("a", "loss", [2.0, 4.0])], "loss <= 1.5")
    assert [(item.run, item.value, item.step, item.passed) for item in result] == [
        ("b", 1.0, 1, True),
        ("a", 2.0, 0, False),
    ]


@pytest.mark.parametrize(
    ("check", "value", "step"),
    [
        ("acc > 0", 0.9, 1),
        ("best acc > 0", 0.9, 1),
        ("last acc > 0", 0.5, 3),
        ("lr > 0", 7.0, 1),
        ("min acc > 0", 0.1, 0),
        ("max acc > 0", 0.9, 1),
        ("mean acc > 0", 0.45, -1),
        ("median acc > 0", 0.4, -1),
        ("mean 2 acc > 0", 0.4, -1),
        ("max 2 acc > 0", 0.5, 3),
        ("2 acc > 0", 0.5, 3),
        ("mean 99 acc > 0", 0.45, -1),
        ("steps > 0", 3.0, -1),
        ("duration > 0", 100.0, -1),
        ("throughput > 0", 0.03, -1),
    ],
)
def test_a_statistic_is_of_all_or_of_the_last_points(check, value, step):
    (result,) = tried([("a", "acc", [0.1, 0.9, 0.3, 0.5]), ("a", "lr", [9.0, 7.0])], check)
    assert (result.value, result.step) == (pytest.approx(value), step)


def test_the_best_of_a_tag_without_a_better_direction_is_refused_unless_it_is_told():
    with pytest.raises(UsageError, match="add --best lr=up or =down"):
        tried([("a", "lr", [9.0, 7.0])], "best lr > 8")
    (result,) = tried([("a", "lr", [9.0, 7.0])], "best lr > 8", best=["lr=up"])
    assert result.passed


OPS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
NUMBERS = [-math.inf, -2.0, 0.0, 2.0, math.inf, math.nan]


ENDINGS = {"": "fail", " or warn": "warn", " or skip": "skip"}


def worded(outcome, ending):
    """An outcome as the end of the check wants it."""
    return "warned" if ending == " or warn" and outcome != "passed" else outcome


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("op", OPS)
def test_the_truth_table_of_numbers(op, ending):
    rows = [(str(value), "x", [1.0, value]) for value in NUMBERS]
    for limit in (-2.0, 0.0, 2.0):
        result = words(tried(rows, f"last x {op} {limit}{ending}"))
        for value in NUMBERS:
            met = math.isfinite(value) and OPS[op](value, limit)
            assert result[str(value)] == worded("passed" if met else "failed", ending)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("op", OPS)
def test_the_truth_table_of_baselines(op, ending):
    rows = [(str(value), "x", [value]) for value in NUMBERS] + [("silent", "y", [1.0])]
    for base in NUMBERS:
        result = words(
            tried(
                [*rows, ("main", "x", [base])], f"last x {op} baseline{ending}", baseline=["main"]
            )
        )
        assert result["silent"] == ("skipped" if ending == " or skip" else worded("failed", ending))
        for value in NUMBERS:
            if not math.isfinite(value):
                expected = "failed"
            elif not math.isfinite(base):
                expected = "unknown"
            else:
                expected = "passed" if OPS[op](value, base) else "failed"
            assert result[str(value)] == worded(expected, ending), (value, base)


@pytest.mark.parametrize("statistic", ["min", "max", "mean", "median", "last"])
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_finite_fails_every_statistic_but_the_best(statistic, bad):
    (result,) = tried([("a", "loss", [1.0, 1.0, bad])], f"{statistic} loss < 3")
    if statistic == "median" and not math.isnan(bad):
        assert result.passed  # of which one outlier is no part
    elif (statistic, bad) in {("min", math.inf), ("max", -math.inf)}:
        assert result.passed
    else:
        assert result.outcome == "failed"
    (result,) = tried([("a", "loss", [1.0, 1.0, bad])], "best loss < 3")
    assert result.passed


def test_a_run_that_did_not_log_what_another_did_fails_unless_it_may_be_skipped():
    rows = [("a", "loss", [1.0]), ("b", "other", [1.0])]
    assert words(tried(rows, "loss < 3")) == {"a": "passed", "b": "failed"}
    assert words(tried(rows, "loss < 3 or skip")) == {"a": "passed", "b": "skipped"}
    assert words(tried(rows, "loss < 3 or warn")) == {"a": "passed", "b": "warned"}


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("val/acuracy > 0", r"no run logged val/acuracy; did you mean val/accuracy\?"),
        ("step > 0", r"did you mean steps\?"),
        ("val/accuracy in mian > 0", r"no run matches mian; did you mean main\?"),
        ("mean steps > 0", "a run has one steps"),
        ("val/accuracy > 2 h", "is not counted in h"),
        ("grad_norm > 90%", "reaches 12, so it is no fraction"),
        ("steps > 90%", "no fraction"),
        ("no findings in mian", "no run matches mian"),
    ],
)
def test_what_does_not_fit_the_logs_is_a_usage_error(check, message):
    rows = [("main", "val/accuracy", [0.5]), ("main", "grad_norm", [12.0])]
    with pytest.raises(UsageError, match=message):
        tried(rows, check)


def test_a_log_without_scalars_refuses_every_tag():
    with pytest.raises(UsageError, match="no run logged loss"):
        tried([], "loss > 0")


def test_a_bare_percentage_is_a_hundredth():
    rows = [("a", "acc", [0.91]), ("b", "acc", [0.89])]
    assert words(tried(rows, "acc >= 90%")) == {"a": "passed", "b": "failed"}


def test_a_logged_tag_goes_before_the_facts_of_a_run():
    rows = [("a", "duration", [7.0]), ("b", "loss", [1.0])]
    assert words(tried(rows, "duration < 8")) == {"a": "passed", "b": "failed"}


def test_a_duration_has_units():
    rows = [("a", "loss", [1.0])]
    assert words(tried(rows, "duration <= 2 min")) == {"a": "passed"}
    assert words(tried(rows, "duration <= 1 min")) == {"a": "failed"}


def test_a_pattern_selects_runs_and_groups():
    rows = [("a-s1", "loss", [1.0]), ("a-s2", "loss", [1.0]), ("b", "loss", [1.0])]
    groups = {"a-s1": "first", "a-s2": "first"}
    assert list(words(tried(rows, "loss in b < 3", groups=groups))) == ["b"]
    assert list(words(tried(rows, "loss in fir* < 3", groups=groups))) == ["a-s1", "a-s2"]
    assert list(words(tried(rows, "loss in /2$/ < 3", groups=groups))) == ["a-s2"]


def test_limits_from_the_baseline_are_tried_on_all_others():
    rows = [("main", "loss", [0.5]), ("a", "loss", [0.52]), ("b", "loss", [0.53])]
    relative = tried(rows, "loss <= baseline + 5%", baseline=["main"])
    assert words(relative) == {"a": "passed", "b": "failed"}
    absolute = tried(rows, "loss <= 0.51", baseline=["main"])
    assert words(absolute) == {"main": "passed", "a": "failed", "b": "failed"}


def test_several_baseline_runs_count_by_their_mean():
    rows = [("m1", "loss", [0.4]), ("m2", "loss", [0.6]), ("a", "loss", [0.51])]
    (result,) = tried(rows, "loss <= baseline", baseline=["m*"])
    assert (result.limit, result.baseline_runs, result.outcome) == (0.5, 2, "failed")


def test_a_baseline_that_is_alone_fails():
    (result,) = tried([("main", "loss", [1.0])], "loss <= baseline", baseline=["main"])
    assert (result.run, result.outcome, result.reason) == ("", "failed", "nothing to compare")


def seeds(name, values):
    return [(f"{name}-s{seed}", "loss", [value]) for seed, value in enumerate(values)]


BASE = seeds("base", [1.0, 1.1, 0.9, 1.05, 0.95])
GROUPS = {f"{name}-s{seed}": name for name in ("base", "new", "old") for seed in range(5)}


@pytest.mark.parametrize(("values", "outcome"), [([1.1], "passed"), ([1.4], "failed")])
def test_a_limit_of_noise_is_the_prediction_limit_of_the_baseline(values, outcome):
    rows = BASE + seeds("new", values)
    (result,) = tried(rows, "last loss <= baseline + noise", baseline=["base"], groups=GROUPS)
    expected = 1.0 + 2.1318467863 * 0.07905694150 * math.sqrt(1 + 1 / 5)  # t of 4 degrees
    assert result.limit == pytest.approx(expected)
    assert (result.run, result.outcome, result.baseline_runs) == ("new", outcome, 5)


def test_a_group_is_compared_by_the_mean_of_its_runs():
    rows = BASE + seeds("new", [1.0, 1.2, 1.1])
    (result,) = tried(rows, "last loss <= baseline + noise", baseline=["base"], groups=GROUPS)
    assert (result.run, result.runs, result.value) == ("new", 3, pytest.approx(1.1))


def test_the_rate_of_false_alarms_is_shared_among_candidates():
    rows = BASE + seeds("new", [1.1]) + seeds("old", [1.1])
    result = tried(rows, "last loss <= baseline + noise", baseline=["base"], groups=GROUPS)
    assert [outcome.false_alarms for outcome in result] == [0.025, 0.025]


def test_one_baseline_run_borrows_the_spread_of_other_groups_or_cannot_tell():
    check = "last loss <= baseline + noise"
    rows = [("main", "loss", [1.0]), ("new-s0", "loss", [1.5])]
    (result,) = tried(rows, check, baseline=["main"], groups=GROUPS)
    assert (result.outcome, result.reason) == ("unknown", "no noise")
    (result,) = tried(rows, f"{check} or warn", baseline=["main"], groups=GROUPS)
    assert result.outcome == "warned"
    result = tried(rows + seeds("old", [1.0, 1.01]), check, baseline=["main"], groups=GROUPS)
    assert words(result)["new"] in {"passed", "failed"}


def test_below_noise_is_for_what_should_rise():
    rows = [(run, "acc", values) for run, _, values in BASE] + [("new-s0", "acc", [0.5])]
    (result,) = tried(rows, "last acc >= baseline - noise", baseline=["base"], groups=GROUPS)
    assert result.limit < 1
    assert result.outcome == "failed"


def test_a_group_with_a_run_that_is_not_finite_fails():
    rows = BASE + seeds("new", [1.0, math.nan])
    (result,) = tried(rows, "last loss <= baseline + noise", baseline=["base"], groups=GROUPS)
    assert (result.outcome, result.reason) == ("failed", "not finite")


def test_a_metric_and_its_split_are_recognised_however_they_were_logged():
    rows = [
        ("a", "val/acc", [0.9]),
        ("a", "val_acc", [0.1]),
        ("b", "val_acc", [0.8]),
        ("c/train", "acc", [0.2]),
        ("c/validation", "acc", [0.7]),
    ]
    splits = ("c/train", "c/validation")
    values = {item.run: item.value for item in tried(rows, "val/acc > 0", splits=splits)}
    assert values == {"a": 0.9, "b": 0.8, "c": 0.7}
    (result,) = tried(rows, "acc in c > 0", splits=splits)
    assert result.value == 0.7


def test_values_of_32_bits_are_compared_as_32_bits_hold_the_limit():
    logged = float(np.float32(0.95))
    assert logged < 0.95
    assert meets(">=", logged, 0.95)
    assert not meets("<", logged, 0.95)
    assert not meets(">=", 0.95 - 1e-9, 0.95)


def finding(rule, severity, run="", group=""):
    return SimpleNamespace(rule=rule, severity=severity, run=run, group=group, sentence=f"{rule}!")


FINDINGS = [
    finding("divergence", "error", "a"),
    finding("overfitting", "warning", "b"),
    finding("restart", "note", "b"),
    finding("within-noise", "note"),
    finding("check-failed", "error", "c"),
]


@pytest.mark.parametrize(
    ("check", "failed"),
    [
        ("no findings", {"a", "b", ""}),
        ("no warning findings", {"a", "b"}),
        ("no error findings", {"a"}),
        ("no error findings in b", set()),
        ("no findings in b", {"b"}),
        ("no overfitting", {"b"}),
        ("no overfitting in a", set()),
        ("no stall", set()),
    ],
)
def test_findings_fail_a_check_that_asks_for_none(check, failed):
    rows = [(run, "loss", [1.0]) for run in "abc"]
    result = tried(rows, check, findings=FINDINGS)
    assert {outcome.run for outcome in result if outcome.outcome == "failed"} == failed
    if not failed:
        assert [outcome.outcome for outcome in result] == ["passed"]


def test_that_a_check_failed_can_be_asked_for_by_name():
    rows = [("a", "loss", [1.0]), ("b", "loss", [5.0])]
    result = tried(rows, "no check-failed", "loss < 3")
    assert [(item.run, item.outcome) for item in result] == [
        ("b", "failed"),
        ("a", "passed"),
        ("b", "failed"),
    ]


def test_findings_that_were_not_looked_for_cannot_be_decided():
    (result,) = tried([("a", "loss", [1.0])], "no findings", findings=None)
    assert (result.outcome, result.reason) == ("unknown", "no findings")
