"""The colours of twelve runs stay apart for every kind of colour vision, on light and dark."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from reportgen.figures.canvas.style import DARK, LOOKS, run_styles

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), severity 1, of linear RGB.
VISIONS = {
    "full": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
LEAST = 10.0
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
LIGHT = [style.color for style in run_styles([f"run_{index}" for index in range(12)]).values()]


def linear(color):
    """Linear RGB of "#rrggbb"."""
    value = np.array(to_rgb(color))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(color, vision):
    """CIE L*a*b* (D65) of a colour as it is seen."""
    seen = np.clip(np.array(VISIONS[vision]) @ linear(color), 0, 1)
    x, y, z = TO_XYZ @ seen / (0.95047, 1.0, 1.08883)
    x, y, z = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(color, other):
    """The difference of two colours in L*a*b* (Sharma, Wu and Dalal, 2005)."""
    (l1, a1, b1), (l2, a2, b2) = color, other
    chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2([b1, b2], [a1, a2])) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = h1 + turn / 2 if c1 * c2 else h1 + h2
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    light, c = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 + sum(
        weight * np.cos(np.radians(times * hue + shift))
        for weight, times, shift in ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.2, 4, -63))
    )
    sl = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    around = np.sin(np.radians(60 * np.exp(-((((hue % 360) - 275) / 25) ** 2))))
    rt = -2 * around * np.sqrt(c**7 / (c**7 + 25**7))
    parts = (dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2
    return np.sqrt(parts + rt * (dc / sc) * (dh / sh))


def test_the_difference_is_that_of_the_publication():
    pairs = [  # Sharma, Wu and Dalal, table 1
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ]
    for color, other, expected in pairs:
        assert ciede2000(color, other) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_twelve_runs_are_told_apart(vision, ground):
    colors = LIGHT if ground == "light" else [DARK[color] for color in LIGHT]
    seen = [lab(color, vision) for color in colors]
    assert len(set(colors)) == 12
    assert min(ciede2000(color, other) for color, other in combinations(seen, 2)) >= LEAST


@pytest.mark.parametrize("ground", ["#ffffff", "#15171a"])
def test_lines_stand_out_from_their_ground(ground):
    weights = (0.2126, 0.7152, 0.0722)
    back = linear(ground) @ weights + 0.05
    for color in LIGHT:
        shown = color if ground == "#ffffff" else DARK[color]
        ends = sorted((back, linear(shown) @ weights + 0.05))
        assert ends[1] / ends[0] > 2.2, color  # the sky blue of Okabe and Ito has 2.3 on white


def test_beyond_twelve_the_line_differs():
    looks = [
        (style.color, style.dash) for style in run_styles([str(n) for n in range(36)]).values()
    ]
    assert len(set(looks)) == LOOKS == 36
