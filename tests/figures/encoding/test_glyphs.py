"""Letters that the style's font lacks come from another, or the picture says that none has them."""

from types import SimpleNamespace

import pytest
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

from reportgen.figures.canvas import legend
from reportgen.figures.canvas.style import new_figure, styled
from reportgen.figures.encoding import encode, glyphs


def drawn(text):
    with styled():
        figure, axes = new_figure()
        axes.set_xlabel(text)
    return figure


def notes(figure):
    """Families of the label and the texts that are written while a picture is drawn."""
    with styled(), glyphs.legible(figure):
        label = figure.axes[0].xaxis.label
        return label.get_fontfamily(), [one.get_text() for one in figure.texts]


@pytest.mark.parametrize("text", ["plain", "naïve −3 ± 2", "שלום", "مرحبا"])  # noqa: RUF001
def test_what_the_font_has_is_left_alone(text):
    assert notes(drawn(text)) == (["DejaVu Sans"], [])


def test_a_letter_comes_from_the_first_font_that_has_it(monkeypatch):
    monkeypatch.setattr(glyphs, "_own", frozenset)
    families, told = notes(drawn("é"))
    assert families[0] == "DejaVu Sans"
    assert families[1] in {entry.name for entry in fontManager.ttflist}
    assert not told


def test_letters_of_no_font_are_told_in_the_picture_alone(monkeypatch):
    monkeypatch.setattr(glyphs, "fontManager", SimpleNamespace(ttflist=[]))
    glyphs._fonts.cache_clear()
    figure = drawn("損失")
    _, told = notes(figure)
    assert told == ["Boxes are letters that no font here has."]
    encode.png(figure)
    assert not [one for one in figure.findobj(Text) if "Boxes" in one.get_text()]
    glyphs._fonts.cache_clear()


def test_wide_letters_take_the_room_that_they_need():
    entries = [legend.Entry(name * 12, "#000000") for name in ("a", "b")]
    wide = [legend.Entry(name * 12, "#000000") for name in ("損", "失")]
    assert len(legend._rows(entries, 300)) == 1
    assert len(legend._rows(wide, 300)) == 2
