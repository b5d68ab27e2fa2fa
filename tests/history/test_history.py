"""`reportgen history`: many reports as one page."""

import base64
import csv
import io
import json
import re
import zlib
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import numpy as np
import pytest
from tensorboardX import SummaryWriter

from reportgen.command.main import main
from reportgen.errors import InputError
from reportgen.history.entry import parse_entry


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    """The summary of a real report, and its page."""
    folder = tmp_path_factory.mktemp("report")
    with SummaryWriter(str(folder / "runs" / "a"), flush_secs=1) as writer:
        for step in range(30):
            writer.add_scalar("val/accuracy", 1 - 1 / (step + 2), step)
    outputs = ["-o", f"{folder}/r.json", "-o", f"{folder}/r.html", "--check", "val/accuracy > 0.5"]
    assert main(["-q", f"{folder}/runs", *outputs]) == 0
    return folder


@pytest.fixture
def nights(summary, tmp_path):
    """Forty nights of summaries; from the thirtieth on, the accuracy is lower."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "nights"
    folder.mkdir()
    for night in range(40):
        content = json.loads((summary / "r.json").read_text())
        ended = datetime(2026, 9, 1, 2, tzinfo=UTC) + timedelta(days=night)
        content |= {"ended": ended.isoformat(), "commit": f"{night:040x}"}
        (metric,) = content["runs"][0]["metrics"].values()
        metric["value"] = 0.9 + rng.normal(0, 0.004) - 0.05 * (night >= 30)
        (folder / f"{night:02}.json").write_text(json.dumps(content))
    return folder


def test_the_page_says_what_changed_and_since_when(nights, tmp_path, capsys):
    page = tmp_path / "index.html"
    assert main(["history", str(nights), "-o", str(page)]) == 0
    assert capsys.readouterr().out.startswith(f"Wrote {page} (")
    text = page.read_text()
    assert "val/accuracy worsened from 0." in text
    assert "with the report of 1 Oct 2026, commit 0000000000 (40 reports)." in text
    assert "40 reports, 2026-09-01 02:00 to 2026-10-10 02:00 UTC" in text
    assert text.count("<tr>") == 41
    assert 'href="nights/39.json"' in text


def test_the_page_asks_for_nothing_and_has_no_script(nights, tmp_path):
    page = tmp_path / "index.html"
    main(["history", str(nights), "-o", str(page)])
    result = []

    class Page(HTMLParser):
        def handle_starttag(self, tag, attrs):
            result.append((tag, dict(attrs)))

    Page().feed(page.read_text())
    assert not {tag for tag, _ in result} & {"script", "iframe", "img", "object"}
    assert not [attrs for _, attrs in result if "src" in attrs]


def test_a_page_and_the_summary_in_it_are_the_same_report(summary, tmp_path):
    for name in ("r.json", "r.html"):
        assert main(["history", str(summary / name), "-o", f"{tmp_path}/{name}.json"]) == 0
    item, other = (
        json.loads((tmp_path / f"r.{kind}.json").read_text()) for kind in ("json", "html")
    )
    assert item["reports"][0] | {"source": ""} == other["reports"][0] | {"source": ""}
    assert item["reports"][0]["outcome"] == "passed"


def test_a_large_summary_in_a_page_is_compressed_and_read_as_it_was(tmp_path):
    for run in range(60):
        with SummaryWriter(f"{tmp_path}/runs/{run}") as writer:
            for step in range(25):
                for tag in ("val/accuracy", "val/f1", "val/recall"):
                    writer.add_scalar(tag, 1 - 1 / (step + run + 2), step)
    page = tmp_path / "r.html"
    assert main(["-q", f"{tmp_path}/runs", "-o", str(page), "-o", f"{tmp_path}/r.json"]) == 0
    (text,) = re.findall(r'id="summary-json">(.*?)</script>', page.read_text())
    summary = json.loads((tmp_path / "r.json").read_text())
    assert json.loads(zlib.decompress(base64.b64decode(json.loads(text)))) == summary
    entries = [parse_entry(path.read_bytes(), "r") for path in (page, tmp_path / "r.json")]
    assert entries[0] == entries[1]
    assert entries[0].runs == 60


@pytest.mark.parametrize(
    "text", ["x", "", base64.b64encode(zlib.compress(b"{" + b" " * 99_000_000)).decode(), "eJwDAA"]
)
def test_a_compressed_summary_that_is_none_is_refused(text):
    page = f'<script type="application/json" id="summary-json">"{text}"</script>'
    with pytest.raises(InputError, match=r"^r\.html: is no report"):
        parse_entry(page.encode(), "r.html")


def test_a_summary_links_to_the_page_beside_it(summary, tmp_path):
    assert main(["history", str(summary / "r.json"), "-o", f"{tmp_path}/h.md"]) == 0
    assert "/r.html>)" in (tmp_path / "h.md").read_text()


def test_tables_have_a_row_a_report(nights, tmp_path):
    assert main(["history", f"{nights}/*.json", "-o", f"{tmp_path}/h.csv"]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "h.csv").read_text())))
    assert len(rows) == 40
    assert rows[0]["date"] == "2026-09-01T02:00:00+00:00"
    assert float(rows[-1]["val/accuracy"]) == pytest.approx(0.85, abs=0.02)


def test_json_goes_to_standard_output(nights, capsysbinary):
    assert main(["history", str(nights), "-o", "json:-"]) == 0
    content = json.loads(capsysbinary.readouterr().out)
    assert [level["reports"] for level in content["metrics"][0]["levels"]] == [30, 10]


def test_the_same_reports_give_the_same_bytes(nights, tmp_path):
    for name in ("a", "b"):
        main(["history", str(nights), "-o", f"{tmp_path}/{name}.html"])
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_what_is_no_report_is_told_and_the_rest_goes_on(nights, tmp_path, capsys):
    (nights / "99.json").write_text('{"version": 9, "runs": []}')
    (nights / "98.html").write_text("<p>no report")
    (nights / "97.json").write_text((nights / "00.json").read_text())
    assert main(["history", str(nights), f"{nights}/no.json", "-o", f"{tmp_path}/h.html"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"reportgen: {nights}/98.html: is no report and no summary.json of one",
        f"reportgen: {nights}/99.json: is of version 9; this reportgen knows 1",
        f"reportgen: {nights}/no.json: cannot be read (No such file or directory)",
        f"reportgen: {nights}/97.json: is of the same date and title as {nights}/00.json",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "history: the following arguments are required: FILE; see reportgen history --help"),
        (["no.json"], "no.json: cannot be read (No such file or directory)"),
        (["no*"], "no file matches; name reports or summaries"),
        (
            ["x.json", "-o", "h.pdf"],
            "history: h.pdf: name a path that ends in .html, .md, .csv, .json",
        ),
        (
            ["x.json", "-o", "h.md", "-o", "h.md"],
            "history: an output is named twice; give each a path of its own",
        ),
    ],
)
def test_a_wrong_call_is_one_line(tmp_path, monkeypatch, capsys, words, message):
    monkeypatch.chdir(tmp_path)
    assert main(["history", *words]) == 2
    assert capsys.readouterr().err == f"reportgen: {message}\n"
    assert list(tmp_path.iterdir()) == []


def test_hostile_summaries_are_inert(tmp_path):
    evil = "<script>evil()</script>=1"
    run = {"run": evil, "group": None, "metrics": {evil: {"value": 0.5}, "x": {"value": "NaN"}}}
    content = {
        "version": 1,
        "title": evil,
        "commit": evil,
        "ended": evil,
        "passed": False,
        "runs": [run, 7, {"metrics": 3}],
        "metrics": [{"tag": evil, "direction": evil}, {"tag": 3}, 8],
        "checks": [{"passed": False, "outcome": "failed", "detail": evil}, 1],
        "findings": [{"severity": "error", "sentence": evil, "run": evil}, None],
    }
    (tmp_path / "e.json").write_text(json.dumps(content))
    outputs = [f"{tmp_path}/h.{suffix}" for suffix in ("html", "md", "csv", "json")]
    words = [word for output in outputs for word in ("-o", output)]
    assert main(["history", f"{tmp_path}/e.json", "--title", evil, *words]) == 0
    assert "<script" not in (tmp_path / "h.html").read_text()
    assert "<script" not in (tmp_path / "h.md").read_text().replace(r"\<script", "")


def test_a_directory_named_history_is_still_read(tmp_path, monkeypatch):
    with SummaryWriter(str(tmp_path / "history" / "a"), flush_secs=1) as writer:
        writer.add_scalar("loss", 1, 1)
    monkeypatch.chdir(tmp_path)
    assert main(["./history", "-o", "r.md"]) == 0
