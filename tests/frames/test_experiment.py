"""An experiment shows what it holds, in a terminal and in a notebook."""

from dataclasses import replace

from tensorboardX import SummaryWriter

import reportgen


def test_its_repr_is_a_short_table_of_kinds_and_counts(tmp_path):
    for run in ("a", "b"):
        with SummaryWriter(str(tmp_path / run)) as writer:
            for step in range(600):
                writer.add_scalar("loss", 1.0, step)
            writer.add_text("note", "text", 0)
    experiment = reportgen.read(tmp_path)
    title, *lines = repr(experiment).splitlines()
    assert title == f"Experiment of {tmp_path}"
    rows = dict(map(str.split, lines))
    assert rows == {"scalars": "1,200", "texts": "2", "runs": "2"}
    page = experiment._repr_html_()
    assert "<th scope=row>scalars</th><td>2</td><td>1</td><td>1,200</td>" in page


def test_a_path_is_text_in_a_notebook(tmp_path):
    with SummaryWriter(str(tmp_path / "a")) as writer:
        writer.add_scalar("loss", 1.0, 0)
    experiment = replace(reportgen.read(tmp_path), paths=("<script>",))
    assert "<script>" not in experiment._repr_html_()
