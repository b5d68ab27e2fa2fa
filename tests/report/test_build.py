"""What a report holds, in which order, from logs that tensorboardX wrote."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from reportgen.errors import UsageError
from reportgen.report.blocks import FigureBlock, Media, Notice, Prose
from reportgen.report.table import Table


@pytest.fixture
def report_of(tmp_path):
    """Builds the report of what a function writes into one run."""

    def make(write, **options):
        with SummaryWriter(str(tmp_path / "run")) as writer:
            write(writer)
        return reportgen.build(reportgen.read(tmp_path), reportgen.Options(**options))

    return make


def blocks(report, kind):
    """Every block of a kind, in order."""
    return [
        block for section in report.sections for block in section.blocks if isinstance(block, kind)
    ]


def test_an_empty_log_gives_a_report_without_sections(report_of):
    report = report_of(lambda _: None)
    assert report.summary is None
    assert not report.figures()


def test_train_and_validation_share_a_chart_and_others_have_their_own(report_of):
    def write(writer):
        for tag in ("train/loss", "val/loss", "val/accuracy", "system/memory"):
            for step in range(3):
                writer.add_scalar(tag, 1.0 + step, step)

    report = report_of(write)
    assert [section.title for section in report.sections] == ["Metrics", "Other scalars"]
    assert [block.chart.title for block in report.figures()] == [
        "accuracy",
        "loss",
        "system/memory",
    ]


def test_every_kind_has_its_section_in_a_fixed_order(report_of):
    def write(writer):
        writer.add_text("about", "# Hello")
        writer.add_histogram("weights", np.arange(10.0), 0)
        writer.add_pr_curve("pr", np.array([0, 1, 1]), np.array([0.1, 0.8, 0.4]), 0)
        writer.add_image("picture", np.zeros((3, 4, 4)), 0)
        writer.add_scalar("loss", 1, 0)

    report = report_of(write)
    assert [section.title for section in report.sections] == [
        "Metrics",
        "Classification",
        "Distributions",
        "Images",
        "Text",
    ]
    assert blocks(report, Prose)[0].markdown == "# Hello"
    assert blocks(report, Media)[0].content_type == "image/png"


def test_pictures_that_are_not_shown_are_counted(report_of):
    def write(writer):
        for step in range(10):
            writer.add_image("picture", np.zeros((3, 4, 200)), step)

    report = report_of(write)
    assert [media.title for media in blocks(report, Media)] == [
        f"picture, run, step {step}" for step in (0, 4, 9)
    ]
    (message,) = [block.text for block in blocks(report, Notice) if "not shown" in block.text]
    assert message.startswith("7 pictures of 10 logged are not shown;")


def test_what_is_not_finite_is_counted(report_of):
    def write(writer):
        for step, value in enumerate([1.0, float("nan"), float("inf")]):
            writer.add_scalar("loss", value, step)

    notices = [block.text for block in blocks(report_of(write), Notice)]
    assert "2 scalars of 3 are NaN or infinite." in notices


def test_a_truncated_file_still_gives_a_report_that_tells_it(tmp_path):
    with SummaryWriter(str(tmp_path / "run")) as writer:
        for step in range(10):
            writer.add_scalar("loss", 1 / (step + 1), step)
    file = next((tmp_path / "run").iterdir())
    file.write_bytes(file.read_bytes()[:-5])
    report = reportgen.build(reportgen.read(tmp_path))
    health = next(table for table in blocks(report, Table) if "Damaged" in table.title)
    assert health.rows[0][0].text == f"{file.name} ends in the middle of a record"
    assert len(report.figures()[0].chart.data()) == 9


def test_ids_are_unique(report_of):
    def write(writer):
        for number, tag in enumerate(("a/loss", "a.loss", "loss", "loss_", "Loss")):
            writer.add_scalar(tag, number, 0)
            writer.add_scalar(tag, 2 * number + 1, 1)
            writer.add_histogram(tag, np.arange(9.0), 0)

    report = report_of(write)
    ids = [block.id for block in report.figures()] + [section.id for section in report.sections]
    assert len(ids) == len(set(ids)) > 10


def test_every_figure_can_be_told_in_words(report_of):
    def write(writer):
        writer.add_scalar("loss", float("nan"), 0)
        writer.add_histogram("weights", np.zeros(5), 0)

    for block in report_of(write).figures():
        assert isinstance(block, FigureBlock)
        assert block.chart.title
        assert block.chart.caption().endswith(".")
        assert block.chart.alt().endswith(".")


def test_the_title_is_the_users_or_the_directorys(report_of, tmp_path):
    assert report_of(lambda _: None).title == tmp_path.name
    assert report_of(lambda _: None, title="Mine").title == "Mine"


def test_a_smoothing_that_cannot_be_read_is_refused(report_of):
    with pytest.raises(UsageError, match="fog"):
        report_of(lambda _: None, smooth="fog")


def test_a_text_of_rows_and_columns_is_a_table(report_of):
    rows = np.array([["layer", "units"], ["hidden", "16"], ["output", "3"]], dtype=object)

    def write(writer):
        from tensorboardX.proto.summary_pb2 import Summary, SummaryMetadata
        from tensorboardX.proto.tensor_pb2 import TensorProto
        from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto

        shape = TensorShapeProto(dim=[TensorShapeProto.Dim(size=size) for size in rows.shape])
        cells = [text.encode() for text in rows.flat]
        tensor = TensorProto(dtype="DT_STRING", tensor_shape=shape, string_val=cells)
        plugin = SummaryMetadata.PluginData(plugin_name="text")
        metadata = SummaryMetadata(plugin_data=plugin)
        value = Summary.Value(tag="layers", tensor=tensor, metadata=metadata)
        writer.file_writer.add_summary(Summary(value=[value]), 0)

    (table,) = blocks(report_of(write), Table)
    assert [column.heading for column in table.columns] == ["layer", "units"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["hidden", "16"],
        ["output", "3"],
    ]
