"""Meshes, embeddings, graphs and the metrics of parameters, from logs that writers left."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import reportgen
from reportgen.choices import EmbeddingMethod
from reportgen.events.graph import Node
from reportgen.figures.canvas.style import RunStyle
from reportgen.report.blocks import FigureBlock, Notice
from reportgen.report.sections import graphs, points
from reportgen.report.table import Table

DATA = Path(__file__).parents[2] / "data"
STYLES = {"run": RunStyle("#0072b2", "-")}


def sections(writer):
    report = reportgen.build(reportgen.read(DATA / writer))
    return {section.title: section.blocks for section in report.sections}


@pytest.mark.parametrize("writer", ["torch", "tensorboardX"])
def test_meshes_embeddings_and_graphs_are_shown(writer):
    result = sections(writer)
    assert [type(block) for block in result["Meshes"]] == [FigureBlock, FigureBlock]
    *drawn, notice = result["Embeddings"]
    assert [type(block) for block in drawn] == [FigureBlock, FigureBlock]
    assert notice.text.startswith("1 embedding with a picture of every point (a sprite)")
    (graph,) = result["Graphs"]
    assert graph.title == "graph, every_kind"


def test_a_graph_that_repeats_another_is_counted_and_not_shown():
    tables = [block for block in sections("tf1")["Graphs"] if isinstance(block, Table)]
    (notice,) = [block for block in sections("tf1")["Graphs"] if isinstance(block, Notice)]
    assert len(tables) + int(notice.text.split()[0]) == 4


def test_metrics_of_parameters_stand_after_them():
    parameters, metrics = sections("tf2")["trials: Parameters"][:2]
    assert (parameters.title, metrics.title) == ("Parameters", "Metrics of the parameters")
    assert [cell.text for cell in metrics.rows[0]] == ["accuracy", "0.9", "0.8"]


def test_of_many_meshes_few_are_drawn_and_the_rest_counted():
    corners, none = np.eye(3), np.empty((0, 3))
    rows = pd.DataFrame(
        [
            {"run": "run", "tag": f"t{tag:02}", "step": step, "index": 0, "vertices": corners}
            | {"faces": none, "colors": none}
            for tag in range(20)
            for step in range(2)
        ]
    )
    *drawn, notice = points.meshes(rows, STYLES)
    assert [block.chart.title for block in drawn][:1] == ["t00, run, step 1"]
    assert len(drawn) == 12
    assert notice.text.startswith("28 meshes of 40 logged are not shown")


def test_points_are_named_by_the_column_of_classes():
    metadata = np.array([[f"word {index}", "ab"[index % 2]] for index in range(10)], object)
    rows = pd.DataFrame(
        {"run": ["run"], "tag": ["e"], "step": [0], "points": [np.eye(10)], "metadata": [metadata]}
    )
    (block,) = points.embeddings(rows, STYLES, EmbeddingMethod.PCA)
    assert block.chart.classes == ("a", "b")


def test_an_empty_graph_is_counted():
    rows = pd.DataFrame({"run": ["run"] * 2, "tag": "", "nodes": [(), (Node("a", "Add", ()),)]})
    shown, notice = graphs.blocks(rows)
    assert shown.title == "graph, run"
    assert notice.text.startswith("1 graph of 2")
