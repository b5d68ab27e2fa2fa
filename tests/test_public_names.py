"""The public names are sorted and importable."""

import pytest

import reportgen


def test_the_names_are_sorted():
    assert reportgen.__all__ == sorted(reportgen.__all__)


@pytest.mark.parametrize("name", reportgen.__all__)
def test_a_public_name_can_be_imported_and_is_documented(name):
    assert getattr(reportgen, name).__doc__


def test_another_name_is_an_error():
    with pytest.raises(AttributeError, match="nonsense"):
        reportgen.nonsense  # noqa: B018


def test_only_public_names_are_listed():
    assert dir(reportgen) == sorted([*reportgen.__all__, "__version__"])
    assert dir(reportgen.figures) == sorted(reportgen.figures.__all__)
