"""The table of parameters shows those that differ; those that all runs share are listed once."""

from tensorboardX import SummaryWriter
from tensorboardX.summary import hparams

import reportgen


def parameters(path, *runs):
    """Return the tables of the section of parameters as titles and texts of cells."""
    for index, settings in enumerate(runs):
        with SummaryWriter(str(path / f"run{index}")) as writer:
            writer.add_scalar("loss", 1, 0)
            for summary in hparams(settings, {}):
                writer.file_writer.add_summary(summary)
    report = reportgen.build(reportgen.read(path))
    (section,) = (section for section in report.sections if section.title == "Parameters")
    return {
        block.title: [[cell.text for cell in row] for row in block.rows] for block in section.blocks
    }


def test_parameters_that_all_runs_share_are_one_list(tmp_path):
    tables = parameters(
        tmp_path, {"lr": 0.1, "net": "a", "seed": 1}, {"lr": 0.2, "net": "a", "amp": True}
    )
    assert tables == {
        "Parameters": [["amp", "", "True"], ["lr", "0.1", "0.2"], ["seed", "1", ""]],
        "Parameters that all runs share": [["net", "a"]],
    }


def test_runs_with_the_same_parameters_have_only_that_list(tmp_path):
    assert parameters(tmp_path, {"lr": 0.1}, {"lr": 0.1}) == {
        "Parameters that all runs share": [["lr", "0.1"]]
    }


def test_a_single_run_shows_all_its_parameters(tmp_path):
    assert parameters(tmp_path, {"lr": 0.1, "net": "a"}) == {
        "Parameters": [["lr", "0.1"], ["net", "a"]]
    }
