"""The section of groups of seeds."""

import pytest
from tensorboardX import SummaryWriter

import reportgen

FINALS = {"good": [0.9, 0.91, 0.92, 0.9], "bad": [0.5, 0.51, 0.52, 0.5]}


@pytest.fixture
def section_of(tmp_path):
    """The section of a report of runs by name."""
    for group, finals in FINALS.items():
        for seed, value in enumerate(finals):
            with SummaryWriter(str(tmp_path / "logs" / group / f"seed_{seed}")) as writer:
                for step in range(5):
                    writer.add_scalar("val/accuracy", value * step / 4, step)

    def make(**options):
        report = reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))
        return next((one for one in report.sections if one.title == "Seeds"), None)

    return make


def test_groups_stand_in_a_table_with_their_spread_and_what_is_real(section_of):
    told, table, sentence = section_of().blocks
    assert "good (4 runs) and bad (4 runs)" in told.text or "bad (4 runs)" in told.text
    cells = [[cell.text for cell in row] for row in table.rows]
    assert [row[:3] for row in cells] == [["1", "good", "4"], ["2", "bad", "4"]]
    assert cells[0][3].startswith("0.907")
    assert " ± " in cells[0][3]
    assert sentence.text.startswith("A run of good beats a run of bad with probability 100%")


def test_without_groups_there_is_no_section(section_of):
    assert section_of(no_group=True) is None


def test_groups_can_be_named_by_a_pattern(section_of):
    table = section_of(group="seed_([01])").blocks[1]
    assert {row[1].text for row in table.rows} >= {"0", "1"}
