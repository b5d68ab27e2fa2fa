import pandas as pd

from reportgen.outputs.html.templating import rows, spark


def test_the_data_of_a_figure_is_thinned_and_says_so():
    cells, note = rows(pd.DataFrame({"step": range(1000), "value": [0.5] * 1000}), 50)
    assert cells[0] == ["0", "0.5"]
    assert cells[-1] == ["999", "0.5"]
    assert note == "50 of 1,000 rows, evenly spaced."


def test_a_constant_sparkline_is_flat():
    assert spark([1.0, 1.0]) == "2.0,18.0 74.0,18.0"
