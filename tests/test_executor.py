"""Any executor gives the same bytes, in reading and in drawing."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.command.main import main
from reportgen.errors import UsageError
from reportgen.executor import InProcess, Workers, parse_workers


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """Three runs with curves, histograms and a text."""
    path = tmp_path_factory.mktemp("logs")
    for run in "abc":
        with SummaryWriter(str(path / run)) as writer:
            for step in range(30):
                writer.add_scalar("train/loss", 1 / (1 + step), step)
                writer.add_scalar(f"lr/{run}", step, step)
            writer.add_text("note", f"of *{run}*", 0)
    return path


class Counting(InProcess):
    """Counts the calls that it runs, by the name of the function."""

    def __init__(self):
        self.calls = {}

    def submit(self, fn, /, *args, **kwargs):
        name = getattr(fn, "func", fn).__name__
        self.calls[name] = self.calls.get(name, 0) + 1
        return super().submit(fn, *args, **kwargs)


def pages(logs, folder, executor):
    reportgen.generate([logs], [folder / "r.html", folder / "r.md"], executor=executor)
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("start", [lambda: ProcessPoolExecutor(2), lambda: ThreadPoolExecutor(3)])
def test_another_executor_gives_the_same_bytes(logs, tmp_path, start):
    with start() as executor:
        other = pages(logs, tmp_path / "other", executor)
    assert other == pages(logs, tmp_path / "here", InProcess())


def test_one_executor_reads_prepares_and_draws(logs, tmp_path):
    executor = Counting()
    pages(logs, tmp_path, executor)
    figures = len(reportgen.build(reportgen.read(logs)).figures())
    # The three small files are read together, in one call.
    assert sorted(executor.calls.values()) == [1, figures, figures]


@pytest.mark.parametrize("name", ["inline", "threads://2", "processes://2"])
def test_the_command_takes_an_executor(logs, tmp_path, name):
    written = []
    for words in ([], ["--executor", name]):
        assert main([str(logs), "-o", f"{tmp_path}/r.html", *words]) == 0
        written.append((tmp_path / "r.html").read_bytes())
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("text", "workers"),
    [
        ("inline", Workers("inline")),
        ("threads://7", Workers("threads", 7)),
        ("processes://2", Workers("processes", 2)),
    ],
)
def test_workers_are_named_by_a_url(text, workers):
    assert parse_workers(text) == workers


def test_without_a_number_there_is_a_worker_for_each_core(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 5)
    assert parse_workers("processes") == parse_workers("processes://") == Workers("processes", 5)


@pytest.mark.parametrize("text", ["", "gpu", "threads://0", "threads://1001", "processes://-1"])
def test_other_workers_are_refused(text):
    with pytest.raises(UsageError, match="use processes://N"):
        parse_workers(text)
