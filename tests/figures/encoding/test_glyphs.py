"""Letters that the style's font lacks come from another font, or the picture notes them."""

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
        return label.get_fontfamily(), [text.get_text() for text in figure.texts]


@pytest.mark.parametrize("text", ["plain", "naïve −3 ± 2", "שלום", "مرحبا"])  # noqa: RUF001
def test_texts_that_the_font_has_keep_their_font(text):
    assert notes(drawn(text)) == (["DejaVu Sans"], [])


def test_a_letter_comes_from_the_first_font_that_has_it(monkeypatch):
    monkeypatch.setattr(glyphs, "style_letters", frozenset)
    families, texts = notes(drawn("é"))
    assert families[0] == "DejaVu Sans"
    assert families[1] in {entry.name for entry in fontManager.ttflist}
    assert not texts


def test_a_picture_notes_letters_that_no_font_has(monkeypatch):
    monkeypatch.setattr(glyphs, "fontManager", SimpleNamespace(ttflist=[]))
    glyphs.fallback_fonts.cache_clear()
    figure = drawn("損失")
    _, texts = notes(figure)
    assert texts == ["Boxes are letters that no font here has."]
    encode.png(figure)
    assert not [text for text in figure.findobj(Text) if "Boxes" in text.get_text()]
    glyphs.fallback_fonts.cache_clear()


def height_with_legend(names):
    """Height in pixels of a figure with these names in its legend."""
    with styled():
        figure, _ = new_figure(width=300)
        legend.add(figure, [legend.Entry(name * 12, "#000000") for name in names])
    return round(figure.get_figheight() * 100)


def test_wide_letters_take_the_room_that_they_need():
    assert height_with_legend(["損", "失"]) - height_with_legend(["a", "b"]) == 16
