"""Job summaries and comments: whole, within each host's limit, and nothing it would strip."""

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from reportgen import Options, write
from reportgen.errors import OutputError, UsageError
from reportgen.outputs.markdown.hosts import HOSTS, marker

# What GitHub's sanitiser lets through of what we use.
ALLOWED = {
    *("h1", "h2", "h3", "p", "strong", "em", "table", "thead", "tbody", "tr", "th", "td", "a"),
    *("details", "summary", "pre", "code", "img", "br", "hr", "ul", "ol", "li"),
}
LIMITS = {"github": 1_024_000, "github-comment": 60_000, "gitlab": 1_000_000, "azure": 1_024_000}


class Tags(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        # Alignment and the language of a fence are the renderer's way to say what GitHub says.
        self.attributes |= {
            name for name, value in attrs if name not in ("style", "class") or "-" not in value
        }


def rendered(text):
    return MarkdownIt("gfm-like", {"html": True}).render(text)


@pytest.mark.parametrize("host", HOSTS)
def test_the_page_is_as_it_was_looked_at(host, demo, written, golden):
    golden(f"demo.{host}.md", written(demo, f"{host}:page.md", link="https://e.example/r"))


def test_markdown_is_as_it_was_looked_at(demo, written, golden):
    # Without the versions and places that differ from machine to machine.
    same_anywhere = replace(demo, provenance=(("Inputs", "runs/demo"),))
    golden("demo.md", written(same_anywhere, "report.md"))


def test_markdown_refers_to_pictures_beside_it_or_holds_them(demo, written, tmp_path):
    text = written(demo, "report.md").decode()
    folder = tmp_path / "report_files"
    names = re.findall(r"\]\(<report_files/(.*?)>\)", text)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    content = written(demo, "md:alone.md", embed=True).decode()
    assert not (tmp_path / "alone_files").exists()
    pictures = re.findall(r"\]\(<data:image/png;base64,(.*?)>\)", content)
    assert [base64.b64decode(picture) for picture in pictures] == [
        (folder / name).read_bytes() for name in names
    ]


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_is_there_that_a_sanitiser_would_strip(host, demo, written):
    result = Tags(rendered(written(demo, f"{host}:page.md").decode()))
    assert result.tags <= ALLOWED
    assert not result.attributes
    assert "table" in result.tags


@pytest.mark.parametrize("host", HOSTS)
def test_pictures_are_shown_only_where_they_are_served(host, demo, written):
    assert "![" not in written(demo, f"{host}:page.md").decode()
    text = written(demo, f"{host}:page.md", image_url="https://e.example/p/").decode()
    assert "](<https://e.example/p/curves-accuracy.png>)" in text
    assert "mermaid" not in text


def test_hosts_that_draw_no_mermaid_and_fold_nothing_get_none(demo, written):
    text = written(demo, "azure:page.md").decode()
    assert "mermaid" not in text
    assert "<details>" not in text
    assert "▁" in text


def test_charts_stay_below_what_gitlab_draws_unasked(demo, written):
    charts = re.findall(r"```mermaid\n(.*?)```", written(demo, "gitlab:p.md").decode(), re.DOTALL)
    assert len(charts) == 2
    assert max(map(len, charts)) < 2_000


@pytest.fixture(scope="module")
def vast_rows():
    """200 tags in 50 runs, no family of tags, with names as long as a file system allows."""
    long = "x" * 200
    letters = str.maketrans("0123456789", "bcdfghjklm")  # without vowels, no word has a meaning
    words = [f"q{tag}q".translate(letters) for tag in range(200)]
    return [
        (f"run {run} {long}", f"{word}/{long}/{word}/loss", step, 1 / (1 + run + step + tag))
        for run in range(50)
        for tag, word in enumerate(words)
        for step in range(2)
    ]


@pytest.mark.slow
def test_200_tags_and_50_runs_stay_within_every_limit(vast_rows, make_report, tmp_path):
    report = make_report(vast_rows, texts=[("run 0", "t", 0, "word " * 100_000)])
    link = "https://e.example/full"
    outputs = [f"{host}:{tmp_path / host}" for host in [*HOSTS, "email"]]
    write(report, *outputs, options=Options(link=link))
    assert (tmp_path / "email").stat().st_size < 10_000_000
    for host, limit in LIMITS.items():
        data = (tmp_path / host).read_bytes()
        assert len(data if HOSTS[host].bytes_ else data.decode()) < limit, host
        text = data.decode()
        assert "20 of 50 runs, best first." in text
        assert f"[Full report](<{link}>)" in text
        assert text.count("<details>") == text.count("</details>")
    text = (tmp_path / "github-comment").read_text()
    match = re.search(r"Left out to stay within 60,000 characters: ([\d,]+) of 200 charts", text)
    assert 0 < int(match[1]) < 200


@pytest.mark.parametrize("host", HOSTS)
def test_what_is_wrong_with_the_data_stands_at_the_top(host, make_report, written):
    report = make_report([("a", "loss", 0, 1.0), ("a", "loss", 1, float("nan"))])
    top = written(report, f"{host}:page.md").decode().partition("| run |")[0]
    assert "a ends in a value that is not finite." in top
    assert "1 scalar of 2 is NaN or infinite." in top


def test_a_job_summary_is_appended_to_what_the_step_has_written(
    demo, written, tmp_path, monkeypatch
):
    place = tmp_path / "summary.md"
    place.write_text("# Build\nfine")
    assert written(demo, "github:summary.md").startswith(b"## demo")
    place.write_text("# Build\nfine")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place))
    text = written(demo, "github:summary.md").decode()
    assert text.startswith("# Build\nfine\n\n## demo\n")
    place.write_text("x" * 1_010_000)
    assert len(written(demo, "github:summary.md")) <= 1_024_000
    place.write_text("x" * 1_023_000)
    with pytest.raises(OutputError, match="a step of its own"):
        written(demo, "github:summary.md")
    assert place.read_text() == "x" * 1_023_000


def test_a_comment_has_a_mark_to_be_found_by(demo, written):
    assert written(demo, "github-comment:c.md").startswith(b"<!-- reportgen:demo -->\n")
    assert marker("--> <b> runs/a b") == "<!-- reportgen:b-runs-a-b -->"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", "//x", "https://x>)<b>"])
@pytest.mark.parametrize("option", ["link", "image_url"])
def test_what_is_no_web_address_is_refused(option, url, demo, written):
    with pytest.raises(UsageError, match="not a web address"):
        written(demo, "github:page.md", **{option: url})
