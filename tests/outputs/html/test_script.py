"""The page's script is joined of its files, and loses nothing that a browser reads."""

import pytest

from reportgen import assets
from reportgen.outputs.html.script import FILES, script, without_comments


def test_every_file_is_embedded_and_the_last_one_starts_the_page():
    content = [path.stem for path in assets.path("script").iterdir()]
    assert sorted(content) == sorted(FILES)
    assert FILES[-1] == "start"


def test_what_is_embedded_takes_at_most_40_kb():
    assert len(script().encode()) <= 49_152


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["// says", "  act(); // why", "", "   "], ["act();"]),
        (["/** says */", "act();"], ["act();"]),
        (["  /**", "   * says; // this too", "   */", "  act();"], ["act();"]),
        (["/* a */ /* b */ act();"], ["act();"]),
        (["/* a", "b */ act(); /* c", "d */"], ["act(); /* c", "d */"]),
        (['  let url = "http://a/*b";', "act();"], ['let url = "http://a/*b";', "act();"]),
        (["/** @type {A} */ (one).b();"], ["(one).b();"]),
        (["* 2"], ["* 2"]),
    ],
)
def test_comments_are_left_out(lines, left):
    assert list(without_comments(lines)) == left


@pytest.mark.parametrize("name", FILES)
def test_no_string_has_slashes_between_spaces(name):
    """Else its end would be taken for a comment."""
    for line in assets.text(f"script/{name}.js").splitlines():
        code, slashes, _ = line.partition(" // ")
        if slashes and code.strip():
            assert code.count('"') % 2 == code.count("`") % 2 == 0, line


@pytest.mark.parametrize("name", FILES)
def test_no_string_goes_on_over_lines(name):
    """Else what looks like a comment could be part of one."""
    for line in assets.text(f"script/{name}.js").splitlines():
        assert line.count("`") % 2 == 0, line
        assert not line.endswith("\\"), line


@pytest.mark.parametrize("name", FILES)
def test_no_comment_behind_code_goes_on_over_lines(name):
    """Else its last line would be taken for code of its own."""
    for line in without_comments(assets.text(f"script/{name}.js").splitlines()):
        assert line.count("/*") == line.count("*/"), line
