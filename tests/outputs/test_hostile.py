"""Whatever a log calls its runs, tags, classes and parameters is shown and does nothing."""

import csv
import io
import json
import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pandas as pd
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from reportgen.outputs.formats import FORMATS
from reportgen.outputs.html.script import script
from reportgen.outputs.markdown.hosts import HOSTS
from reportgen.report.blocks import Prose

pytestmark = pytest.mark.slow  # every output of hostile reports

NAMES = [
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    '"><svg onload=evil()>',
    "</details></td></table><b>evil",
    "![evil](https://evil.example/x.png)",
    "[evil](javascript:evil())",
    "https://evil.example www.evil.example",
    "`a` ```\n# evil\n\n- evil",
    "| evil | evil |\n| --- | --- |",
    '"] --> 1\n%%{init: {"evil": 1}}%%\nclick evil "javascript:evil()"',
    "evil\r\nBcc: evil@evil.example\r\n\r\nevil",
    "=HYPERLINK(evil)",
    "@evil",
    "+evil",
    "-evil",
    "@everyone #1 !2 evil/evil#3",
    "{{ evil }}{% evil %}${evil}$evil$",
    "--><!-- evil -->",
    "&lt;script&gt;evil&#40;)",
    'evil"} 1\nevil_metric 2\n# EOF',
]
TEXT = "\n\n".join(["```", "</pre><script>evil()</script>", "<iframe src=//evil>", *NAMES])


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


# A file beside the page, named by us.
OWN = re.compile(r"(?:[a-z0-9-]+(?:\.dark)?\.(?:svg|png|css))?")


def check_page(text, *, links=False):
    """Nothing runs, loads or breaks out of its place."""
    for tag, attributes in Page(text).elements:
        assert tag not in {"script", "iframe", "object", "embed", "form", "base"}
        assert not any(name.startswith("on") for name in attributes)
        source = attributes.get("src", "") or attributes.get("srcset", "")
        assert source.startswith(("data:", "cid:", "report_files/")) or OWN.fullmatch(source)
        target = attributes.get("href") or "#"
        if tag == "link":
            assert target.startswith("data:image/svg+xml;base64,") or OWN.fullmatch(target)
            continue
        # A text of the log may link, and goes nowhere by itself.
        assert target.startswith(("#", "http", "mailto:") if links else "#")


# The only script elements of a page: two of data, which do not run, and the module.
SCRIPTS = [
    {"type": "application/json", "id": "summary-json"},
    {"type": "application/json", "id": "data"},
    {"type": "module"},
]


def check_html(data):
    """The page's own script, two elements of data without a tag, and else a page like any other."""
    text = data.decode()
    assert text.count(script()) == 1
    text = text.replace(script(), "")
    assert [result for tag, result in Page(text).elements if tag == "script"] == SCRIPTS
    for own_items in SCRIPTS[:2]:
        start = f'<script type="application/json" id="{own_items["id"]}">'
        (content,) = re.findall(f"{start}(.*?)</script>", text, re.DOTALL)
        assert "<" not in content
        assert json.loads(content)
        text = text.replace(f"{start}{content}</script>", "")
    assert text.count('<script type="module"></script>') == 1
    check_page(text.replace('<script type="module"></script>', ""), links=True)


def check_markdown(text):
    fences = re.findall(r"^```mermaid\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    for fence in fences:
        for line in fence.splitlines()[1:]:
            assert re.fullmatch(
                r'xychart-beta|  [xy]-axis "[\w .,/()=+-]*" \S+ --> \S+|  line \[[-\d., ]+\]', line
            )
    page = MarkdownIt("gfm-like", {"html": True}).render(text)
    check_page(page)
    shown = [tag for tag, _ in Page(page).elements]
    assert shown.count("details") == text.count("\n</details>\n")
    assert "b" not in shown


def check_host(text):
    check_markdown(text)
    outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"@\w|(?<!&)#\d|!\d|https?\\?://", outside)


def check_chat(data):
    """Whole JSON; what it may hold is tested with each service."""
    assert "script" in json.dumps(json.loads(data))


def check_mail(data):
    message = message_from_bytes(data, policy=default)
    assert "Bcc" not in message
    assert not message.defects
    assert message["Subject"].startswith("<script>")
    check_page(message.get_body(("html",)).get_content())


def check_csv(data):
    rows = list(csv.reader(io.StringIO(data.decode())))[1:]
    assert len(rows) == 2 * len(NAMES)
    for row in rows:
        assert not row[0].startswith(("=", "+", "-", "@"))
        assert not row[1].startswith(("=", "+", "-", "@"))


def check_json(data):
    content = json.loads(data)
    assert {scalar["run"] for scalar in content["scalars"]} == set(NAMES)


def check_parquet(data):
    assert set(pd.read_parquet(io.BytesIO(data))["tag"]) == {f"{name}/loss" for name in NAMES}


def check_openmetrics(data):
    last, best = text_string_to_metric_families(data.decode())
    assert (last.name, best.name) == ("reportgen_last", "reportgen_best")
    wanted = {name.replace("\r", " ") for name in NAMES}
    assert {sample.labels["run"] for sample in last.samples} == wanted


def check_junit(data):
    suites = ET.fromstring(data)  # noqa: S314  # our own
    wanted = {name.replace("\r", " ").replace("\n", " ") for name in NAMES}
    shown = {suite.get("name").replace("\r", " ").replace("\n", " ") for suite in suites}
    assert shown == wanted
    assert {suite.tag for suite in suites.iter()} <= {
        *("testsuites", "testsuite", "testcase", "properties", "property", "failure"),
    }


def check_pdf(data):
    assert not re.search(rb"/JavaScript|/JS\b|/Launch|javascript:", data)
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "<script>" in text


CHECKS = {
    "html": check_html,
    "bundle": lambda data: check_page(data.decode(), links=True),
    "md": lambda data: check_markdown(data.decode()),
    "email": check_mail,
    "csv": check_csv,
    "json": check_json,
    "parquet": check_parquet,
    "openmetrics": check_openmetrics,
    "pdf": check_pdf,
    "junit": check_junit,
    **{host: (lambda data: check_host(data.decode())) for host in HOSTS},
    **dict.fromkeys(("slack", "teams", "discord"), check_chat),
}


NOTES = rf"""
$\href{{javascript:evil()}}{{x}}$ $\text{{<script>evil()</script>}}$ $\style{{evil}}{{x}}$

[x](https://evil.example?$\text{{ onclick=evil() }}$)

<math><mtext><style><img src=x onerror=evil()></style></mtext></math>

<p id=summary class=skip style=position:fixed>evil[^evil][^summary]

[^evil]: <b onclick="evil()">evil

[^summary]: [evil](javascript:evil())

{TEXT}"""


@pytest.fixture(scope="module")
def hostile(make_report, tmp_path_factory):
    """A report in which everything that a log can name is hostile, and so are all notes."""
    path = tmp_path_factory.mktemp("notes") / "notes.md"
    path.write_text(NOTES)
    scalars = [(name, f"{name}/loss", step, 1.0 + step) for name in NAMES for step in range(2)]
    labels = tuple(NAMES[:10])
    matrix = [[1] * 10] * 10
    return make_report(
        scalars,
        confusions=[(NAMES[0], NAMES[1], 1, matrix, labels)],
        texts=[(NAMES[2], NAMES[3], 0, TEXT)],
        hparams=[(name, name, name) for name in NAMES],
        title=NAMES[0],
        run_notes=[(name, "README.md", NOTES) for name in NAMES[:3]],
        notes=str(path),
    )


def test_every_format_is_checked():
    assert set(CHECKS) == set(FORMATS)


def without_own_text(report):
    """Leaves out what the user wrote, which stays Markdown there: test_user_markdown has that."""
    sections = [
        replace(section, blocks=[block for block in section.blocks if not is_own(block)])
        for section in report.sections
    ]
    return replace(report, sections=sections)


def is_own(block):
    return isinstance(block, Prose) and block.by_user


def in_every_format(shared_outputs, report):
    """The bytes of each format of a report, by its name."""
    hosts = {name: f"{name}:{name}/report.out" for name in FORMATS if name in {"md", *HOSTS}}
    others = {name: f"{name}:{name}/report.out" for name in FORMATS if name not in hosts}
    written = shared_outputs(report, *others.values())
    written |= shared_outputs(without_own_text(report), *hosts.values())
    return {name: written[output] for name, output in (hosts | others).items()}


@pytest.fixture(scope="module")
def hostile_outputs(shared_outputs, hostile):
    return in_every_format(shared_outputs, hostile)


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_names_are_inert(name, hostile_outputs):
    CHECKS[name](hostile_outputs[name])


@pytest.fixture(scope="module")
def laid_out_outputs(shared_outputs, make_report, tmp_path_factory):
    """A hostile layout around two calls."""
    path = tmp_path_factory.mktemp("layout") / "layout.md"
    call = "{{ table() }}{{ scalars('*') }}"
    path.write_text(
        f"# {NAMES[0]}\n\n{{% raw %}}{NOTES}{{% endraw %}}\n\n## {NAMES[2]}\n\n{call}\n"
    )
    scalars = [(name, f"{name}/loss", step, 1.0 + step) for name in NAMES for step in range(2)]
    return in_every_format(shared_outputs, make_report(scalars, template=str(path)))


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_layout_is_inert(name, laid_out_outputs):
    CHECKS[name](laid_out_outputs[name])


def test_no_two_parts_of_a_page_have_one_id(hostile_outputs):
    text = hostile_outputs["html"].decode()
    ids = [result["id"] for _, result in Page(text).elements if "id" in result]
    assert len(ids) == len(set(ids))
