"""What fails in a part of a report, or in one output, leaves the others whole and is told."""

import os
import signal

import pytest

import reportgen
from hostile.framing import value_event, write_log
from reportgen.command.main import main
from reportgen.errors import InternalError
from reportgen.executor import Workers, run_all
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.outputs.data import summary_json
from reportgen.report.sections import health, scalars


@pytest.fixture
def logs(tmp_path):
    events = [
        value_event(step, tag=tag, simple_value=1 / (1 + step))
        for step in range(4)
        for tag in ("loss", "accuracy")
    ]
    return write_log(tmp_path / "run", events)


def fail(*_args, **_kwargs):
    raise ZeroDivisionError("of a <b>hostile</b> kind")


def page_of(logs, tmp_path):
    reportgen.generate([logs], [tmp_path / "x.html"])
    return (tmp_path / "x.html").read_text()


def test_a_section_that_cannot_be_made_is_a_notice_in_its_place(logs, tmp_path, monkeypatch):
    monkeypatch.setattr(health, "blocks", fail)
    page = page_of(logs, tmp_path)
    assert "ZeroDivisionError: of a &lt;b&gt;hostile&lt;/b&gt; kind" in page
    assert "<svg" in page


def test_curves_that_cannot_be_prepared_leave_the_rest(logs, tmp_path, monkeypatch):
    monkeypatch.setattr(scalars, "sections", fail)
    assert "ZeroDivisionError" in page_of(logs, tmp_path)


@pytest.mark.parametrize("method", ["draw", "alt", "caption", "data"])
def test_a_figure_that_cannot_be_made_is_a_notice_in_its_place(logs, tmp_path, monkeypatch, method):
    made = getattr(CurveChart, method)

    def fail_for_loss(chart, *args, **kwargs):
        return fail() if chart.title == "loss" else made(chart, *args, **kwargs)

    monkeypatch.setattr(CurveChart, method, fail_for_loss)
    page = page_of(logs, tmp_path)
    assert page.count("could not be made") == 1
    assert "accuracy" in page


def test_an_output_that_cannot_be_made_leaves_the_others(logs, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(summary_json, "render", fail)
    outputs = [tmp_path / "x.json", tmp_path / "x.html"]
    with pytest.raises(InternalError, match=r"x\.json: not written"):
        reportgen.generate([logs], outputs)
    assert (tmp_path / "x.html").exists()
    assert not (tmp_path / "x.json").exists()
    words = [str(logs), "-o", str(outputs[0]), "-o", str(outputs[1])]
    assert main(words) == 70
    error = capsys.readouterr().err
    assert "x.json: not written (ZeroDivisionError" in error
    assert "Traceback" not in error
    assert main([*words, "--verbose"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_the_traceback_of_a_section_is_shown_if_asked_for(logs, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(health, "blocks", fail)
    assert main([str(logs), "-o", str(tmp_path / "x.html")]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert main([str(logs), "-o", str(tmp_path / "x.html"), "--verbose"]) == 0
    assert "ZeroDivisionError" in capsys.readouterr().err


PARENT = os.getpid()


def die_in_a_worker(number):
    if os.getpid() != PARENT and number == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def test_what_a_killed_worker_left_is_done_in_this_process_and_told(caplog):
    workers = Workers("processes", 2).start()
    assert run_all(workers, die_in_a_worker, range(20)) == [n * n for n in range(20)]
    workers.shutdown()
    assert [record.message for record in caplog.records] == [
        "a worker process was killed (is memory short?); going on without"
    ]


def test_an_error_of_a_call_is_raised_as_it_is():
    workers = Workers("inline").start()
    with pytest.raises(ZeroDivisionError):
        run_all(workers, fail, [1])
