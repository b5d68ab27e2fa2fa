"""Tables instead of, or beside, event files: which are recognised, and what is read."""

import json
import os

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.command.main import main
from reportgen.errors import InputError

pytestmark = pytest.mark.slow  # whole commands

# As Lightning's CSVLogger writes metrics.csv: one row a call of log_metrics, empty where nothing
# was logged, training and validation in rows of their own.
LIGHTNING = """\
epoch,step,train_loss,val_loss
0,9,1.5,
0,9,,1.75
1,19,0.5,
1,19,,1.0
"""
# As Keras' CSVLogger writes it.
KERAS = "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,1.0,0.4,1.1\n1,0.75,0.5,NA,NA\n"
# As Ultralytics writes results.csv: every name and number padded (before version 8.1; later not).
ULTRALYTICS = """\
                  epoch,         train/box_loss,       metrics/mAP50(B),              val/box_loss
                      0,                    1.5,                   0.25,                      1.75
                      1,                    1.0,                    0.5,                       1.5
"""
# As Hugging Face's Trainer saves trainer_state.json (abridged).
HISTORY = [
    {"epoch": 0.5, "grad_norm": 1.5, "learning_rate": 5e-05, "loss": 2.0, "step": 10},
    {"epoch": 1.0, "eval_loss": 1.5, "eval_runtime": 0.5, "step": 20},
    {"epoch": 1.0, "learning_rate": 2e-05, "loss": 1.0, "step": 20},
    {"epoch": 1.0, "step": 20, "total_flos": 1000000000000000.0, "train_loss": 1.5},
]
TRAINER = json.dumps({"best_metric": None, "global_step": 20, "log_history": HISTORY}, indent=2)


def put(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def series(scalars):
    """(step, value) of each tag."""
    columns = (scalars[name].tolist() for name in ("tag", "step", "value"))
    result = {}
    for tag, step, value in zip(*columns, strict=True):
        result.setdefault(tag, []).append((step, value))
    return result


def health_of(experiment):
    """Kind: records of each row of health."""
    return dict(zip(experiment.health["kind"], experiment.health["records"], strict=True))


def test_lightnings_metrics_are_at_their_steps(tmp_path):
    put(tmp_path, "version_0/metrics.csv", LIGHTNING)
    put(tmp_path, "version_0/hparams.yaml", "lr: 0.5\n")
    experiment = reportgen.read(tmp_path)
    assert series(experiment.scalars) == {
        "epoch": [(9, 0), (19, 1)],
        "train_loss": [(9, 1.5), (19, 0.5)],
        "val_loss": [(9, 1.75), (19, 1.0)],
    }
    assert experiment.runs["run"].tolist() == ["version_0"]
    assert experiment.hparams["value"].tolist() == [0.5]
    assert experiment.health.empty


@pytest.mark.parametrize("name", ["training.log", "net_training.log", "history.csv", "log.csv"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_keras_rows_are_epochs_and_na_is_missing(tmp_path, name, delimiter):
    put(tmp_path, name, KERAS.replace(",", delimiter))
    assert series(reportgen.read(tmp_path).scalars) == {
        "accuracy": [(0, 0.5), (1, 0.75)],
        "loss": [(0, 1.0), (1, 0.5)],
        "val_accuracy": [(0, 0.4)],
        "val_loss": [(0, 1.1)],
    }


def test_spaces_around_ultralytics_names_are_removed(tmp_path):
    put(tmp_path, "detect/train/results.csv", ULTRALYTICS)
    experiment = reportgen.read(tmp_path)
    assert series(experiment.scalars) == {
        "train/box_loss": [(0, 1.5), (1, 1.0)],
        "metrics/mAP50(B)": [(0, 0.25), (1, 0.5)],
        "val/box_loss": [(0, 1.75), (1, 1.5)],
    }


def test_ultralytics_directory_called_train_is_a_run_and_no_split(tmp_path):
    for name in ("train", "train2"):
        put(tmp_path, f"detect/{name}/results.csv", ULTRALYTICS)
    runs = reportgen.read(tmp_path).runs
    assert runs["split"].tolist() == ["", ""]
    assert runs["group"].tolist() == ["detect/train", "detect/train2"]


def test_the_trainers_history_is_read(tmp_path):
    put(tmp_path, "trainer_state.json", TRAINER)
    result = series(reportgen.read(tmp_path).scalars)
    assert result["loss"] == [(10, 2.0), (20, 1.0)]
    assert result["eval_loss"] == [(20, 1.5)]
    assert result["learning_rate"] == [(10, 5e-05), (20, 2e-05)]
    assert result["epoch"] == [(10, 0.5), (20, 1.0)]


def test_only_the_last_checkpoint_of_a_directory_is_read(tmp_path):
    for step in (500, 1000):
        put(tmp_path, f"out/checkpoint-{step}/trainer_state.json", TRAINER)
    runs = reportgen.read(tmp_path).runs
    assert runs["run"].tolist() == ["out"]
    assert runs["path"][0].endswith("checkpoint-1000")
    experiment = reportgen.read(tmp_path / "out" / "checkpoint-500")
    assert experiment.runs["run"].tolist() == ["checkpoint-500"]


def test_a_state_beside_the_checkpoints_or_event_files_override_checkpoints(tmp_path):
    for place in ("checkpoint-500/", ""):
        put(tmp_path, f"out/{place}trainer_state.json", TRAINER)
    assert reportgen.read(tmp_path).runs["path"].tolist() == [str(tmp_path / "out")]
    with SummaryWriter(str(tmp_path / "out" / "runs" / "Nov24_host")) as writer:
        writer.add_scalar("train/loss", 1, 10)
    assert reportgen.read(tmp_path).runs["run"].tolist() == ["out/runs/Nov24_host"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("metrics.csv", "name,price\napple,1\n"),
        ("metrics.csv", "step\n1\n"),
        ("results.csv", "query,hits\na,1\n"),
        ("log.csv", "time,message\n1,started\n"),
        ("log.csv", "epoch,message\nfirst,started\n"),
        ("training.log", "INFO epoch 1, loss 0.5\n"),
        ("history.csv", "step,loss\n1,2\n"),
        ("data.csv", KERAS),
        ("state.json", TRAINER),
        ("predictions.csv", "id,guess\n1,2\n"),
        ("my_predictions.csv", "actual,predicted\n1,1\n"),
    ],
)
def test_other_files_are_ignored_and_make_no_run(tmp_path, name, text):
    path = put(tmp_path, name, text)
    for values in (tmp_path, path):
        with pytest.raises(InputError) as caught:
            reportgen.read(values)
        assert "\n" not in str(caught.value)


def test_an_empty_table_makes_no_run(tmp_path):
    put(tmp_path, "metrics.csv", "")
    with pytest.raises(InputError):
        reportgen.read(tmp_path)


def test_a_table_may_be_given_as_the_path(tmp_path):
    path = put(tmp_path, "run/metrics.csv", LIGHTNING)
    put(tmp_path, "run/results.csv", ULTRALYTICS)
    assert reportgen.read(path).scalars["tag"].nunique() == 3
    assert main([str(path), "-o", str(tmp_path / "r.html")]) == 0
    assert "val_loss" in (tmp_path / "r.html").read_text()


def test_an_event_file_overrides_a_table_with_the_same_tags(tmp_path):
    put(tmp_path, "run/metrics.csv", LIGHTNING)
    with SummaryWriter(str(tmp_path / "run")) as writer:
        writer.add_scalar("train_loss", 8, 9)
    experiment = reportgen.read(tmp_path)
    result = series(experiment.scalars)
    assert result["train_loss"] == [(9, 8)]
    assert result["val_loss"] == [(9, 1.75), (19, 1.0)]
    assert health_of(experiment) == {"doubled": 2}
    assert experiment.health["file"][0].endswith("metrics.csv")


def test_kinds_and_tags_that_are_not_selected_are_dropped(tmp_path):
    put(tmp_path, "run/metrics.csv", LIGHTNING)
    put(tmp_path, "run/predictions.csv", "actual,predicted\na,b\n")
    assert reportgen.read(tmp_path, kinds=["confusions"]).scalars.empty
    assert reportgen.read(tmp_path, kinds=["scalars"]).confusions.empty
    assert set(reportgen.read(tmp_path, tags="val*").scalars["tag"]) == {"val_loss"}


def test_damaged_lines_are_counted_and_the_others_kept(tmp_path):
    lines = ["epoch,loss,note", "0,1.0,", "x,1.0,", "1,0.5", "2,0.25,best", "", "3,0.125,", '4,"0.']
    put(tmp_path, "log.csv", "\n".join(lines))
    experiment = reportgen.read(tmp_path)
    assert series(experiment.scalars) == {"loss": [(0, 1.0), (2, 0.25), (3, 0.125)]}
    assert health_of(experiment) == {"row": 3, "unknown": 1}
    assert "column note" in experiment.health.query("kind == 'unknown'")["detail"].item()


def test_values_that_are_not_finite_are_kept(tmp_path):
    put(tmp_path, "metrics.csv", "step,loss\n1,nan\n2,inf\n")
    values = reportgen.read(tmp_path).scalars["value"].to_numpy()
    assert np.isnan(values[0])
    assert np.isinf(values[1])


def test_invalid_entries_of_a_history_are_counted(tmp_path):
    state = {"log_history": [3, {"loss": 1}, {"step": 1, "loss": [1], "lr": 10**400, "f1": True}]}
    put(tmp_path, "trainer_state.json", json.dumps(state))
    health = reportgen.read(tmp_path).health
    assert health["kind"].tolist() == ["row", "unknown", "unknown", "unknown"]
    assert health["records"].tolist() == [2, 1, 1, 1]


HOSTILE = {
    "metrics.csv": [
        "step," + ",".join(f"c{n}" for n in range(5000)) + "\n1\n",
        "step,a\n" + "9" * 5000 + ",1\n1e400,1\nnan,1\n",
        b"step,a\n\xff\xfe,\x00\n\x00\x00\n",
        "step,a\n" + '"' + "x" * 300_000,
        "step,a\r1,2\r",
        "step,a\n1," + "1" * 300_000 + "\n",
        "step,=cmd(),<script>alert(1)</script>\n1,2,3\n",
        "step,a,a\n1,2,3\n",
    ],
    "trainer_state.json": [
        "",
        "[" * 100_000,
        '{"log_history": 5}',
        '{"log_history": [{"step": 1' + "0" * 5000 + "}]}",
        '{"log_history": [{"step": 1, "' + "x" * 10_000 + '": "text"}]}',
        json.dumps({"log_history": [{"step": 1} | {f"t{n}": n for n in range(5000)}]}),
        json.dumps({"log_history": [{"step": 1} | {f"t{n}": "x" for n in range(5000)}]}),
        b"\xff\x00",
    ],
    "predictions.csv": [
        "actual,predicted\n",
        "actual,predicted\n,\n",
        "actual,predicted,actual\na,b,c\n",
        "actual,predicted\n" + "".join(f"{n},c{n}\n" for n in range(2000)),
        "actual,predicted\n0.5,0.25\n",
        "actual,predicted,score\na,b,x\nb,a,nan\n",
        "actual,predicted,score_,score_zzz\na,b,1,1e999\n",
        "actual,predicted\n<script>," + "x" * 5000 + "\n<b>,<b>\n",
        "actual,predicted,score\na,a,1e308\nb,b,-1e308\n",
    ],
    "predictions.parquet": [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"],
}


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, texts in HOSTILE.items() for text in texts],
    ids=lambda value: value if isinstance(value, str) and value in HOSTILE else "",
)
def test_hostile_tables_give_a_report_or_one_line(tmp_path, name, text):
    put(tmp_path, f"hostile/{name}", text)
    put(tmp_path, "fine/metrics.csv", LIGHTNING)
    experiment = reportgen.read(tmp_path)
    assert set(series(experiment.scalars.query("run == 'fine'"))) == {
        "epoch",
        "train_loss",
        "val_loss",
    }
    assert len(experiment.health) < 3000
    reportgen.build(experiment)


def test_a_table_that_cannot_be_read_is_reported(tmp_path):
    path = put(tmp_path, "run/trainer_state.json", "{")
    put(tmp_path, "fine/metrics.csv", LIGHTNING)
    assert health_of(reportgen.read(tmp_path)) == {"not a table": 1}
    with pytest.raises(InputError, match="trainer_state"):
        reportgen.read(path)


def test_a_table_that_is_too_large_is_not_read(tmp_path):
    path = put(tmp_path, "run/metrics.csv", LIGHTNING)
    with path.open("r+b") as file:
        file.truncate(1 << 30)
    assert health_of(reportgen.read(tmp_path)) == {"not a table": 1}


def test_a_fifo_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "metrics.csv")
    with pytest.raises(InputError):
        reportgen.read(tmp_path)


@pytest.mark.parametrize("axis", ["step", "epoch", "time", "wall"])
def test_every_output_copes_without_wall_times(tmp_path, axis):
    for rank in range(3):
        put(tmp_path, f"net/rank_{rank}/metrics.csv", LIGHTNING)
    put(tmp_path, "keras/training.log", KERAS)
    put(tmp_path, "keras/predictions.csv", "actual,predicted,score\na,b,0.9\nb,b,0.8\na,a,0.1\n")
    names = ["r.html", "r.md", "r.json", "r.csv", "r.parquet", "r.eml", "openmetrics:r.txt"]
    outputs = [name.replace("r.", f"{tmp_path}/r.") for name in names]
    arguments = [piece for output in outputs for piece in ("-o", output)]
    assert main([str(tmp_path), *arguments, "--x", axis]) == 0
    runs = json.loads((tmp_path / "r.json").read_text())["runs"]
    assert {run["seconds"] for run in runs} == {None}
    experiment = reportgen.read(tmp_path)
    assert experiment.scalars["wall_time"].isna().all()
    assert experiment.runs[["first_wall_time", "last_wall_time"]].isna().all(axis=None)


def test_the_facts_of_a_report_leave_out_unknown_times(tmp_path):
    put(tmp_path, "metrics.csv", LIGHTNING)
    assert reportgen.build(reportgen.read(tmp_path)).facts == ("1 run", "steps 9 to 19")


def test_tables_in_an_archive_are_read(tmp_path):
    import shutil

    put(tmp_path, "logs/a/metrics.csv", LIGHTNING)
    put(tmp_path, "logs/a/predictions_3.csv", "label,prediction\nx,y\n")
    archive = shutil.make_archive(str(tmp_path / "logs"), "zip", tmp_path / "logs")
    experiment = reportgen.read(archive)
    assert experiment.scalars["tag"].nunique() == 3
    assert experiment.confusions["step"].tolist() == [3]
