"""No name of a log becomes an element of HTML in any Markdown output, nor a link or a heading."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

GROUPS = [
    "<h1>x<img src=x onerror=alert(1)>",
    "</summary><b>evil",
    "<details open><summary>evil",
    "<!-- evil",
    "--><b>evil",
    "&lt;b&gt;evil",
    "<script>evil()<",
    "<a href=javascript:evil()>evil",
    "evil](javascript:evil()) ![x",
    "*evil* `evil` **evil",
    "@evil #1 !2 $evil",
    "<svg\tonload=evil()>",
    "<ScRiPt>evil()",
    "<?php evil ?>",
    "<![CDATA[evil]]>",
    "<!DOCTYPE evil>",
]
OURS = re.compile(r"<details><summary>[^<>]*</summary>\n|</details>\n|<!-- reportgen:[\w-]* -->\n")


def tokens(text):
    """Every token of a page, inline ones too."""
    for token in MarkdownIt("gfm-like", {"html": True}).parse(text):
        yield token
        yield from token.children or ()


@pytest.fixture(scope="module")
def report(make_report):
    report = make_report(
        [
            (run, f"{group}/{group.replace('/', '')}", step, value)
            for run in ("a", "b")
            for group in GROUPS
            for step, value in ((0, 1.0), (1, 0.5))
        ],
        texts=[("a", f"{group}/text", 0, group) for group in GROUPS],
        title="<b>evil</b>",
    )
    first, *rest = report.sections  # the category of a layout is a title too
    titled = (replace(first, id=f"s{number}", title=group) for number, group in enumerate(GROUPS))
    return replace(report, sections=(*titled, *rest))


@pytest.mark.parametrize(
    "output", ["md:x.md", "github:x.md", "github-comment:x.md", "gitlab:x.md", "azure:x.md"]
)
def test_html_in_a_markdown_output_is_only_ours(report, written, output):
    text = written(report, output).decode()
    for token in tokens(text):
        assert token.type != "html_inline", token.content
        if token.type == "html_block":
            assert OURS.fullmatch(token.content), token.content
        if token.type == "link_open":
            raise AssertionError(token.attrs)


@pytest.mark.parametrize("output", ["github:x.md", "github-comment:x.md", "gitlab:x.md"])
def test_titles_that_fold_show_names_as_they_are(report, written, output):
    page = MarkdownIt("gfm-like", {"html": True}).render(written(report, output).decode())
    assert "<summary>&lt;h1&gt;x&lt;img src=x onerror=alert(1)&gt;</summary>" in page
    assert "\\" not in "".join(re.findall("<summary>.*?</summary>", page))
