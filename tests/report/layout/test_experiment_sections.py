"""Runs that share no result are different experiments, each with a table and sections."""

import json

import pytest
from tensorboardX import SummaryWriter
from tensorboardX.summary import hparams

import reportgen
from reportgen.report.layout.experiment_sections import experiment_name


def _log(path, tags, steps=12, **settings):
    with SummaryWriter(str(path)) as writer:
        for summary in hparams(settings, {}) if settings else ():
            writer.file_writer.add_summary(summary)
        for step in range(steps):
            for tag, start in tags.items():
                writer.add_scalar(tag, start + step / 100 * (-1 if "loss" in tag else 1), step)


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """A classifier, a language model, and a distributed run, which all log a loss."""
    folder = tmp_path_factory.mktemp("mixed")
    for place, name in enumerate(("resnet", "vit")):
        _log(folder / "cls" / name, {"train/loss": 2 + place, "val/accuracy": 0.5 + place / 10})
        _log(folder / "lm" / name, {"train/loss": 4 + place, "val/perplexity": 20 + place})
    for rank in range(3):
        _log(folder / "ddp" / f"rank_{rank}", {"loss": 1 + rank / 100})
    return folder


@pytest.fixture(scope="module")
def report(logs):
    return reportgen.build(reportgen.read(logs))


def test_each_experiment_has_its_own_table_and_charts_of_its_own_runs(report):
    titles = [section.title for section in report.sections]
    assert titles[:3] == ["cls: Metrics", "lm: Metrics", "ddp: Metrics"]
    tables = [
        (block.title, [row[0].text for row in block.rows])
        for block in report.blocks()
        if isinstance(block, type(report.summary)) and block.title.startswith("Runs of")
    ]
    assert tables == [("Runs of lm", ["lm/resnet", "lm/vit"]), ("Runs of ddp", ["ddp"])]
    losses = [block for block in report.figures() if block.tag == "loss" and block.runs]
    assert [set(block.runs) for block in losses[:3]] == [
        {"cls/resnet", "cls/vit"},
        {"lm/resnet", "lm/vit"},
        {"ddp/rank_0", "ddp/rank_1", "ddp/rank_2"},
    ]


def test_the_first_table_names_the_others_and_nothing_in_it_is_not_logged(report):
    assert [row[0].text for row in report.summary.rows] == ["cls/vit", "cls/resnet"]
    assert "lm (2 runs) and ddp (1 run) share no result with these runs" in report.summary.note
    assert "not logged" not in str(report.summary.rows)


def test_what_leads_in_each_experiment_is_said_and_linked_to_its_own_chart(report):
    by_id = {block.id: block for block in report.figures()}
    leads = [statement for statement in report.statements if statement.mark == "best"]
    assert [statement.run for statement in leads] == ["cls/vit", "lm/resnet", "ddp/rank_0"]
    assert leads[2].text.startswith("ddp: loss")
    for statement in leads:
        assert statement.run in by_id[statement.target].runs


def test_mails_and_comments_show_the_ranking_of_each_experiment(report, tmp_path):
    outputs = tmp_path / "mail.eml", f"github-comment:{tmp_path / 'comment.md'}"
    reportgen.write(report, *outputs)
    comment = (tmp_path / "comment.md").read_text()
    assert "**Runs of lm**" in comment
    assert "ddp (mean of 3 ranks)" in comment
    mail = (tmp_path / "mail.eml").read_text()
    assert "Runs of lm:" in mail
    assert "1. ddp: loss" in mail


def test_the_summary_keeps_each_rank_with_its_raw_values(report, tmp_path):
    reportgen.write(report, tmp_path / "summary.json")
    runs = json.loads((tmp_path / "summary.json").read_text())["runs"]
    assert [run["run"] for run in runs if "ddp" in run["run"]] == [
        "ddp/rank_0",
        "ddp/rank_1",
        "ddp/rank_2",
    ]


def test_an_experiment_is_named_by_its_directory_its_run_or_its_metric(report, tmp_path):
    assert [experiment_name(other) for other in report.ranking.others] == ["lm", "ddp"]
    for name in ("a", "b"):
        _log(tmp_path / name, {"val/accuracy": 0.5})
    for name in ("c", "d"):
        _log(tmp_path / name, {"val/perplexity": 20})
    _log(tmp_path / "e", {"val/bleu": 30})
    ranking = reportgen.build(reportgen.read(tmp_path)).ranking
    assert experiment_name(ranking) == "val/accuracy"
    assert [experiment_name(other) for other in ranking.others] == ["val/perplexity", "e"]


@pytest.mark.slow
def test_many_experiments_keep_their_tables(tmp_path):
    metrics = ["accuracy", "perplexity", "bleu", "rouge", "wer", "fid"]
    metrics += ["mae", "psnr", "ssim", "mrr", "chrf"]
    for metric in metrics:
        _log(tmp_path / f"run_{metric}", {f"val/{metric}": 1.0})
    report = reportgen.build(reportgen.read(tmp_path))
    tables = [
        block for block in report.blocks() if isinstance(block, type(report.summary)) and block.rows
    ]
    shown = {cell.run for table in (report.summary, *tables) for row in table.rows for cell in row}
    assert {f"run_{metric}" for metric in metrics} <= shown


def test_a_template_of_the_users_own_is_laid_out_once(logs, tmp_path):
    (tmp_path / "layout.md").write_text("# Mixed\n\n## All losses\n{{ scalars('loss') }}\n")
    options = reportgen.Options(template=tmp_path / "layout.md")
    report = reportgen.build(reportgen.read(logs), options)
    assert [section.title for section in report.sections] == ["All losses"]


def test_a_table_has_only_parameters_that_its_own_runs_logged(tmp_path):
    for place, rate in enumerate((0.1, 0.2)):
        _log(tmp_path / "lm" / f"{place}", {"val/perplexity": 20 + place}, rate=rate, heads=4)
        _log(tmp_path / "cls" / f"{place}", {"val/accuracy": 0.5}, dropout=rate)
    report = reportgen.build(reportgen.read(tmp_path))
    tables = (report.summary, *(block for block in report.blocks() if hasattr(block, "columns")))
    names = [[column.name for column in table.columns if column.parameter] for table in tables]
    assert [name for name in names if name] == [["dropout"], ["rate"]]


def test_a_baseline_is_compared_with_the_best_run_of_its_own_experiment(logs):
    report = reportgen.build(reportgen.read(logs), reportgen.Options(baseline="lm/vit"))
    (changes,) = [section for section in report.sections if section.title == "What changed"]
    assert changes.blocks[0].text == "lm/resnet beside lm/vit."
