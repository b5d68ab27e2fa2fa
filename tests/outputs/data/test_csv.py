"""No name of a log becomes a row or a formula, whatever reads the CSV."""

import csv
import io
import re

import pandas as pd
import pytest

NAMES = [
    "a\r=1+1",
    "a\n=1+1",
    "a\r\n=1+1",
    "a\u2028=1+1",
    "a\x0b@SUM(1)",
    "\r=1",
    "=1",
    " =1",
    "\t=1",
    "a\r\r-1",
    'a",=1\r=1',
    "\ufeff=1",
]
FORMULA = re.compile(r"[=+\-@\t\r]")


def rows_of_a_spreadsheet(text):
    """Rows as LibreOffice and Excel have them: any line end outside of quotes ends a row."""
    rows, row, cell, quoted = [], [], "", False
    characters = iter(re.sub("\r\n?|\n", "\n", text))
    for character in characters:
        if character == '"':
            quoted = not quoted
        elif quoted or character not in ",\n":
            cell += character
        else:
            row.append(cell)
            cell = ""
            if character == "\n":
                rows.append(row)
                row = []
    return rows


@pytest.fixture(scope="module")
def text(make_report, shared_outputs):
    report = make_report(
        [("run", name, 0, 1.0) for name in NAMES] + [("r", "nan", 0, float("nan"))]
    )
    return shared_outputs(report, "x.csv")["x.csv"].decode()


def test_python_reads_one_row_a_value(text):
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(NAMES) + 2


def test_pandas_reads_one_row_a_value(text):
    frame = pd.read_csv(io.StringIO(text))
    assert len(frame) == len(NAMES) + 1
    assert frame["value"].tolist()[:-1] == [1.0] * len(NAMES)


def test_a_spreadsheet_reads_one_row_a_value_and_no_formula(text):
    rows = rows_of_a_spreadsheet(text)
    assert len(rows) == len(NAMES) + 2
    for row in rows:
        assert len(row) == len(rows[0])
        assert not FORMULA.match(row[0].strip("\ufeff "))
        assert not FORMULA.match(row[1].strip("\ufeff "))


def test_no_line_begins_with_a_formula_even_where_quotes_are_not_understood(text):
    for line in text.splitlines():
        assert not re.match(r'[\s"\ufeff]*[=+@-]', line)


def test_names_without_carriage_returns_are_written_as_before(make_report, written):
    text = written(make_report([("run", "loss", 0, 1.0)]), "x.csv").decode()
    assert text.splitlines()[1].startswith("run,loss,0,")
