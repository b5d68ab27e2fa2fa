"""What each row of scalars measures, by its tag, its run and the user's word."""

import pandas as pd

from reportgen.analysis.annotated import annotated


def _rows(*series, splits=None):
    scalars = pd.DataFrame(
        [(run, tag, 0, 0.0, 1.0) for run, tag in series],
        columns=["run", "tag", "step", "wall_time", "value"],
    )
    names = list(dict.fromkeys(run for run, _ in series))
    runs = pd.DataFrame(
        {
            "run": names,
            "group": [name.partition("/")[0] for name in names],
            "split": [(splits or {}).get(name, "") for name in names],
        }
    )
    return scalars, runs


def _metrics(*series):
    return annotated(*_rows(*series))["metric"].tolist()


def test_a_row_has_the_role_split_direction_and_level_of_its_tag():
    frame = annotated(*_rows(("r", "val_loss"), ("r", "rollout/ep_rew_mean"), ("r", "lr")))
    columns = ["metric", "split", "direction", "role", "level"]
    assert frame[columns].to_numpy().tolist() == [
        ["loss", "validation", "down", "objective", "best"],
        ["rollout/ep_rew_mean", "", "up", "objective", "end"],
        ["lr", "", "", "schedule", "best"],
    ]


def test_the_split_of_a_directory_counts_where_the_tag_names_none():
    scalars, runs = _rows(("r/test", "v_loss"), splits={"r/test": "test"})
    assert annotated(scalars, runs)["split"].tolist() == ["test"]


def test_the_user_overrides_the_direction_by_tag_or_metric():
    scalars, runs = _rows(("r", "val/score"), ("r", "lr"), ("r", "loss"))
    best = {"score": "up", "lr": "down", "loss": ""}
    assert annotated(scalars, runs, best)["direction"].tolist() == ["up", "down", ""]


def test_spellings_of_two_runs_are_one_metric():
    assert _metrics(("a", "val_acc"), ("b", "val_accuracy"), ("c", "val_acc")) == ["acc"] * 3
    assert _metrics(("a", "train_loss_epoch"), ("a", "val_loss")) == ["loss"] * 2


def test_spellings_of_one_run_and_split_are_two_metrics():
    assert _metrics(("a", "acc"), ("a", "accuracy"), ("b", "acc")) == ["acc", "accuracy", "acc"]
    assert _metrics(("a", "train/loss"), ("a", "train/train_loss")) == ["loss", "train_loss"]


def test_tags_that_only_tell_how_training_behaves_keep_their_spelling():
    assert _metrics(("a", "grad_norm"), ("b", "grad/norm")) == ["grad_norm", "grad/norm"]
