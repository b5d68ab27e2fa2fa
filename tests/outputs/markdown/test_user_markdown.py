"""The user's own Markdown stays Markdown, and harms nothing else on the page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportgen.outputs.markdown.user_markdown import of_user

NOTES = """\
# What we tried
We *raised* the rate, see [the issue](https://example.org/i?a=1&b=2) and `a < b`.

Why
===

| rate | loss |
| --- | --: |
| 1e-3 | **0.3** |

```python
if a <b> 1:  # <script> stays code
    # not a heading
```

- [x] done <kbd>Ctrl</kbd>
- H<sub>2</sub>O<br>and <https://example.org>
<details>
<summary>More</summary>

Text
</details>
"""
ALLOWED = re.compile(
    r"</?(?:b|blockquote|br|code|del|details|em|hr|i|kbd|p|s|strong|sub|summary|sup|u)"
    r"(?: open)? ?/?>",
    re.IGNORECASE,
)


def tokens(text):
    for token in MarkdownIt("gfm-like", {"html": True}).parse(text):
        yield token
        yield from token.children or ()


def foreign(text):
    """What is HTML in a rendered text and none of the elements that stay."""
    for token in tokens(text):
        if token.type in {"html_inline", "html_block"}:
            left = ALLOWED.sub("", token.content)
            yield from re.findall(r"<[a-z!?/][^>]*>?", left, re.IGNORECASE)


def test_formatting_links_tables_and_code_stay():
    text = of_user(NOTES)
    kinds = [token.type for token in tokens(text)]
    for kind in ("em_open", "strong_open", "table_open", "fence", "link_open", "code_inline"):
        assert kind in kinds
    assert "[the issue](https://example.org/i?a=1&b=2)" in text
    assert "if a <b> 1:  # <script> stays code\n    # not a heading" in text
    assert "<kbd>Ctrl</kbd>" in text
    assert "<details>\n<summary>More</summary>" in text
    assert "`a < b`" in text


def test_headings_move_below_those_of_the_page():
    text = of_user(NOTES)
    assert "### What we tried\n" in text
    assert "### Why\n" in text
    assert of_user("## a\n#### b\n") == "### a\n##### b"
    assert of_user("#### a") == "#### a"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>"),
        ("<b onclick=x>a</b>", "&lt;b onclick=x>a&lt;/b>"),
        ("<b>a", "&lt;b>a"),
        ("</details>", "&lt;/details>"),
        ("a <!-- hidden --> b", "a  b"),
        ("<!-- left open\n\nb", ""),
        ("[a](javascript:alert(1))", "[a](#))"),
        ("[a](java&#115;cript:alert)", "[a](#)"),
        ("[a](<data:text/html,b>)", "[a](#)"),
        ("[a]: vbscript:x", "[a]: #"),
        ("![a](file:///etc/passwd)", "![a](#)"),
        ("[a](<my file.md>)", "[a](my%20file.md)"),
        ("[a](#part) [b](docs/x.md) <me@host.example>", None),
        ("```\nopen", "```\nopen\n```"),
        ("~~~~\nopen\n~~~", "~~~~\nopen\n~~~\n~~~~"),
    ],
)
def test_what_could_harm_the_page_is_text(text, shown):
    assert of_user(text) == (text if shown is None else shown)


PIECES = st.sampled_from(
    [
        *("<b>", "</b>", "<script>", "`", "``", "```", "\n", "\n\n", "~~~", "a", " ", "    "),
        *("<!--", "-->", "[a](", "javascript:x", ")", "<", ">", "]: ", "# ", "---", "===", "- "),
        *("> ", "\\", "<img x", "&lt;", "<?x", "<![CDATA[", "<!D", "|", "\t", "*"),
        *("<details open>", "</details>"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_becomes_a_foreign_element(text):
    assert not list(foreign(of_user(text)))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_swallows_what_follows(text):
    page = f"{of_user(text)}\n\n## After\n\nthe end\n"
    heads = [token for token in tokens(page) if token.type == "heading_open" and token.tag == "h2"]
    assert heads
