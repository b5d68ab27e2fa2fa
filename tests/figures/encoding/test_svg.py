"""Every kind of figure is strict SVG: elements and attributes of a short list, ids of its own."""

import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

import reportgen
from reportgen.figures.encoding import encode

pytestmark = pytest.mark.slow  # a figure of every kind

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "defs", "clipPath", "rect", "g", "path", "text"}
ATTRIBUTES = """
    id width height viewBox x y d transform clip-path data-run data-series
    fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray stroke-dashoffset
    stroke-linejoin stroke-linecap shape-rendering font-size font-weight text-anchor
"""
COLOR = re.compile(r"none|#[0-9a-f]{6}")
NUMBERS = re.compile(r"[-.\d eMlhvqcz]*")
LARGEST = 200_000  # bytes; a figure of cells or faces is the largest


def test_every_kind_is_strict(charts):
    for name, chart in charts.items():
        for legend in (False, True):
            svg = encode.svg(chart.draw(legend=legend), "own")
            _check(name, ET.fromstring(svg))  # noqa: S314  # ours
            assert len(svg) < LARGEST, name


def _check(name, root):
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert all(identifier.startswith("own-") for identifier in ids), name
    assert len(ids) == len(set(ids)), name
    for node in root.iter():
        assert node.tag.removeprefix(SVG) in ELEMENTS, name
        assert set(node.attrib) <= set(ATTRIBUTES.split()), (name, node.attrib)
        assert all(
            COLOR.fullmatch(node.get(attribute, "none")) for attribute in ("fill", "stroke")
        ), name
        assert NUMBERS.fullmatch(node.get("d", "")), name
        clip = node.get("clip-path", "")
        assert not clip or clip.removeprefix("url(#").removesuffix(")") in ids, name


def test_the_same_chart_is_the_same_text_every_time(charts):
    for name, chart in charts.items():
        first, second = (encode.svg(chart.draw(), "own") for _ in range(2))
        assert first == second, name


def test_every_kind_says_in_words_what_it_shows_with_numbers(charts, checked):
    for name, chart in charts.items():
        checked(chart)
        assert re.search(r"\d", chart.alt()), name
        assert len(chart.data()), name


def test_lines_are_named_by_run_and_series(charts):
    root = ET.fromstring(encode.svg(charts["curves"].draw(), "own"))  # noqa: S314  # ours
    groups = [node for node in root.iter(f"{SVG}g") if node.get("data-run")]
    named = [node for node in groups if node.get("id").startswith("own-line-")]
    owners = [(node.get("data-run"), node.get("data-series", "")) for node in named]
    assert owners == [(line.group, line.split) for line in charts["curves"].series]
    assert [node.get("id") for node in named] == [f"own-line-{n + 1}" for n in range(len(owners))]
    # Labels, values and marks of a line carry its run too, so that they are lifted with it.
    assert {node.get("data-run") for node in groups} == {run for run, _ in owners}


@pytest.fixture(scope="module")
def page(gallery, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    reportgen.generate([gallery], [path], reportgen.Options(max_size="off"))
    return path.read_text(encoding="utf-8")


def test_ids_are_unique_in_the_page_of_the_gallery(page):
    body = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    often = Counter(re.findall(r'\sid="?([^"\s>]+)', body)).most_common(1)
    assert often[0][1] == 1
    svgs = re.findall(r"<svg.*?</svg>", body, re.DOTALL)
    assert len(svgs) > 80
    assert not [svg for svg in svgs if " style=" in svg or "data:" in svg or "<image" in svg]


def test_a_path_keeps_its_shape_without_the_points_that_it_only_passes():
    figure = Figure(figsize=(1, 1))
    corners = [(0, 0), (0.1, 0), (0.3, 0), (0.3, 0.2), (0.3, 0.1), (0.5, 0.5), (0.7, 0.7)]
    figure.patches.append(Polygon(corners, facecolor="red", transform=figure.transFigure))
    (path,) = re.findall(r'<path d="([^"]*)" fill="#ff0000"', encode.svg(figure, "own"))
    assert path == "M0 100h30v-20v10l20-40l20-20z"
