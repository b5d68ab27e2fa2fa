from pathlib import Path

import pytest

from reportgen.errors import OutputError, UsageError
from reportgen.outputs.job import Target
from reportgen.outputs.target import check, parse


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("report.html", Target("html", Path("report.html"))),
        ("out/REPORT.HTM", Target("html", Path("out/REPORT.HTM"))),
        ("report.md", Target("md", Path("report.md"))),
        ("html:page.txt", Target("html", Path("page.txt"))),
        ("md:C:notes", Target("md", Path("C:notes"))),
        ("odd:name.html", Target("html", Path("odd:name.html"))),
    ],
)
def test_the_format_is_named_or_follows_from_the_suffix(text, target):
    assert parse(text) == target


@pytest.mark.parametrize("text", ["report.docx", "report", "html:", "text:report"])
def test_an_unclear_format_says_which_there_are(text):
    with pytest.raises(UsageError, match=r"html.*") as caught:
        parse(text)
    assert str(caught.value).startswith(text)


def test_targets_that_cannot_be_written_are_told_before_the_work(tmp_path):
    (tmp_path / "file").write_text("")
    for target, reason in [
        (tmp_path, "is a directory"),
        (tmp_path / "file" / "report.html", "is not a directory"),
    ]:
        with pytest.raises(OutputError, match=reason):
            check([Target("html", target)])
    check([Target("html", tmp_path / "new" / "folder" / "report.html")])
    assert not (tmp_path / "new").exists()


def test_the_same_path_twice_is_refused(tmp_path):
    target = Target("html", tmp_path / "report.html")
    with pytest.raises(OutputError, match="twice"):
        check([target, target])
