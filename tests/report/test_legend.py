"""The legend: groups of seeds as units, and the runs that are in none."""

import pytest
from tensorboardX import SummaryWriter

import reportgen

ACCURACIES = {"a/seed_0": 0.70, "a/seed_1": 0.71, "b/seed_0": 0.90, "b/seed_1": 0.91, "other": 0.5}
MORE = {
    f"{name}/seed_{seed}": level + seed / 100
    for name, level in (("c", 0.3), ("d", 0.8))
    for seed in range(4)
}


@pytest.fixture
def report_of(tmp_path):
    def make(names, **options):
        for name in names:
            with SummaryWriter(str(tmp_path / "logs" / name)) as writer:
                for step in range(5):
                    writer.add_scalar("val/accuracy", (ACCURACIES | MORE)[name] + step / 1e4, step)
        return reportgen.build(reportgen.read(tmp_path / "logs"), reportgen.Options(**options))

    return make


def test_groups_are_named_with_their_runs_and_the_best_first(report_of):
    report = report_of(ACCURACIES)
    assert [(entry.name, entry.note, entry.runs) for entry in report.group_legend] == [
        ("b", "2 seeds", ("b/seed_0", "b/seed_1")),
        ("a", "2 seeds", ("a/seed_0", "a/seed_1")),
        ("other", "", ("other",)),
    ]
    assert {entry.name for entry in report.legend} == set(ACCURACIES)
    assert report.facts[0] == "2 groups of 2 seeds and 1 run"


def test_the_best_of_groups_that_noise_tells_apart_says_so(report_of):
    report = report_of(MORE)
    assert [entry.note for entry in report.group_legend] == ["4 seeds, best", "4 seeds"]


def test_a_group_that_is_the_baseline_says_so(report_of):
    report = report_of(["a/seed_0", "a/seed_1", "b/seed_0"], baseline=("a/seed_0",))
    assert [entry.note for entry in report.group_legend] == ["", "2 seeds, baseline"]


def test_runs_that_are_in_no_group_have_no_group_legend(report_of):
    report = report_of(["a/seed_0", "other"])
    assert report.group_legend == ()
    assert report.facts[0] == "2 runs"


def test_groups_and_runs_of_a_page_are_numbered_apart(report_of, tmp_path):
    reportgen.write(report_of(ACCURACIES), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    legend = page[page.index('<ul class="legend">') : page.index("Contents")]
    numbers = [part.split('"')[0] for part in legend.split('data-runs="')[1:]]
    assert len(numbers) == 3 + 4
    groups = [set(text.split()) for text in numbers if " " in text]
    alone = [text for text in numbers if " " not in text]
    assert [len(group) for group in groups] == [3, 3]
    assert not groups[0] & groups[1]
    assert len(set(alone)) == 5
    assert "The 4 runs" in legend
