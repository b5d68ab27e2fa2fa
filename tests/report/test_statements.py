"""Statements: the sentences with which a report begins."""

from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.report.statements import event_statement, numbered


@pytest.fixture
def lead_of(tmp_path):
    """Return a function that gives the first statement of a report of curves, by run and tag."""

    def make(curves, **options):
        logs = Path(mkdtemp(dir=tmp_path))
        for run, tags in curves.items():
            with SummaryWriter(str(logs / run)) as writer:
                for tag, values in tags.items():
                    for step, value in enumerate(values):
                        writer.add_scalar(tag, value, step)
        options = reportgen.Options(**options)
        statements = reportgen.build(reportgen.read(logs), options).statements
        return statements[0].text if statements else ""

    return make


def test_with_one_seed_each_the_best_run_leads(lead_of):
    curves = {"a": {"val/loss": [2.0, 1.5]}, "b": {"val/loss": [2.0, 1.25]}}
    assert lead_of(curves) == "b leads: val/loss 1.25 at step 1."
    assert lead_of(curves, baseline="a") == (
        "b leads: val/loss 1.25 at step 1, 0.25 below the baseline."
    )
    assert lead_of(curves, baseline="b") == "b, the baseline, leads: val/loss 1.25 at step 1."


def test_a_single_run_is_compared_with_its_own_end(lead_of):
    assert lead_of({"a": {"loss": [2.0, 1.0, 1.5]}}) == (
        "loss is best at step 1: 1.0. It ends at 1.5, 50 % above."
    )
    assert lead_of({"a": {"loss": [2.0, 1.0]}}) == "loss is best at step 1: 1."
    assert lead_of({"a": {"loss": [2.0, np.nan]}}).endswith("It ends at NaN.")


def test_without_a_better_direction_nothing_leads(lead_of):
    assert lead_of({"a": {"speed": [1.0]}, "b": {"speed": [2.0]}}) == ""


def test_statements_are_numbered_and_linked_to_what_shows_their_tags():
    sentence = "train/loss rises from step 1,900, train/loss_scale does not."
    said = event_statement(
        sentence, run="a", tags=("train/loss",), first_step=1900, advice="Lower the rate."
    )
    (first, second) = numbered([said, said], {"train/loss": "curves-loss"})
    assert (first.number, second.number) == (1, 2)
    assert first.text == f"a {sentence} Lower the rate."
    links = [(segment.text, segment.target) for segment in first.segments if segment.target]
    assert links == [("train/loss", "curves-loss")]
    assert first.segments[0].run == "a"


def test_the_ring_of_a_statement_stands_in_the_chart_of_its_tag(tmp_path):
    with SummaryWriter(str(tmp_path / "a")) as writer:
        for step in range(10):
            writer.add_scalar("val/accuracy", [0.1, 0.9][step == 4], step)
    report = reportgen.build(reportgen.read(tmp_path))
    lead = report.statements[0]
    (figure,) = [figure for figure in report.figures() if figure.id == lead.target]
    assert figure.tag == "accuracy"
    assert (1, "best") in [(mark.number, mark.kind) for mark in figure.chart.marks]
