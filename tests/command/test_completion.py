import os
import subprocess
import sys

import pytest
from tensorboardX import SummaryWriter

from reportgen.command.main import main

pytestmark = pytest.mark.slow  # whole commands, one after the other


@pytest.fixture
def folder(tmp_path):
    for run in ("adam", "sgd"):
        with SummaryWriter(str(tmp_path / "runs" / run), flush_secs=1) as writer:
            writer.add_scalar("val/loss", 1, 1)
    return tmp_path


def completed(folder, line):
    """What a shell is offered at the end of a line, as its script asks for it."""
    answer = folder / "answer"
    with answer.open("wb") as file:
        environment = {
            **os.environ,
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_IFS": "\n",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "COMP_TYPE": "",
        }
        command = [sys.executable, "-m", "reportgen"]
        subprocess.run(command, cwd=folder, env=environment, stdout=file, check=True)
    return answer.read_text().split()


def test_options_and_their_values_are_completed(folder):
    assert completed(folder, "reportgen runs --tit") == ["--title"]
    assert set(completed(folder, "reportgen runs --restarts ")) == {"session", "step", "keep-all"}


def test_formats_and_then_paths_are_completed(folder):
    assert completed(folder, "reportgen runs -o open") == ["openmetrics:"]
    assert completed(folder, "reportgen runs -o json:ru") == ["json:runs/"]


def test_runs_and_tags_of_the_logs_are_completed(folder):
    assert completed(folder, "reportgen runs --runs a") == ["adam"]
    assert set(completed(folder, "reportgen runs --baseline ")) == {"adam", "sgd"}
    assert completed(folder, "reportgen runs --tags v") == ["val/loss"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script(shell, capsys):
    assert main(["--completion", shell]) == 0
    assert "reportgen" in capsys.readouterr().out


def test_the_script_of_bash_is_understood(capsys):
    assert main(["--completion", "bash"]) == 0
    script = capsys.readouterr().out
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)  # noqa: S607
