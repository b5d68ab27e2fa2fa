"""A report at the end of a training never breaks, delays or hangs it."""

import os
import signal
import subprocess
import sys

import pytest

import reportgen
from reportgen.integrations import finish
from reportgen.integrations.failure import failure_notes

pytestmark = pytest.mark.slow  # whole commands, one after the other

TRAINING = """
import os, sys, reportgen
from tensorboardX import SummaryWriter
with reportgen.after("runs", "report.md", **{options}):
    with SummaryWriter("runs/a") as writer:
        for step in range(5):
            writer.add_scalar("loss", 1 / (step + 1), step)
    {ending}
print("went on")
"""


def train(folder, ending="pass", options=None, environment=None, **arguments):
    """A training as a program of its own; `ending` stands at the end of the block."""
    code = TRAINING.format(ending=ending, options=options or {})
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        **arguments,
    )


def test_a_training_that_finishes_leaves_a_report(tmp_path):
    done = train(tmp_path, options={"title": "Nightly", "check": ["loss < 1", "steps >= 1"]})
    assert (done.returncode, done.stdout) == (0, "went on\n")
    text = (tmp_path / "report.md").read_text()
    assert text.startswith("# Nightly\n")
    assert "2 checks passed" in text or "Both checks passed" in text
    assert "Wrote report.md" in done.stderr


def test_a_training_that_fails_leaves_a_report_with_its_exception(tmp_path):
    done = train(tmp_path, "raise ValueError('bad <b>batch</b> @you #1')")
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("ValueError: bad <b>batch</b> @you #1")
    text = (tmp_path / "report.md").read_text()
    assert "### The training failed" in text
    assert "```text\nValueError: bad <b>batch</b> @you #1\n  in <module>, <string>:" in text
    assert str(tmp_path) not in text
    assert "| a |" in text


def test_the_users_notes_stand_after_the_exception(tmp_path):
    (tmp_path / "mine.md").write_text("My *plan*.")
    train(tmp_path, "raise KeyboardInterrupt", {"notes": "mine.md"})
    text = (tmp_path / "report.md").read_text()
    assert text.index("The training was interrupted") < text.index("My *plan*.")


@pytest.mark.parametrize("name", ["RANK", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "LOCAL_RANK"])
def test_of_eight_ranks_one_writes(name):
    ranks = [finish.is_first_process({name: str(rank)}) for rank in range(8)]
    assert ranks == [True] + [False] * 7
    assert finish.is_first_process({})
    assert not finish.is_first_process({"RANK": "9", "LOCAL_RANK": "0"})


def test_a_process_that_is_not_the_first_leaves_nothing(tmp_path):
    done = train(tmp_path, environment={"RANK": "3"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "went on\n", "")
    assert not (tmp_path / "report.md").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"smooth": "fog"}, "--smooth fog: not a smoothing method"),
        ({"nonsense": 1}, "no report was written (UsageError: nonsense: no such option"),
        ({"notes": "no.md"}, "no.md: No such file or directory"),
        ({"deadline": "soon"}, "no report was written (ValueError"),
    ],
)
def test_whatever_is_wrong_with_the_report_the_training_goes_on(tmp_path, options, message):
    done = train(tmp_path, options=options)
    assert (done.returncode, done.stdout) == (0, "went on\n")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_a_line(tmp_path):
    done = train(tmp_path, "os.environ['TMPDIR'] = '/proc'; os.mkdir('report.md')")
    assert (done.returncode, done.stdout) == (0, "went on\n")
    assert "report.md: is a directory" in done.stderr


def test_a_closed_stderr_does_no_harm(tmp_path):
    done = train(tmp_path, "os.close(2)")
    assert (done.returncode, done.stdout) == (0, "went on\n")
    assert (tmp_path / "report.md").exists()


def test_a_report_that_takes_too_long_is_given_up(tmp_path, monkeypatch, capfd):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    (tmp_path / "runs").mkdir()
    started = []
    popen = subprocess.Popen

    def sleeping(words, **options):
        started.append(popen([words[0], str(slow)], **options))
        return started[-1]

    monkeypatch.setattr(finish.subprocess, "Popen", sleeping)
    assert not finish.write_report(tmp_path / "runs", deadline=0.2)
    assert capfd.readouterr().err == "reportgen: the report was given up after 0.2 seconds\n"
    assert started[0].poll() is not None


def test_a_process_whose_training_is_gone_ends_by_itself(tmp_path):
    os.mkfifo(tmp_path / "never")
    words = [sys.executable, "-m", "reportgen.integrations.bounded", "1"]
    code = "import signal, time; signal.alarm(1); time.sleep(60)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGALRM
    done = subprocess.run([*words, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"reportgen {reportgen.__version__}\n"


def test_a_training_that_is_terminated_ends_at_once(tmp_path):
    code = TRAINING.format(
        ending="print('ready', flush=True); import time; time.sleep(60)", options={}
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    process.stdout.close()


def test_a_failure_is_told_without_paths_and_within_bounds():
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("```" + "x" * 10_000)
    notes = failure_notes(caught.value)
    assert len(notes) < 3_000
    assert "~~~~text\n" in notes
    assert os.path.dirname(__file__) not in notes  # noqa: PTH120
    assert failure_notes(ValueError()).count("ValueError") == 1


def test_importing_the_package_imports_no_framework():
    code = (
        "import reportgen, sys; reportgen.after; "
        "print({'keras', 'torch', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
