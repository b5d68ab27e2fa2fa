"""A graph's name scopes fit a table."""

from reportgen.analysis.media.scopes import folded

NODES = {
    "input": "Placeholder",
    "encoder/layer_0/kernel": "Variable",
    "encoder/layer_0/matmul": "MatMul",
    "encoder/layer_1/kernel": "Variable",
    "encoder/layer_1/matmul": "MatMul",
    "loss": "Mean",
}


def depths_names_and_nodes(most):
    rows = folded(list(NODES), list(NODES.values()), most)
    return [(scope.depth, scope.name, scope.nodes) for scope in rows]


def test_a_small_graph_is_listed_down_to_its_nodes():
    assert depths_names_and_nodes(20) == [
        (0, "input", 1),
        (0, "encoder", 4),
        (1, "layer_0", 2),
        (2, "kernel", 1),
        (2, "matmul", 1),
        (1, "layer_1", 2),
        (2, "kernel", 1),
        (2, "matmul", 1),
        (0, "loss", 1),
    ]


def test_a_larger_graph_is_listed_to_the_depth_that_fits():
    assert depths_names_and_nodes(5) == [
        (0, "input", 1),
        (0, "encoder", 4),
        (1, "layer_0", 2),
        (1, "layer_1", 2),
        (0, "loss", 1),
    ]
    assert depths_names_and_nodes(1) == [(0, "encoder", 4)]


def test_the_most_frequent_operations_come_first():
    (encoder,) = folded(list(NODES), list(NODES.values()), 1)
    assert encoder.operations == (("Variable", 2), ("MatMul", 2))
    assert folded([], []) == ()
