import pytest

from reportgen.figures.canvas.ticks import PlainFormatter


@pytest.mark.parametrize(
    ("places", "texts"),
    [
        ([0, 0.25, 0.5, 0.75, 1, 1.25], ["0", "0.25", "0.5", "0.75", "1", "1.25"]),
        ([0, 1000, 2000], ["0", "1,000", "2,000"]),
        ([0, 25_000, 50_000], ["0", "25k", "50k"]),
        ([0, 2500, 5000, 7500, 10_000, 12_500], ["0", "2.5k", "5k", "7.5k", "10k", "12.5k"]),
        ([1e-300, 2e-300], ["1e−300", "2e−300"]),  # noqa: RUF001
        ([0.998, 0.999, 1.0], ["0.998", "0.999", "1"]),
        ([], []),
    ],
)
def test_a_tick_is_written_without_rounding_it(places, texts):
    formatter = PlainFormatter()
    formatter.set_locs(places)
    assert [formatter(place) for place in places] == texts


def test_no_power_of_ten_is_written_as_zero():
    formatter = PlainFormatter(units=False)
    places = [1e-300, 1e-10, 1e-5, 1.0, 1e5, 1e300]
    formatter.set_locs(places)
    minus = "\N{MINUS SIGN}"
    texts = [f"1e{minus}300", f"1e{minus}10", f"1e{minus}5", "1", "100,000", "1e300"]
    assert [formatter(place) for place in places] == texts


def test_what_rounding_leaves_of_zero_is_zero():
    formatter = PlainFormatter()
    formatter.set_locs([-0.1, 1e-17, 0.1])
    assert formatter(1e-17) == "0"
