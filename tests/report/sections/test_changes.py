"""What changed between two runs or groups, as a section."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.blocks import Media, Notice


@pytest.fixture
def section_of(tmp_path):
    """The section of a report of two runs with parameters."""
    for run, rate, loss in (("new", 0.1, 0.5), ("main", 0.2, 0.7)):
        with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
            writer.add_scalar("val/loss", loss, 1)
            writer.add_text("sample", f"a {run} text", 1)
        (tmp_path / "logs" / run / "hparams.yaml").write_text(f"lr: {rate}\nmodel: x\n")

    def make(**options):
        report = reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))
        return next(
            (section for section in report.sections if section.title == "What changed"), None
        )

    return make


def cells(block):
    return [[cell.text for cell in row] for row in block.rows]


@pytest.mark.parametrize("options", [{"baseline": "main"}, {"compare": ("new", "main")}])
def test_parameters_metrics_and_texts_that_differ_are_shown(section_of, options):
    message, parameters, metrics, texts, *figures = section_of(**options).blocks
    assert [block.chart.kind for block in figures] == ["group_curves", "difference_curve"]
    assert message.text == "new beside main."
    assert cells(parameters) == [["lr", "0.1", "0.2"]]
    assert cells(metrics) == [
        ["best val/loss", "0.5", "0.7", "−0.2", "cannot tell from one run each"]  # noqa: RUF001
    ]
    assert cells(texts)[0][-2:] == ["new", "main"]


def test_without_a_baseline_nothing_is_compared(section_of):
    assert section_of() is None


def test_a_run_beside_itself_differs_in_nothing(section_of):
    message, metrics = section_of(compare=("new", "new")).blocks
    assert cells(metrics)[0][3] == "0"
    assert message.text == "new beside new."


@pytest.mark.parametrize(
    ("compare", "message"),
    [(("new", "mian"), r"--compare mian: .*did you mean main"), (("new",), "takes two")],
)
def test_a_comparison_that_means_nothing_is_refused(section_of, compare, message):
    with pytest.raises(reportgen.UsageError, match=message):
        section_of(compare=compare)


def test_the_curves_of_both_sides_stand_beside_their_difference(tmp_path):
    for group, level in (("new", 1.0), ("old", 3.0)):
        for seed in range(3):
            with SummaryWriter(str(tmp_path / "logs" / group / f"seed_{seed}")) as writer:
                for step in range(6):
                    writer.add_scalar("val/loss", level + seed / 10 - step / 100, step)
    report = reportgen.build(
        reportgen.read(tmp_path / "logs"), reportgen.Options(baseline=("old",))
    )
    section = next(section for section in report.sections if section.title == "What changed")
    both, less = (block.chart for block in section.blocks if hasattr(block, "chart"))
    assert [(line.name, line.size) for line in both.lines] == [("new", 3), ("old", 3)]
    assert less.line.centre == pytest.approx([-2.0] * 6, abs=1e-6)
    assert (less.line.low < less.line.centre).all()
    assert "mean of new less old" in less.subtitle()
    assert "below 0: the first is better" in less.subtitle()


def test_curves_of_a_directory_outside_the_logs_are_drawn_too(tmp_path):
    for place, loss in (("logs/new", 1.0), ("before/old", 3.0)):
        with SummaryWriter(str(tmp_path / place)) as writer:
            for step in range(6):
                writer.add_scalar("val/loss", loss - step / 10, step)
    options = reportgen.Options(baseline=(str(tmp_path / "before"),))
    report = reportgen.build(reportgen.read(tmp_path / "logs"), options)
    section = next(section for section in report.sections if section.title == "What changed")
    less = next(block.chart for block in section.blocks if hasattr(block, "chart"))
    assert [line.size for line in less.lines] == [1, 1]
    assert "median" not in less.subtitle()
    reportgen.write(report, tmp_path / "page.html")


def test_confusion_matrices_of_both_sides_are_subtracted(tmp_path):
    right = {"new": ["cat", "cat", "dog", "dog"], "old": ["cat", "dog", "dog", "dog"]}
    for run, predicted in right.items():
        (tmp_path / "logs" / run).mkdir(parents=True)
        rows = zip(["cat", "cat", "dog", "dog"], predicted, strict=True)
        text = "".join(f"{label},{guess}\n" for label, guess in rows)
        (tmp_path / "logs" / run / "predictions.csv").write_text(f"label,prediction\n{text}")
    options = reportgen.Options(compare=("new", "old"))
    report = reportgen.build(reportgen.read(tmp_path / "logs"), options)
    section = next(section for section in report.sections if section.title == "What changed")
    (chart,) = [block.chart for block in section.blocks if hasattr(block, "chart")]
    assert chart.title.endswith("new less old")
    assert chart.accuracy == (0.75, 1.0)
    assert chart.change.tolist() == [[0.5, -0.5], [0.0, 0.0]]


def test_pictures_that_differ_stand_side_by_side_at_a_shared_step(tmp_path):
    for run, steps, shade in (("new", (0, 5), 0.2), ("main", (0, 5, 9), 0.8)):
        with SummaryWriter(str(tmp_path / "logs" / run)) as writer:
            for step in steps:
                writer.add_image("sample", np.full((3, 4, 6), shade), step)
                writer.add_image("same", np.full((3, 4, 6), 0.5), step)
            writer.add_scalar("val/loss", shade, 0)
    report = reportgen.build(
        reportgen.read(tmp_path / "logs"), reportgen.Options(compare=("new", "main"))
    )
    section = next(section for section in report.sections if section.title == "What changed")
    pictures = [block for block in section.blocks if isinstance(block, Media)]
    assert [(block.series, block.runs, block.step) for block in pictures] == [
        ("sample", ("new",), 5),
        ("sample", ("main",), 5),
    ]
    assert "1 of 2 pairs of pictures that both logged differ." in [
        block.text for block in section.blocks if isinstance(block, Notice)
    ]
