"""A report of growing logs is that of the same logs whole, made only when they have changed."""

import os

import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import InputError, UsageError
from reportgen.figures.curves.curves import CurveChart
from reportgen.options import Options
from reportgen.watching import follower as following
from reportgen.watching.follower import Follower
from reportgen.watching.stamps import stamps


def write(folder, steps, value=lambda step: 1 / (1 + step), tag="val/loss"):
    with SummaryWriter(str(folder), filename_suffix=f".{steps.start}") as writer:
        for step in steps:
            writer.add_scalar(tag, value(step), step)


@pytest.fixture
def logs(tmp_path):
    """A run of one loss."""
    write(tmp_path / "logs" / "a", range(50))
    return tmp_path / "logs"


@pytest.fixture
def watch(logs, tmp_path):
    """Returns a function that looks at the logs once, with one page as output."""
    made = {}

    def look(until="", finished=False, **options):
        follower = made.setdefault(
            "follower", Follower([str(tmp_path / "r.html")], Options(**options), until)
        )
        return follower.look([str(logs)], finished=finished)

    return look


def test_the_page_is_that_of_the_logs_whole(logs, watch, tmp_path):
    for steps in (range(50, 60), range(60, 61)):
        assert watch() is not None
        write(logs / "a", steps)
    assert watch().scalars == 1
    reportgen.generate([logs], [tmp_path / "whole.html"])
    assert (tmp_path / "r.html").read_bytes() == (tmp_path / "whole.html").read_bytes()


def test_where_nothing_is_new_nothing_is_read_or_written(watch, tmp_path, monkeypatch):
    first = watch()
    assert (first.runs, first.new_runs, first.scalars) == (1, 1, 50)
    before = (tmp_path / "r.html").stat()
    monkeypatch.setattr(following.pipeline, "make", None)
    assert watch() is None
    assert (tmp_path / "r.html").stat() == before


def test_an_output_among_the_logs_is_nothing_new(logs):
    follower = Follower([str(logs / "report.html"), str(logs / "report.md")], Options())
    assert follower.look([str(logs)]) is not None
    assert follower.look([str(logs)]) is None


def test_a_new_run_is_counted(logs, watch):
    watch()
    write(logs / "b", range(20))
    news = watch()
    assert (news.runs, news.new_runs, news.scalars) == (2, 1, 20)


def test_a_finding_is_told_once(logs, watch):
    watch()
    write(logs / "a", range(50, 90), lambda _: float("nan"))
    (line,) = watch().findings
    assert "NaN" in line
    write(logs / "a", range(90, 99), lambda _: float("nan"))
    assert watch().findings == ()


def test_only_figures_that_changed_are_drawn(logs, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(logs / "a", range(50, 90), tag="val/accuracy")
    follower = Follower([str(tmp_path / "r.html")], Options(cache_size="1GB"))
    drawn = []
    original = CurveChart.draw
    monkeypatch.setattr(
        CurveChart,
        "draw",
        lambda chart, **how: drawn.append(chart.title) or original(chart, **how),
    )
    follower.look([str(logs)])
    assert sorted(drawn) == ["accuracy", "loss"]
    drawn.clear()
    write(logs / "a", range(90, 99), tag="val/accuracy")
    follower.look([str(logs)])
    assert drawn == ["accuracy"]


def test_the_check_that_ends_it_is_no_check_of_the_report(logs, watch):
    first = watch(until="val/loss < 0.015")
    assert not first.is_reached
    assert first.done.verdict is None
    write(logs / "a", range(50, 90))
    assert watch().is_reached


def test_the_check_that_ends_it_waits_for_its_tag(logs, watch):
    first = watch(until="val/accuracy > 0.5")
    assert not first.is_reached
    assert "val/accuracy" in first.until_problem
    write(logs / "a", range(9), lambda _: 0.9, tag="val/accuracy")
    assert watch().is_reached


def test_a_writer_in_mid_record_is_no_damage_until_nothing_more_comes(logs, watch, tmp_path):
    (path,) = (logs / "a").iterdir()
    os.truncate(path, path.stat().st_size - 3)
    assert watch().done.notes == ()
    assert "in the middle of a record" in " ".join(watch(finished=True).done.notes)
    assert "Data health" in (tmp_path / "r.html").read_text()


def test_logs_that_are_not_there_yet_are_refused_and_read_later(tmp_path):
    logs = tmp_path / "later"
    follower = Follower([str(tmp_path / "r.html")], Options())
    with pytest.raises(InputError):
        follower.look([str(logs)])
    write(logs, range(9))
    assert follower.look([str(logs)]).scalars == 9


@pytest.mark.parametrize(
    ("outputs", "options", "message"),
    [
        (["-"], {}, "--watch: replaces files"),
        (
            ["m.eml"],
            {"send_to": "a@e.example", "send_from": "b@e.example", "smtp": "smtp://e.example"},
            "sends no mails",
        ),
        (["r.html"], {"smooth": "nonsense"}, "--smooth"),
    ],
)
def test_what_cannot_be_watched_is_refused_at_once(outputs, options, message, tmp_path):
    with pytest.raises(UsageError, match=message):
        Follower(
            [output.replace("m.eml", str(tmp_path / "m.eml")) for output in outputs],
            Options(**options),
        )


def test_a_link_that_leads_back_is_listed_once(logs):
    (logs / "a" / "back").symlink_to(logs)
    assert len(stamps([str(logs)], follow_links=True)) == 1
