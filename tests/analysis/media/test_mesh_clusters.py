"""A mesh of many faces becomes one of few that fills the same space."""

import numpy as np
import pytest

from reportgen.analysis.media.mesh_clusters import Mesh, simplified


def sheet(side):
    """A square of `side` times `side` places, two faces in each cell."""
    x, y = np.meshgrid(np.linspace(0, 1, side), np.linspace(0, 1, side))
    points = np.column_stack([x.ravel(), y.ravel(), 0 * x.ravel(), x.ravel()])
    own = np.arange(side * side).reshape(side, side)
    a, b, c, d = own[:-1, :-1], own[1:, :-1], own[:-1, 1:], own[1:, 1:]
    faces = [np.stack(three, -1).reshape(-1, 3) for three in ((a, b, c), (b, d, c))]
    return Mesh(points, np.concatenate(faces))


def area(mesh):
    first, second, third = (mesh.points[mesh.faces[:, corner], :2] for corner in range(3))
    (a, b), (c, d) = (second - first).T, (third - first).T
    return np.abs(a * d - b * c).sum() / 2


def test_few_faces_are_left_alone():
    mesh = sheet(4)
    assert simplified(mesh, 18) is mesh


@pytest.mark.parametrize("most", [10, 200, 1000])
def test_many_faces_become_few_without_holes(most):
    mesh = sheet(80)
    found = simplified(mesh, most)
    assert len(found.faces) <= most
    inner = 1 / np.sqrt(most / 2)  # half a cell is lost at each edge
    assert area(found) > (1 - 2 * inner) ** 2
    np.testing.assert_allclose(found.points[:, 3], found.points[:, 0], atol=1e-12)


def test_huge_and_flat_meshes_are_simplified():
    mesh = sheet(40)
    huge = Mesh(mesh.points * 1.5e308 - 0.7e308, mesh.faces)
    assert 0 < len(simplified(huge, 100).faces) <= 100
    flat = Mesh(mesh.points * 0, mesh.faces)
    assert not len(simplified(flat, 100).faces)
