import numpy as np
from matplotlib.figure import Figure

from reportgen.figures.canvas import cells


def test_the_largest_value_is_darkest_and_nothing_stays_blank():
    values = np.array([0.0, 0.05, 0.5, 1.0, np.nan, np.inf])
    assert cells.shades(values).tolist() == [0, 1, 5, 10, 0, 0]
    assert not cells.shades(np.zeros(3)).any()


def test_neighbours_of_one_shade_are_one_rectangle():
    axes = Figure().add_subplot()
    boxes = np.array([[0, 1, 0, 1], [1, 2, 0, 1], [3, 4, 0, 1], [0, 1, 1, 2]], float)
    cells.fill(axes, boxes, np.array([4, 4, 4, 4]), "#000000")
    (patch,) = axes.patches
    corners = patch.get_path().vertices.reshape(-1, 5, 2)
    assert corners[:, 0].tolist() == [[0, 0], [3, 0], [0, 1]]
    assert corners[0, 2].tolist() == [2, 1]
