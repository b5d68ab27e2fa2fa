"""The verdict in every output: first, in words, and with the number of each failure."""

import io
import json
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pypdfium2
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from reportgen.outputs.mail.mail import subject

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "summary-1.schema.json").read_text())
HEADLINE = "1 of 2 checks failed."
FAILURE = "slow: best val/accuracy 0.8667 at step 10 is below 0.9."
LEAD = "Best val/accuracy 0.927 in fast at step 10, 0.061 above the baseline."


@pytest.fixture(scope="module")
def judged(make_report):
    """Two runs, one of which fails one of two checks; the slow one is the baseline."""
    rows = [
        (run, tag, step, value)
        for run, rate in (("fast", 1.0), ("slow", 0.5))
        for step in range(11)
        for tag, value in (
            ("val/loss", 2.2 / (1 + rate * step)),
            ("val/accuracy", 1 - 0.8 / (1 + rate * step)),
        )
    ]
    checks = ("best val/accuracy >= 0.9", "val/loss <= baseline")
    return make_report(rows, baseline="slow", check=checks)


def text_of(data, kind):
    """What a reader of an output sees, as one line."""
    if kind == "report.pdf":
        pages = pypdfium2.PdfDocument(data)
        text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    elif kind == "summary.eml":
        text = message_from_bytes(data, policy=default).get_body(("plain",)).get_content()
    else:
        text = re.sub(r"<[^>]*>|\*\*", "", data.decode())
    return " ".join(text.split())


@pytest.mark.parametrize("output", ["report.html", "bundle:page"])
def test_a_page_says_who_leads_then_what_failed_and_what_passed(judged, written, output):
    text = text_of(written(judged, output), output)
    lead = "fast leads: val/accuracy 0.927 at step 10, 0.061 above the baseline."
    places = [
        text.index(piece) for piece in (lead, FAILURE, "fast: best val/loss", "against baseline")
    ]
    assert places == sorted(places)
    assert "better" in text


@pytest.mark.parametrize(
    "output",
    [
        *("report.md", "report.pdf", "summary.eml", "github:s.md"),
        *("github-comment:c.md", "gitlab:n.md", "azure:a.md"),
    ],
)
def test_it_stands_above_the_table_in_words(judged, written, output):
    text = text_of(written(judged, output), output)
    places = [text.index(piece) for piece in (HEADLINE, LEAD, FAILURE, "fast", "val/loss")]
    assert places[:3] == sorted(places[:3])
    if output != "summary.eml":  # which tells runs in sentences
        heading = "against baseline" if output.startswith("report") else "vs baseline"
        assert text.index(FAILURE) < text.index(heading)
        assert "better" in text


def test_the_html_mail_says_it_too(judged, written):
    mail = message_from_bytes(written(judged, "summary.eml"), policy=default)
    html = mail.get_body(("html",)).get_content()
    assert html.index(FAILURE) < html.index("vs baseline")
    assert "border-left:4px solid #ab1f1a" in html


def test_the_subject_of_a_mail_begins_with_it(judged, make_report):
    assert subject(judged) == "demo: 1 of 2 checks failed; fast, val/accuracy 0.9273"
    passing = make_report([("a", "loss", 0, 1.0)], check=("loss <= 1",))
    assert subject(passing) == "demo: The check passed; a, loss 1"


def test_without_checks_nothing_says_passed_or_failed(demo, written):
    for output in ("report.html", "summary.eml", "github:s.md"):
        text = written(demo, output).decode()
        assert not re.search(r'class="verdict|border-left:4px|checks? (?:passed|failed)', text)


def test_json_has_each_check_of_each_run(judged, demo, written):
    content = json.loads(written(judged, "summary.json"))
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    assert (content["passed"], content["baseline"]) == (False, "slow")
    assert [(check["run"], check["passed"]) for check in content["checks"]] == [
        ("fast", True),
        ("slow", False),
        ("fast", True),
    ]
    assert content["checks"][1]["detail"] == FAILURE
    best = content["runs"][0]["metrics"]["val/accuracy"]
    assert best["vs_baseline"] == pytest.approx(0.8 / 6 - 0.8 / 11)
    plain = json.loads(written(demo, "summary.json"))
    assert not {"passed", "checks", "baseline"} & set(plain)


def test_junit_has_a_case_a_check_and_run(judged, written):
    top = ET.fromstring(written(judged, "junit:checks.xml"))  # noqa: S314  # our own
    suite = top.find("testsuite[@name='checks']")
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    cases = [(item.get("classname"), item.get("name")) for item in suite]
    assert cases[1] == ("slow", "best val/accuracy >= 0.9")
    assert suite.find("testcase/failure").get("message") == FAILURE
    assert top.get("failures") == "1"


def test_openmetrics_has_a_gauge_a_check_and_run(judged, written):
    text = written(judged, "openmetrics:metrics.txt").decode()
    *_, checks = text_string_to_metric_families(text)
    assert [(sample.labels["run"], sample.value) for sample in checks.samples] == [
        ("fast", 1),
        ("slow", 0),
        ("fast", 1),
    ]


def test_names_from_a_log_are_text_in_the_verdict(make_report, written):
    run, tag = "</p><script>x</script>@all", "*loss*[a](b)"
    report = make_report([(run, tag, 0, 1.0)], check=(f"{tag} < 0",), baseline=run)
    assert b"<script>x" not in written(report, "report.html")
    for output in ("report.md", "github-comment:c.md"):
        text = written(report, output).decode()
        assert "<script>x" not in text.replace("\\<", "")
        assert "[a](b)" not in text.partition("|")[0]
    mail = message_from_bytes(written(report, "summary.eml"), policy=default)
    assert "<script>" not in mail.get_body(("html",)).get_content()
    assert io.BytesIO(written(report, "junit:j.xml"))
