"""A user's own layout, and notes beside the logs."""

import textwrap
from pathlib import Path

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen import assets
from reportgen.errors import InputError, UsageError
from reportgen.page_template import CALLS
from reportgen.report.blocks import FigureBlock, Media, Notice, Prose
from reportgen.report.table import Table


@pytest.fixture
def logs(tmp_path):
    """Two runs with scalars, a histogram and a picture."""
    for run in ("a", "b"):
        with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
            for step in range(3):
                for tag in ("train/loss", "val/loss", "system/memory"):
                    writer.add_scalar(tag, 1 / (step + 1), step)
            writer.add_histogram("weights/one", np.arange(10.0), 0)
            writer.add_image("digits", np.zeros((3, 4, 4)), 0)
    return tmp_path / "logs"


@pytest.fixture
def laid_out(logs, tmp_path):
    """Builds the report of a template's text."""

    def make(text, **options):
        path = tmp_path / "layout.md"
        path.write_text(text)
        settings = reportgen.Options(template=str(path), **options)
        return reportgen.build(reportgen.read(logs), settings)

    return make


def outline(report):
    """Titles of sections, and of each block its kind and what it shows."""
    return {
        section.title: [shown(block) for block in section.blocks] for section in report.sections
    }


def shown(block):
    if isinstance(block, FigureBlock):
        return block.chart.title
    return block.markdown if isinstance(block, Prose) else type(block)


def test_blocks_stand_in_the_order_of_the_file_under_its_headings(laid_out):
    report = laid_out(
        "# My report\nFirst.\n\n{{ table() }}\n\n## Loss\nBefore {{ scalars('loss') }} after\n\n"
        "### Below\n\n{{ images('dig*') }}\n## Weights\n{{ histograms('weights/*') }}\n"
    )
    assert report.title == "My report"
    assert report.summary is None
    assert outline(report) == {
        "Overview": ["First.", Table],
        "Loss": ["Before ", "loss", " after\n\n### Below", Media, Media],
        "Weights": ["weights/one, a", "weights/one, b"],
    }


def test_a_tag_alone_is_shown_under_its_name_and_a_metric_whole(laid_out):
    report = laid_out("{{ scalars('train/loss') }}{{ scalars('*/loss') }}{{ scalars('system/*') }}")
    assert [block.chart.title for block in report.figures()] == [
        "train/loss",
        "loss",
        "system/memory",
    ]


def test_a_name_that_matches_nothing_is_told_in_its_place(laid_out):
    report = laid_out("## One\n{{ confusion('val/none') }}")
    (block,) = report.sections[0].blocks
    assert isinstance(block, Notice)
    assert "no confusion called val/none" in block.text


def test_a_call_without_a_name_places_all_of_its_kind(laid_out):
    report = laid_out("## One\n{{ scalars() }}{{ histograms() }}{{ images() }}")
    assert outline(report)["One"] == [
        *("loss", "system/memory"),
        *("weights/one, a", "weights/one, b"),
        *(Media, Media),
    ]


def test_a_section_is_absent_where_nothing_of_its_kinds_was_logged(laid_out):
    report = laid_out(
        "## One\n{{ confusion() }}{{ graphs() }}\n## Two\nWords.\n{{ meshes() }}\n"
        "## Three\n{{ meshes() }}{{ images() }}\n## Four\n{{ health() }}"
    )
    assert outline(report) == {"Two": ["Words."], "Three": [Media, Media]}


def test_other_scalars_and_a_logged_layout_bring_sections_of_their_own(logs, laid_out):
    with SummaryWriter(str(logs / "a")) as writer:
        writer.add_custom_scalars({"Mine": {"both": ["Multiline", ["train/loss", "val/loss"]]}})
    report = laid_out("## Metrics\n{{ metrics() }}\n{{ layouts() }}\n{{ groups() }}")
    assert outline(report) == {
        "Metrics": ["loss"],
        "Mine": ["both"],
        "Other scalars": ["system/memory"],
    }


def test_the_usual_report_is_laid_out_by_a_file_that_a_user_can_start_from(logs, laid_out):
    usual = reportgen.build(reportgen.read(logs))
    own_items = laid_out(assets.text("layout.md"))
    assert outline(own_items) == outline(usual)
    assert list(outline(usual)) == ["Metrics", "Other scalars", "Distributions", "Images"]


def test_headings_in_code_start_no_section_and_empty_sections_stay(laid_out):
    report = laid_out("## One\n## Two\n```\n## three\n```\n~~~\n```\n# x\n~~~\n")
    assert list(outline(report)) == ["One", "Two"]


def test_footnotes_and_links_are_known_wherever_they_stand(laid_out):
    report = laid_out(
        "## One\nText[^1] and [here].\n\n{{ table() }}\nMore[^2].\n\n"
        "[^1]: First.\n[^2]: Second,\n\n    going on.\n[here]: https://example.org\n"
    )
    first, _, second = outline(report)["One"]
    assert first == "Text[^1] and [here].\n\n[^1]: First.\n\n[here]: https://example.org"
    assert second == "More[^2].\n\n[^2]: Second,\n\n    going on."


def test_code_is_left_as_it_is(laid_out):
    code = "```\n# one\n[two]: three\n```"
    assert outline(laid_out(f"## One\n{code}\n")) == {"One": [code]}


def test_every_call_that_a_template_may_make_is_known_to_the_report(laid_out):
    text = "".join(f"## {name}\n{{{{ {name}() }}}}\n" for name in CALLS)
    assert outline(laid_out(text))["table"]


def test_the_example_of_the_documentation_works_and_every_call_is_told(laid_out):
    text = (Path(__file__).parents[3] / "docs" / "template.md").read_text()
    example = text.partition("## A template\n")[2].partition("\nWith the logs")[0]
    report = laid_out(textwrap.dedent(example))
    assert [report.title, *outline(report)] == [
        "Iris: which learning rate?",
        *("Overview", "Loss", "Where it errs"),
    ]
    with pytest.raises(UsageError) as refused:
        laid_out("{{ nonsense() }}")
    for name in str(refused.value).partition("; use ")[2].split(", "):
        assert f"`{name}(" in text


def test_ids_of_texts_are_unique(laid_out):
    report = laid_out("## One\nA\n{{ table() }}\nB\n{{ table() }}\nA\n")
    ids = [block.id for block in report.sections[0].blocks if isinstance(block, Prose)]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n\n{{ nonsense('x') }}", "line 3: 'nonsense' is undefined; use audio, changes"),
        ("\n{{ scalars('x' }}", "line 2: "),
        ("\n{% include 'x' %}", "line 2: "),
        ("\n{{ scalars('x', 'y') }}", "line 2: scalars() takes at most one name, in quotes"),
        ("\n\n\n{{ table('x') }}", "line 4: table() takes nothing"),
        ("\n{{ scalars('/[/') }}", "line 2: /[/: not a regular expression"),
        ("{{ table.__globals__ }}", "line 1: "),
        ("{{ ''.__class__.__mro__ }}", "line 1: "),
        ("\n{{ 1 / 0 }}", "line 2: division by zero"),
        ("{{ scalars(missing) }}", "line 1: 'missing' is undefined"),
    ],
)
def test_errors_name_the_file_and_the_line(laid_out, text, message):
    with pytest.raises(UsageError) as refused:
        laid_out(text)
    assert f"layout.md, {message}" in str(refused.value)


@pytest.mark.parametrize("option", ["notes", "template"])
def test_a_file_that_cannot_be_read_is_told(logs, tmp_path, option):
    experiment = reportgen.read(logs)
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe")
    for name, message in (
        ("none.md", "No such file"),
        ("bytes.md", "not UTF-8"),
        (".", "directory"),
    ):
        with pytest.raises(InputError, match=message):
            reportgen.build(experiment, reportgen.Options(**{option: str(tmp_path / name)}))


def test_the_users_notes_stand_first(logs, tmp_path):
    (tmp_path / "mine.md").write_text("All is *well*.")
    settings = reportgen.Options(notes=str(tmp_path / "mine.md"))
    report = reportgen.build(reportgen.read(logs), settings)
    assert report.sections[0].title == "Notes"
    assert outline(report)["Notes"] == ["All is *well*."]


def test_the_notes_of_a_run_are_shown_cut_and_counted(logs):
    (logs / "a" / "README.md").write_text("About a.")
    (logs / "b" / "notes.md").write_text("b" * 20_500)
    (logs / "b" / "other.md").write_text("not shown")
    experiment = reportgen.read(logs)
    assert list(experiment.notes["run"]) == ["a", "b"]
    result = {section.title: section.blocks for section in reportgen.build(experiment).sections}[
        "Notes of runs"
    ]
    assert [result[0].title, result[0].markdown] == ["a, README", "About a."]
    assert result[1].markdown == "b" * 20_000
    assert result[2].text == "500 more characters of notes of b are not shown."


def test_the_notes_of_a_run_with_splits_stand_above_them(tmp_path):
    for split in ("train", "val"):
        with SummaryWriter(str(tmp_path / "logs" / "one" / split)) as writer:
            writer.add_scalar("loss", 1, 0)
    (tmp_path / "logs" / "one" / "README.md").write_text("Both.")
    notes = reportgen.read(tmp_path / "logs").notes
    assert notes.to_dict("records") == [{"run": "one", "file": "README.md", "text": "Both."}]


def test_notes_that_are_too_large_are_told_in_the_health(logs):
    (logs / "a" / "README.md").write_text("a" * (2 << 20))
    experiment = reportgen.read(logs)
    assert experiment.notes.empty
    assert "too large" in experiment.health["detail"].iloc[0]
