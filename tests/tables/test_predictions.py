"""Predictions beside a run: counts compared with plain loops and with scikit-learn."""

import sys
import warnings

import numpy as np
import pandas as pd
import pytest

import reportgen
from reportgen.tables import prediction_counts


def read(tmp_path, frame, name="predictions.csv"):
    (tmp_path / "run").mkdir(exist_ok=True)
    path = tmp_path / "run" / name
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path, index=False)
    return reportgen.read(tmp_path)


def example(size=400, classes=("ant", "bee", "cat"), digits=2):
    """Scores that are somewhat right, with ties, and the class of the highest as predicted."""
    rng = np.random.default_rng(7)
    actual = rng.integers(len(classes), size=size)
    scores = np.round(rng.random((size, len(classes))) + np.eye(len(classes))[actual] / 3, digits)
    names = np.array(classes)
    frame = pd.DataFrame({"actual": names[actual], "predicted": names[scores.argmax(axis=1)]})
    return frame.assign(**{f"score_{name}": scores[:, n] for n, name in enumerate(classes)})


@pytest.mark.parametrize("name", ["predictions.csv", "predictions.parquet"])
def test_the_matrix_counts_actual_by_predicted(tmp_path, name):
    frame = example()
    (row,) = read(tmp_path, frame, name).confusions.itertuples()
    assert row.tag == "predictions/confusion_matrix"
    assert row.labels == ("ant", "bee", "cat")
    plain = [
        [int(((frame["actual"] == a) & (frame["predicted"] == p)).sum()) for p in row.labels]
        for a in row.labels
    ]
    assert row.matrix.tolist() == plain


@pytest.mark.parametrize("name", ["predictions.csv", "predictions.parquet"])
def test_each_class_with_scores_has_a_curve_with_exact_counts(tmp_path, name):
    frame = example()
    curves = read(tmp_path, frame, name).curves
    assert sorted(curves["tag"]) == ["predictions/ant", "predictions/bee", "predictions/cat"]
    for row in curves.itertuples():
        label = row.tag.split("/")[1]
        positive, scores = frame["actual"] == label, frame[f"score_{label}"]
        assert row.thresholds.tolist() == sorted(set(scores))
        for at, threshold in enumerate(row.thresholds):
            result = scores >= threshold
            expected = [
                (result & positive).sum(),
                (result & ~positive).sum(),
                (~result & ~positive).sum(),
                (~result & positive).sum(),
            ]
            assert [getattr(row, name)[at] for name in ("tp", "fp", "tn", "fn")] == expected


def test_counts_are_those_of_scikit_learn(tmp_path):
    metrics = pytest.importorskip("sklearn.metrics")
    frame = example()
    experiment = read(tmp_path, frame)
    matrix = metrics.confusion_matrix(frame["actual"], frame["predicted"])
    assert (experiment.confusions["matrix"][0] == matrix).all()
    for row in experiment.curves.itertuples():
        label = row.tag.split("/")[1]
        positive, scores = frame["actual"] == label, frame[f"score_{label}"]
        false, true, thresholds = metrics.roc_curve(positive, scores, drop_intermediate=False)
        assert (thresholds[1:] == row.thresholds[::-1]).all()
        np.testing.assert_allclose(false[1:], (row.fp / (row.fp + row.tn))[::-1])
        np.testing.assert_allclose(true[1:], (row.tp / (row.tp + row.fn))[::-1])
        precision, recall, thresholds = metrics.precision_recall_curve(positive, scores)
        assert (thresholds == row.thresholds).all()
        np.testing.assert_allclose(precision[:-1], row.precision)
        np.testing.assert_allclose(recall[:-1], row.recall)


def test_the_report_names_the_areas_of_scikit_learn(tmp_path):
    metrics = pytest.importorskip("sklearn.metrics")
    frame = example(classes=("no", "yes"))
    report = reportgen.build(read(tmp_path, frame))
    positive, scores = frame["actual"] == "yes", frame["score_yes"]
    captions = [
        block.chart.caption()
        for section in report.sections
        for block in section.blocks
        if getattr(block, "chart", None) and "predictions/yes" in block.chart.title
    ]
    text = " ".join(captions)
    assert f"run {metrics.roc_auc_score(positive, scores):.3f}".rstrip("0") in text
    assert f"run {metrics.average_precision_score(positive, scores):.3f}".rstrip("0") in text


@pytest.mark.parametrize(
    ("actual", "predicted", "positive"),
    [
        ([0, 1, 1, 0], [0, 1, 0, 0], "1"),
        ([0.0, 1.0, 1.0, 0.0], [0, 1, 0, 0], "1"),
        ([0, 1, 1, 0], [False, True, False, False], "1"),
        ([False, True, True, False], [False, True, False, False], "True"),
        (["ham", "spam", "spam", "ham"], ["ham", "spam", "ham", "ham"], "spam"),
    ],
)
@pytest.mark.parametrize("name", ["predictions.csv", "predictions.parquet"])
def test_a_single_score_belongs_to_the_class_that_sorts_last(
    tmp_path, name, actual, predicted, positive
):
    frame = pd.DataFrame({"y_true": actual, "y_pred": predicted, "score": [0.1, 0.9, 0.4, 0.2]})
    experiment = read(tmp_path, frame, name)
    assert experiment.confusions["matrix"][0].tolist() == [[2, 0], [1, 1]]
    (row,) = experiment.curves.itertuples()
    assert row.tag == f"predictions/{positive}"
    assert row.tp.tolist() == [2, 2, 2, 1]
    assert row.fp.tolist() == [2, 1, 0, 0]


def test_a_single_score_of_many_classes_is_reported_and_not_drawn(tmp_path):
    frame = example().assign(score=0.5)[["actual", "predicted", "score"]]
    experiment = read(tmp_path, frame)
    assert experiment.curves.empty
    assert "of a class that is not named" in experiment.health["detail"].item()


def test_classes_that_are_numbers_are_sorted_by_value(tmp_path):
    frame = pd.DataFrame({"label": [10, 9, 2, 10], "prediction": [10, 2, 2, 9]})
    assert read(tmp_path, frame).confusions["labels"][0] == ("2", "9", "10")


def test_a_regression_has_no_classes(tmp_path):
    frame = pd.DataFrame({"actual": [0.5, 1.25], "predicted": [0.75, 1.0]})
    experiment = read(tmp_path, frame)
    assert experiment.confusions.empty
    assert "numbers, not classes" in experiment.health["detail"].item()


@pytest.mark.parametrize(
    ("name", "tag", "step"),
    [
        ("predictions.csv", "predictions", 0),
        ("predictions_100.csv", "predictions", 100),
        ("predictions_epoch_3.csv", "predictions", 3),
        ("predictions-step-20.parquet", "predictions", 20),
        ("predictions_test.csv", "predictions_test", 0),
        ("predictions_test_step5.csv", "predictions_test", 5),
    ],
)
def test_a_number_at_the_end_of_the_name_is_the_step(tmp_path, name, tag, step):
    (row,) = read(tmp_path, example(8), name).confusions.itertuples()
    assert (row.tag, row.step) == (f"{tag}/confusion_matrix", step)


def test_rows_without_a_class_and_missing_scores_are_counted(tmp_path):
    frame = pd.DataFrame(
        {
            "actual": ["a", None, "b", "b"],
            "predicted": ["a", "a", "b", "a"],
            "score": [0.1, 0.2, None, 0.7],
        }
    )
    experiment = read(tmp_path, frame)
    assert experiment.confusions["matrix"][0].sum() == 3
    assert experiment.curves["tp"][0].tolist() == [1, 1]
    assert dict(experiment.health[["kind", "records"]].to_numpy().tolist()) == {
        "row": 1,
        "unknown": 1,
    }


def test_a_class_without_examples_has_no_recall_and_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        row = prediction_counts.curve(np.zeros(3, bool), np.array([1.0, 2.0, 3.0]))
    assert row["fp"].tolist() == [3, 2, 1]
    assert np.isnan(row["recall"]).all()


def test_very_many_thresholds_are_decimated_with_exact_counts():
    rng = np.random.default_rng(1)
    scores, positive = rng.random(50_000), rng.random(50_000) < 0.3
    row = prediction_counts.curve(positive, scores)
    assert 900 <= len(row["thresholds"]) <= 1001
    assert row["thresholds"][0] == scores.min()
    assert row["thresholds"][-1] == scores.max()
    place = 437
    result = scores >= row["thresholds"][place]
    assert row["tp"][place] == (result & positive).sum()
    assert row["tn"][place] == (~result & ~positive).sum()


def test_only_the_most_frequent_of_many_classes_have_curves(tmp_path):
    experiment = read(tmp_path, example(300, tuple(f"c{n}" for n in range(30))))
    assert len(experiment.curves) == 20
    assert "most frequent" in experiment.health["detail"].item()


def test_every_figure_of_matrices_and_curves_takes_them(tmp_path):
    read(tmp_path, example(), "predictions_1.csv")
    read(tmp_path, example(200), "predictions_2.csv")
    experiment = read(tmp_path, example(300), "predictions_3.csv")
    kinds = {
        block.chart.kind
        for section in reportgen.build(experiment).sections
        for block in section.blocks
        if getattr(block, "chart", None)
    }
    assert kinds == {
        *("confusion", "confusion_change", "confusion_steps"),
        *("pr_curve", "pr_steps", "roc_curve", "roc_steps"),
    }


def test_columns_of_lists_are_reported(tmp_path):
    frame = pd.DataFrame({"actual": [[1], [2]], "predicted": [1, 2]})
    experiment = read(tmp_path, frame, "predictions.parquet")
    assert experiment.health["kind"].tolist() == ["not a table"]
    assert "neither numbers nor strings" in experiment.health["detail"].item()


def test_a_long_string_of_every_row_is_in_memory_once(tmp_path):
    import tracemalloc

    import pyarrow as pa
    import pyarrow.parquet as pq

    (tmp_path / "run").mkdir()
    rows = np.zeros(20_000, np.int32)
    names = pa.DictionaryArray.from_arrays(rows, pa.array(["x" * 100_000]))  # 2 GB as plain texts
    path = tmp_path / "run" / "predictions.parquet"
    pq.write_table(pa.table({"actual": names, "predicted": rows}), path)
    tracemalloc.start()
    experiment = reportgen.read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert experiment.health["kind"].tolist() == ["not a table"]
    assert peak < 50e6


def test_without_pyarrow_health_says_what_to_install(tmp_path, monkeypatch):
    read(tmp_path, example(8), "predictions.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install pyarrow" in reportgen.read(tmp_path).health["detail"].item()
