"""docs/security.md: its table says what each output holds, and its tests exist."""

import re
from pathlib import Path

import pytest

import reportgen
from hostile.framing import value_event, write_log
from hostile.test_corpus import text_event
from reportgen.outputs.formats import FORMATS

pytestmark = pytest.mark.slow  # every output of private reports

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
COMMAND = "reportgen --title theirs-77"
TEXTS = {
    "command line": "theirs-77",
    "absolute paths": "/srv/zone77/",
    "users and hosts": "user77",
    "parameters": "value77",
    "texts and notes": "sentence77",
}


def table():
    """The cells of the table of outputs by output and heading."""
    piece = PAGE.partition("## Which output holds what")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in piece.splitlines() if line.startswith("| ")]
    return {row[0]: dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[1:]}


def test_the_table_names_every_output():
    assert list(table()) == list(FORMATS) or set(table()) == set(FORMATS)


def test_what_is_sent_is_what_holds_no_users():
    for name, row in table().items():
        assert (row["users and hosts"] == "no") == FORMATS[name].sent


def test_the_tests_that_the_page_names_exist():
    names = re.findall(r"`(tests/[\w/]+(?:\.py)?)`", PAGE)
    assert len(names) > 8
    assert all((ROOT / name).exists() for name in names)


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("pdf", "parquet")])
def test_an_output_holds_no_more_than_the_table_says(tmp_path, name, private):
    curve = [value_event(step, tag="loss", simple_value=1.0) for step in range(3)]
    logs = write_log(tmp_path / "run", [*curve, text_event("about", "sentence77")])
    log = next(logs.iterdir())
    log.write_bytes(log.read_bytes() + b"x" * 40)
    (logs / "hparams.yaml").write_text("user: user77\nkind: value77\ndata: /srv/zone77/x\n")
    options = reportgen.Options(command=COMMAND, private=private)
    path = tmp_path / "out"
    reportgen.generate([logs], [f"{name}:{path}"], options)
    files = path.iterdir() if path.is_dir() else [path]
    content = "".join(file.read_text(errors="replace") for file in files)
    for kind, text in TEXTS.items():
        cell = table()[name][kind]
        if cell == "no" or (cell == "private" and private):
            assert text not in content, kind
        elif cell == "yes":
            assert text in content, kind
