"""What changed between two runs or groups, as a section."""

import pytest
from tensorboardX import SummaryWriter

import reportgen


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
    message, parameters, metrics, texts = section_of(**options).blocks
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
