from reportgen.analysis.media.scopes import folded

NODES = {
    "input": "Placeholder",
    "encoder/layer_0/kernel": "Variable",
    "encoder/layer_0/matmul": "MatMul",
    "encoder/layer_1/kernel": "Variable",
    "encoder/layer_1/matmul": "MatMul",
    "loss": "Mean",
}


def told(most):
    rows = folded(list(NODES), list(NODES.values()), most)
    return [(scope.depth, scope.name, scope.nodes) for scope in rows]


def test_a_small_graph_is_told_to_its_nodes():
    assert told(20) == [
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


def test_a_larger_one_is_folded_to_what_fits():
    assert told(5) == [
        (0, "input", 1),
        (0, "encoder", 4),
        (1, "layer_0", 2),
        (1, "layer_1", 2),
        (0, "loss", 1),
    ]
    assert told(1) == [(0, "encoder", 4)]


def test_operations_are_counted_commonest_first():
    (encoder,) = folded(list(NODES), list(NODES.values()), 1)
    assert encoder.operations == (("Variable", 2), ("MatMul", 2))
    assert folded([], []) == ()
