"""A simplified mesh has few faces and the same shape."""

import numpy as np
import pytest

from reportgen.analysis.media.mesh_clusters import Mesh, simplified


def sheet(side):
    """Return a square of `side` times `side` points, two faces in each cell."""
    x, y = np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side))
    points = np.column_stack([x.ravel(), y.ravel(), 0 * x.ravel(), x.ravel()])
    index = np.arange(side * side).reshape(side, side)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[:-1, 1:], index[1:, 1:]
    faces = [np.stack(three, -1).reshape(-1, 3) for three in ((a, b, c), (b, d, c))]
    return Mesh(points, np.concatenate(faces))


def area(mesh):
    first, second, third = (mesh.points[mesh.faces[:, corner], :2] for corner in range(3))
    (a, b), (c, d) = (second - first).T, (third - first).T
    return np.abs(a * d - b * c).sum() / 2


def test_a_mesh_of_few_faces_is_not_changed():
    mesh = sheet(4)
    assert simplified(mesh, 18) is mesh


@pytest.mark.parametrize("most", [10, 200, 1000])
def test_many_faces_are_reduced_without_holes(most):
    mesh = sheet(80)
    reduced = simplified(mesh, most)
    assert len(reduced.faces) <= most
    cell = 1 / np.sqrt(most / 2)  # half of it is lost at each edge
    assert area(reduced) > (1 - 2 * cell) ** 2
    np.testing.assert_allclose(reduced.points[:, 3], reduced.points[:, 0], atol=1e-12)


def test_huge_and_flat_meshes_are_simplified():
    mesh = sheet(40)
    huge = Mesh(mesh.points * 1.5e308 - 0.7e308, mesh.faces)
    assert 0 < len(simplified(huge, 100).faces) <= 100
    flat = Mesh(mesh.points * 0, mesh.faces)
    assert not len(simplified(flat, 100).faces)
