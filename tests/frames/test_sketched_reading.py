"""Large logs are read into sketches, and the report is the same."""

import json
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen import Options, pipeline
from reportgen.analysis.levels import NO_VALUE
from reportgen.errors import UsageError
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.frames import sketched_reading
from reportgen.report import build as building
from reportgen.series.smoothing import parse_smoothing
from reportgen.settings import parse_settings

pytestmark = pytest.mark.slow  # logs large enough to be sketched

SEVERAL = {"loss": 3_000, "val/loss": 900, "accuracy": 2_500, "few": 3, "lr": 1_500}


def write(folder, counts, seed=0, start=0):
    """Write one event file with `counts[tag]` values of each tag, a few of them not finite."""
    random = np.random.default_rng(seed)
    with SummaryWriter(str(folder), flush_secs=1) as writer:
        for step in range(start, start + max(counts.values())):
            for tag, count in counts.items():
                if step - start < count:
                    value = 1 / (1 + step) + random.normal(0, 0.3)
                    value = random.choice([value] * 50 + [np.nan, np.inf, -np.inf, 40.0])
                    writer.add_scalar(tag, value, step, walltime=1e9 + step)


@pytest.fixture(scope="module")
def logdir(tmp_path_factory):
    """Write a run of three files, and a run with a validation split."""
    top = tmp_path_factory.mktemp("logs")
    for index in range(3):
        write(top / "runs" / "a", SEVERAL, index, index * 3_000)
        place = next(path for path in (top / "runs" / "a").glob("events*"))
        place.rename(place.with_name(f"{index}.tfevents"))
    for index, place in enumerate(("b", "b/validation")):
        write(top / "runs" / place, {"loss": 2_000, "rate/x": 700, "nan": 5}, 9 + index)
    with SummaryWriter(str(top / "runs" / "b")) as writer:
        for step in range(1_300):
            writer.add_scalar("all bad", float("nan"), step // 2, walltime=1e9 + step)
    return top / "runs"


@pytest.fixture
def both(logdir, monkeypatch):
    """Return a function that makes reports of the same logs, from all rows and from sketches."""

    def make(**options):
        options = Options(**options)
        settings = parse_settings(options)
        whole = reportgen.build(reportgen.read(logdir, tags=settings.tags), options)
        monkeypatch.setattr(sketched_reading, "LARGE", 0)
        rows = reportgen.read(logdir, tags=settings.tags, sketched=settings.smoothing)
        few = reportgen.build(rows, options)
        assert few.experiment.sketched
        assert len(few.experiment.scalars) < len(whole.experiment.scalars)
        return whole, few

    return make


def without_ranks(ranking):
    """Return a ranking without what decides it, the runs by name."""
    runs = (
        replace(run, reached=tuple(item and replace(item, ranked=NO_VALUE) for item in run.reached))
        for run in by_name(ranking)
    )
    return replace(ranking, runs=tuple(runs))


def by_name(ranking):
    return sorted(ranking.runs, key=lambda run: run.group)


def charts(report):
    """Return the charts of curves by title."""
    all_charts = [figure.chart for figure in report.figures()]
    return {chart.title: chart for chart in all_charts if isinstance(chart, CurveChart)}


@pytest.mark.parametrize("smooth", ["auto", "tb:0.6", "ema:30", "window:70", "off"])
def test_the_figures_are_the_same(both, smooth):
    whole, few = (charts(report) for report in both(smooth=smooth))
    assert list(whole) == list(few)
    for title, chart in whole.items():
        # Of a sketch, the values beyond the axis are counted among its rows: "at least 3 values".
        beyond = r"(at least )?[\d,]+ values? lies? beyond"
        captions = (item.caption() for item in (chart, few[title]))
        assert len({re.sub(beyond, "some lie beyond", caption) for caption in captions}) == 1
        # A sketch is ranked by means of equal stretches, see the test of the ranking below.
        words = (item.alt().partition("Mean of the best ")[0] for item in (chart, few[title]))
        assert len(set(words)) == 1
        assert chart.limits == few[title].limits
        assert bool(few[title].outliers) == bool(chart.outliers)
        assert few[title].outliers <= chart.outliers
        for series, other in zip(chart.series, few[title].series, strict=True):
            for name in ("steps", "x", "raw", "sample", "non_finite"):
                np.testing.assert_array_equal(getattr(series, name), getattr(other, name))
            np.testing.assert_allclose(series.smoothed, other.smoothed, rtol=1e-9, atol=1e-12)
            np.testing.assert_array_equal(series.counts, other.counts)
            np.testing.assert_allclose(series.means, other.means, rtol=1e-9, atol=1e-9)
            assert (series.points, series.bad) == (other.points, other.bad)
            if not chart.best_kind:
                assert series.best_step == other.best_step
                np.testing.assert_equal(series.best, other.best)


def test_a_logarithmic_scale_skips_the_same_values(both):
    whole, few = (charts(report) for report in both(log_y=True))
    assert any(chart.unscaled for chart in whole.values())
    for title, chart in whole.items():
        # Of a sketch, the values beyond the axis are counted among its rows: "at least 3 values".
        beyond = r"(at least )?[\d,]+ values? lies? beyond"
        captions = (item.caption() for item in (chart, few[title]))
        assert len({re.sub(beyond, "some lie beyond", caption) for caption in captions}) == 1


def test_the_summary_and_the_facts_of_the_runs_are_the_same(both):
    whole, few = both()
    assert without_ranks(whole.ranking) == without_ranks(few.ranking)
    assert whole.facts == few.facts
    assert whole.experiment.runs.equals(few.experiment.runs)


def test_the_value_that_ranks_a_run_is_the_same_within_its_noise(both):
    whole, few = both()
    pairs = [
        (reached, other)
        for run, sketched_run in zip(by_name(whole.ranking), by_name(few.ranking), strict=True)
        for reached, other in zip(run.reached, sketched_run.reached, strict=True)
        if reached is not None and not np.isnan(reached.value)
    ]
    assert pairs
    for reached, other in pairs:
        assert abs(reached.value - other.value) <= 2 * reached.ranked.level.error
        assert abs(reached.ranked.level.points / other.ranked.level.points - 1) < 0.2


def test_machine_readable_outputs_differ_only_in_what_health_says(logdir, tmp_path, monkeypatch):
    written = []
    for limit in (sketched_reading.LARGE, 0):
        monkeypatch.setattr(sketched_reading, "LARGE", limit)
        outputs = [tmp_path / "r.json", f"openmetrics:{tmp_path / 'r.txt'}"]
        pipeline.generate([logdir], outputs)
        facts = json.loads((tmp_path / "r.json").read_text())
        written.append((facts, (tmp_path / "r.txt").read_text()))
        facts.pop("statements")  # what leads, by the values that runs are ranked by
        facts["runs"].sort(key=lambda run: run["run"])
        for run in facts["runs"]:
            for metric in run["metrics"].values():
                metric.pop("value")
                metric.pop("value_kind")
        for series in facts["scalars"]:  # a sketch has only the last of the last 20 values
            tail = series.pop("tail")
            series["last_of_tail"] = tail["steps"][-1], tail["values"][-1]
        result = [finding for finding in facts.pop("findings") if finding["rule"] == "non-finite"]
        assert [finding["severity"] for finding in result] == ["error", "note"]
    (whole, metrics), (few, others) = written
    assert metrics == others
    not_looked_for = {"pause", "large"}
    health = [
        [row for row in facts.pop("health") if row["kind"] not in not_looked_for]
        for facts in (whole, few)
    ]
    assert health[0] == health[1]
    assert {row["kind"] for row in health[0]} == {"not finite", "repeated"}
    assert whole == few


def test_steps_that_go_back_are_counted(tmp_path, monkeypatch):
    for start, name in ((0, "0.tfevents"), (700, "1.tfevents")):
        write(tmp_path / "runs", {"loss": 1_000, "few": 5}, start=start)
        next((tmp_path / "runs").glob("events*")).rename(tmp_path / "runs" / name)
    whole = reportgen.read(tmp_path / "runs").health
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    few = reportgen.read(tmp_path / "runs", sketched=parse_smoothing("off")).health
    of_whole, of_few = (frame[frame["kind"] == "backwards"] for frame in (whole, few))
    assert of_whole["records"].tolist() == [1]
    assert of_whole.to_dict("records") == of_few.to_dict("records")


def test_the_report_says_once_that_pauses_were_not_looked_for(both):
    few = both()[1]
    health = few.experiment.health
    (row,) = health[health["kind"] == "large"].to_dict("records")
    assert "not looked for" in row["detail"]
    assert row["records"] == len(both()[0].experiment.scalars)


@pytest.mark.parametrize(
    "options",
    [{"x": "time"}, {"log_x": True}, {"restarts": "step"}, {"smooth": "window:1000000"}],
)
def test_every_row_is_read_if_the_figures_need_them(logdir, tmp_path, monkeypatch, options):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    assert not sketched(monkeypatch, logdir, tmp_path / "r.json", **options)


@pytest.mark.parametrize("name", ["r.csv", "r.parquet"])
def test_every_row_is_read_if_an_output_contains_them(logdir, tmp_path, monkeypatch, name):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    assert not sketched(monkeypatch, logdir, tmp_path / name)


def test_every_row_is_read_if_a_session_voids_some(tmp_path, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    write(tmp_path / "runs", {"loss": 1_000})
    assert sketched(monkeypatch, tmp_path / "runs", tmp_path / "r.json")
    next((tmp_path / "runs").glob("events*")).rename(tmp_path / "runs" / "0.tfevents")
    with SummaryWriter(str(tmp_path / "runs"), purge_step=500) as writer:
        writer.add_scalar("loss", 1.0, 500)
    assert not sketched(monkeypatch, tmp_path / "runs", tmp_path / "r.json")
    assert sketched(monkeypatch, tmp_path / "runs", tmp_path / "r.json", restarts="keep-all")


def test_a_session_that_starts_before_any_value_voids_none(tmp_path, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    with SummaryWriter(str(tmp_path / "runs"), purge_step=10) as writer:
        for step in range(10, 2_000):
            writer.add_scalar("loss", step, step)
    assert sketched(monkeypatch, tmp_path / "runs", tmp_path / "r.json")
    scalars = reportgen.read(tmp_path / "runs", sketched=parse_smoothing("off")).scalars
    assert scalars["points"].unique().tolist() == [1_990]


def test_every_row_is_read_if_a_chart_joins_tags(tmp_path, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    tags = ["mean", "lower", "upper"]
    with SummaryWriter(str(tmp_path / "runs")) as writer:
        writer.add_custom_scalars_marginchart(tags)
        for tag in tags:
            writer.add_scalar(tag, 1.0, 0)
    assert not sketched(monkeypatch, tmp_path / "runs", tmp_path / "r.json")


def test_folded_runs_that_share_a_tag_are_one_series(tmp_path, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    write(tmp_path / "runs", {"other": 5})
    for place in ("a/b/c", "a_b_c"):
        write(tmp_path / "runs" / place, {"a/b": 1_500})
    scalars = reportgen.read(tmp_path / "runs", sketched=parse_smoothing("off")).scalars
    assert (scalars["tag"] == "a/b/c").sum() == 3_000
    assert not {"points", "smoothed"} & set(scalars)


def test_runs_may_be_read_in_other_processes(logdir, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    here = reportgen.read(logdir, sketched=parse_smoothing("tb:0.6"))
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        there = reportgen.read(logdir, sketched=parse_smoothing("tb:0.6"), executor=executor)
    assert here.scalars.equals(there.scalars)
    assert here.runs.equals(there.runs)


def test_small_logs_and_read_without_sketches_keep_every_row(logdir, tmp_path, monkeypatch):
    assert not sketched(monkeypatch, logdir, tmp_path / "r.json")
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    assert not reportgen.read(logdir).sketched


def sketched(monkeypatch, logs, output, **options):
    """Return whether a report is made from sketches."""
    is_sketched = []
    build = building.build

    def look(experiment, *rest):
        is_sketched.append(experiment.sketched)
        return build(experiment, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(building, "build", look)
        pipeline.generate([logs], [output], Options(**options))
    return is_sketched[0]


def test_formats_that_hold_every_scalar_refuse_a_sketch(logdir, tmp_path, monkeypatch):
    monkeypatch.setattr(sketched_reading, "LARGE", 0)
    report = reportgen.build(reportgen.read(logdir, sketched=parse_smoothing("tb:0.6")))
    for name in ("scalars.csv", "scalars.parquet"):
        with pytest.raises(UsageError, match="only some of them; read them without sketched="):
            reportgen.write(report, tmp_path / "report.html", tmp_path / name)
    assert not [*tmp_path.iterdir()]
    reportgen.write(report, tmp_path / "report.json")


def test_a_column_of_the_caller_that_is_called_as_one_of_a_sketch_changes_nothing(tmp_path):
    write(tmp_path / "run", {"loss": 50}, 0)
    plain = reportgen.read(tmp_path)
    extra = dict.fromkeys(("smoothed", "points", "x", "line", "index", "total"), 1.0)
    theirs = replace(plain, scalars=plain.scalars.assign(**extra))
    assert not theirs.sketched
    (expected,), (chart,) = (
        [block.chart for block in reportgen.build(content).figures()] for content in (plain, theirs)
    )
    assert chart.data().equals(expected.data())
    assert chart.caption() == expected.caption()
    reportgen.write(reportgen.build(theirs), tmp_path / "scalars.csv")
    assert "smoothed" in (tmp_path / "scalars.csv").read_text()
