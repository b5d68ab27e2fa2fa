"""Each kind of figure looks as it did: small grey pictures that another font does not change much.

After a change that is meant, look at the report and accept the new pictures:

    ACCEPT_LOOKS=1 pytest -p no:xdist -o addopts= tests/figures/curves/test_looks.py
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from reportgen.figures.encoding import encode

ACCEPTED = Path(__file__).with_name("looks")
WIDTH = 110  # pixels
MOST = 4.0  # of 255, the mean difference of two pictures
KINDS = sorted(path.stem for path in ACCEPTED.glob("*.png"))


@pytest.fixture(scope="module")
def drawn(charts):
    """A picture of the first figure of each kind in the gallery."""
    return {name: thumbnail(chart.draw(legend=True)) for name, chart in charts.items()}


def thumbnail(figure):
    picture = Image.open(io.BytesIO(encode.png(figure))).convert("L")
    height = round(picture.height * WIDTH / picture.width)
    return picture.resize((WIDTH, height), Image.Resampling.BOX)


def accepted(kind):
    return Image.open(ACCEPTED / f"{kind}.png").convert("L")


def difference(picture, other):
    """Mean of the absolute differences, 0 to 255; the largest of pictures of another size."""
    if picture.size != other.size:
        return 255.0
    return float(abs(np.asarray(picture, float) - np.asarray(other, float)).mean())


@pytest.mark.skipif("ACCEPT_LOOKS" in os.environ, reason="accepting")
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_looks_as_accepted(drawn, kind):
    assert difference(drawn[kind], accepted(kind)) < MOST


def test_every_kind_has_an_accepted_look(drawn):
    if "ACCEPT_LOOKS" in os.environ:
        ACCEPTED.mkdir(exist_ok=True)
        for name, picture in drawn.items():
            picture.quantize(16).save(ACCEPTED / f"{name}.png", optimize=True)
    assert {path.stem for path in ACCEPTED.glob("*.png")} == set(drawn)


def test_another_figure_is_told_apart():
    pictures = {kind: accepted(kind) for kind in KINDS}
    for kind, picture in pictures.items():
        others = [other for name, other in pictures.items() if name != kind]
        others.append(Image.new("L", picture.size, 255))
        assert min(difference(picture, other) for other in others) > MOST, kind
