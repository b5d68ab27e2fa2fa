"""Figures from the cache are the figures that would be drawn."""

import shutil
from pathlib import Path

import pytest

import reportgen
from reportgen.cache.store import Store
from reportgen.report import stored_drawing
from reportgen.report.draw import draw
from reportgen.report.drawing import Drawing

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def report():
    """Figures of every kind that torch logs."""
    return reportgen.build(reportgen.read(DATA / "torch" / "every_kind"))


@pytest.fixture(scope="module")
def filled(report, tmp_path_factory):
    """A store, and what was drawn while it was empty."""
    store = Store(tmp_path_factory.mktemp("cache"), 1 << 30)
    return store, everything(report, store)


def everything(report, store):
    ids = {block.id for block in report.figures()}
    return draw(report, svg=ids, png=ids, cache=store)


def refuse(*_):
    raise AssertionError("drawn again")


@pytest.mark.slow
def test_a_second_time_nothing_is_drawn(report, filled, monkeypatch):
    store, drawn = filled
    assert drawn == everything(report, None)
    for kind in {type(block.chart) for block in report.figures()}:
        monkeypatch.setattr(kind, "draw", refuse)
    assert everything(report, store) == drawn


def test_another_reading_of_the_same_logs_finds_the_same_figures(filled, monkeypatch):
    store, drawn = filled
    again = reportgen.build(reportgen.read(DATA / "torch" / "every_kind"))
    for kind in {type(block.chart) for block in again.figures()}:
        monkeypatch.setattr(kind, "draw", refuse)
    assert everything(again, store) == drawn


def test_other_forms_have_entries_of_their_own(report, filled):
    store, drawn = filled
    ids = {block.id for block in report.figures()}
    pictures = draw(report, png=ids, cache=store)
    assert all(not pictures[name].svg and pictures[name].png == drawn[name].png for name in ids)


def test_damaged_entries_are_drawn_again(report, filled, tmp_path):
    store, drawn = filled
    copy = Store(tmp_path / "copy", store.max_bytes)
    shutil.copytree(store.directory, copy.directory)
    for path in copy.directory.iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    assert everything(report, copy) == drawn


def test_a_figure_that_failed_is_not_kept(report, tmp_path, monkeypatch):
    store = Store(tmp_path, 1 << 30)
    for kind in {type(block.chart) for block in report.figures()}:
        monkeypatch.setattr(kind, "draw", refuse)
    assert all(drawing.failure for drawing in everything(report, store).values())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", [None, [], [1, 2], [0, 2, None], [True, 2, None], [1, 2, [[[1]], 0]], [1, 2, "x"]]
)
def test_an_entry_that_was_made_up_is_a_miss(tmp_path, content):
    store = Store(tmp_path, 1 << 30)
    store.put("key", stored_drawing.packed("key", content, [b"<svg/>", b""]))
    assert stored_drawing.find(store, "key") is None
    stored_drawing.put(store, "key", Drawing("<svg/>", b"", 1, 2))
    assert stored_drawing.find(store, "key") == Drawing("<svg/>", b"", 1, 2)
