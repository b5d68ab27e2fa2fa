"""The figure that shows a finding is found by its tag, also where one chart shows many tags."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.evidence import figure_of


@pytest.fixture
def report(tmp_path):
    rng = np.random.default_rng(0)
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(40):
            writer.add_scalar("val/loss", 2 * 0.95**step + 1, step, walltime=1e9 + step)
            for layer in range(12):
                level = 30.0 if layer == 7 else 1.0
                value = level * (1 + 0.01 * rng.normal())
                writer.add_scalar(f"layers/{layer}/weight_norm", value, step, walltime=1e9 + step)
    return reportgen.build(reportgen.read(tmp_path))


def test_an_odd_layer_is_ringed_in_the_heat_map_of_its_family(report):
    [finding] = [finding for finding in report.findings if finding.rule == "odd-layer"]
    assert finding.tag == "layers/7/weight_norm"
    block = figure_of(report, finding)
    assert block.tag == "layers/*/weight_norm"
    [said] = [said for said in report.statements if said.rule == "odd-layer"]
    assert said.target == block.id
    assert [mark.number for mark in block.chart.marks] == [said.number]
    ids = [str(artist.get_gid()) for axes in block.chart.draw().axes for artist in axes.lines]
    assert f"mark-{said.number}" in ids
