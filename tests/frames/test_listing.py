"""The listing says which runs hold which tags."""

from pathlib import Path

import pytest

import reportgen
from reportgen.frames.experiment import COLUMNS, Experiment, frame
from reportgen.frames.listing import listing

DATA = Path(__file__).parents[1] / "data"
COLUMN_NAMES = ["run", "kind", "tag", "count", "first_step", "last_step"]


@pytest.fixture(scope="module")
def rows():
    """Return the rows of a listing as lists, without times."""
    table = listing(reportgen.read(DATA / "torch"))
    return table[COLUMN_NAMES].to_numpy().tolist()


def test_each_tag_of_each_kind_is_a_row(rows):
    assert ["every_kind", "scalars", "compare/loss/train", 10, 0, 9] in rows
    assert ["every_kind", "histograms", "weights", 3, 0, 2] in rows
    assert ["every_kind", "embeddings", "default:00003", 1, 3, 3] in rows
    assert ["resumed", "scalars", "loss", 13, 0, 12] in rows


def test_runs_kinds_and_tags_are_in_order(rows):
    kinds = list(COLUMNS)
    keys = [(run, kinds.index(kind), tag) for run, kind, tag, *_ in rows]
    assert keys == sorted(keys)


def test_times_that_were_not_logged_are_nan():
    table = listing(reportgen.read(DATA / "torch"))
    embeddings = table[table["kind"] == "embeddings"]
    assert embeddings["first_wall_time"].isna().all()
    assert table["first_wall_time"][table["kind"] == "scalars"].notna().all()


def test_an_experiment_without_summaries_is_an_empty_listing():
    empty = Experiment(paths=(), **{kind: frame(kind) for kind in COLUMNS})
    table = listing(empty)
    assert len(table) == 0
    assert list(table.columns)[:6] == COLUMN_NAMES
