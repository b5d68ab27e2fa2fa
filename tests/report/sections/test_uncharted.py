"""Values without a curve stand in tables, and repeated tags in a sentence."""

import pandas as pd

from reportgen.analysis.curve_worth import Uncharted
from reportgen.report.blocks import Notice
from reportgen.report.sections.uncharted import blocks
from reportgen.report.table import Table

_COLUMNS = ["run", "tag", "value"]


def _uncharted(single=(), constant=(), repeated=None):
    frames = (pd.DataFrame(list(rows), columns=_COLUMNS) for rows in (single, constant))
    return Uncharted(*frames, repeated or {})


def _texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def test_single_values_have_a_row_a_tag_and_a_column_a_run():
    single = [("a", "runtime", 12.5), ("b", "runtime", 13.5), ("b", "flos", 1e15)]
    (table,) = blocks(_uncharted(single))
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["tag", "a", "b"]
    assert _texts(table) == [["runtime", "12.5", "13.5"], ["flos", "", "1e15"]]


def test_of_many_runs_they_have_a_row_a_run():
    (table,) = blocks(_uncharted([(f"run {index}", "runtime", index) for index in range(9)]))
    assert [column.heading for column in table.columns] == ["tag", "run", "value"]
    assert len(table.rows) == 9


def test_constants_and_counters_have_their_last_value_or_its_range():
    constant = [("a", "lr", 0.1), ("b", "lr", 0.1), ("a", "epoch", 9), ("b", "epoch", 20)]
    (table,) = blocks(_uncharted(constant=constant))
    assert _texts(table) == [["lr", "0.1"], ["epoch", "9 to 20"]]


def test_repeated_tags_are_told():
    (notice,) = blocks(_uncharted(repeated={"b": "a"}))
    assert notice == Notice("b holds the same values as a.")


def test_nothing_to_tell_is_nothing():
    assert blocks(_uncharted()) == []
