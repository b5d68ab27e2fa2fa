"""The whole corpus, packed into one log, in the browser and in what other programs read."""

import csv
import io
import re
from email import message_from_bytes
from email.policy import default
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

import reportgen
from hostile.corpus import CASES
from hostile.framing import value_event, write_log
from reportgen.events.messages import message

pytestmark = pytest.mark.slow  # whole commands, one after the other

PER_RUN = 24
OUR_HTML = re.compile(
    r"<details><summary>[^<>]*</summary>\n|</details>\n|<!-- reportgen:[\w-]* -->\n"
)


def text_event(tag, text):
    tensor = message("TensorProto")(dtype=7, string_val=[text.encode("utf-8", "replace")])
    event = value_event(tag=tag, tensor=tensor)
    event.summary.value[0].metadata.plugin_data.plugin_name = "text"
    return event


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """A log in which each case is a tag, a text and a part of a run's name."""
    root = tmp_path_factory.mktemp("corpus")
    for start in range(0, len(CASES), PER_RUN):
        cases = CASES[start : start + PER_RUN]
        name = re.sub(r"[/\x00]", "", cases[0])[:60]
        curves = [
            value_event(step, tag=case, simple_value=1.0 / (1 + step))
            for case in cases
            for step in range(2)
        ]
        texts = [text_event("all", "\n\n".join(cases))]
        write_log(root / "logs" / f"{start} {name}", [*curves, *texts])
    names = ["x.html", "x.csv", "x.eml", "junit:x.xml", "x.json"]
    hosts = ["md:md.md", "github:github.md", "gitlab:gitlab.md", "azure:azure.md"]
    outputs = []
    for output in (*names, *hosts):
        form, _, path = output.rpartition(":")
        outputs.append(f"{form}:{root / path}" if form else root / path)
    reportgen.generate([root / "logs"], outputs, reportgen.Options(max_size="off"))
    return root


def test_the_corpus_is_large():
    assert len(set(CASES)) >= 500


def test_the_page_runs_loads_and_asks_nothing(outputs, browser):
    asked, events = [], []
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.expose_function("evil", lambda: events.append("evil"))
    page.goto(f"file://{outputs / 'x.html'}", timeout=120_000)
    foreign = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e =>
            ['IFRAME','OBJECT','EMBED','FORM','BASE','MARQUEE','VIDEO','TEMPLATE']
                .includes(e.tagName)
            || [...e.attributes].some(a => a.name.startsWith('on')
                || /^\\s*(javascript|data:text)/i.test(a.value) && a.name != 'title'
                   && ['href','src','action','data'].includes(a.name))
        ).map(e => e.outerHTML.slice(0, 200))"""
    )
    page.close()
    assert not events
    assert not foreign
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.mark.parametrize("name", ["md.md", "github.md", "gitlab.md", "azure.md"])
def test_no_html_but_ours_is_in_markdown(outputs, name):
    parser = MarkdownIt("gfm-like", {"html": True})
    for block in parser.parse((outputs / name).read_text()):
        for token in (block, *(block.children or ())):
            assert token.type not in {"html_inline", "link_open"}, token
            assert token.type != "html_block" or OUR_HTML.fullmatch(token.content)
            if token.type == "image":
                assert token.attrs["src"].startswith("md_files/")


def test_the_mail_has_only_our_headers(outputs):
    mail = message_from_bytes((outputs / "x.eml").read_bytes(), policy=default)
    assert "Bcc" not in mail
    assert not mail.defects


def test_the_table_has_a_row_for_each_value(outputs):
    text = (outputs / "x.csv").read_text()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(re.match(r"\s*[=+@-]", cell) for row in rows[1:] for cell in row[:2])


def test_the_xml_is_well_formed(outputs):
    assert ET.parse(outputs / "x.xml").getroot().tag == "testsuites"  # noqa: S314  # ours
