"""Options become settings in one place, and every wrong option is refused there."""

import re

import pytest

from reportgen import Options, generate
from reportgen.choices import EmbeddingMethod, HistogramForm, RestartPolicy, XAxis
from reportgen.errors import DependencyError, InputError, ReportgenError, UsageError
from reportgen.executor import Workers
from reportgen.option_table.table import DEFAULTS
from reportgen.series.smoothing import Smoothing
from reportgen.settings import parse_settings


def test_what_is_not_given_has_its_default():
    settings = parse_settings()
    assert settings.smoothing == Smoothing("auto", text="auto")
    assert settings.x is XAxis.STEP
    assert settings.restarts is RestartPolicy.SESSION
    assert settings.histograms is HistogramForm.AUTO
    assert settings.embedding is EmbeddingMethod.PCA
    assert settings.max_bytes == 5_000_000
    assert (settings.fold, settings.log_x, settings.workers) == (True, False, None)


def test_not_given_differs_from_given_as_the_default():
    values = Options(smooth=DEFAULTS["smooth"])
    assert values != Options()
    assert values.set_fields() == {"smooth": "auto"}
    assert parse_settings(values) == parse_settings()


def test_every_value_is_typed():
    settings = parse_settings(
        Options(
            best=("loss=none", "score=up"),
            check=("loss < 1",),
            executor="threads://3",
            max_size="off",
            no_fold=True,
            runs=("a*",),
            send_from="me@e.example",
        )
    )
    assert settings.directions == {"loss": "", "score": "up"}
    assert (settings.checks[0].tag, settings.checks[0].limit.number) == ("loss", 1.0)
    assert settings.workers == Workers("threads", 3)
    assert settings.max_bytes is None
    assert not settings.fold
    assert settings.runs("abc")
    assert settings.sender.addr_spec == "me@e.example"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("attach", 3, "Options.attach is of type int; it must be a tuple of texts"),
        ("best", ("loss=sideways",), "--best loss=sideways"),
        ("check", ("loss",), "--check loss"),
        ("check", ("loss < baseline",), "add --baseline RUN"),
        ("baseline", "/[/", "not a regular expression"),
        ("embedding", "foo", "--embedding foo: unknown value; use pca or tsne"),
        ("executor", "gpu", "--executor gpu: unknown executor"),
        ("executor", "threads://0", "--executor threads://0"),
        ("histograms", "heatmap", "--histograms heatmap: unknown value; did you mean heat-map?"),
        ("image_url", "e.example", "--image-url e.example: not a web address"),
        ("link", "javascript:alert(1)", "--link javascript:alert(1): not a web address"),
        ("log_x", "yes", "Options.log_x is of type str; it must be True or False"),
        ("max_size", "big", "--max-size big: not a size"),
        ("restarts", "never", "--restarts never: unknown value; use session, step or keep-all"),
        ("runs", ("/(/",), "not a regular expression"),
        ("send_from", "me", "--send-from me: not a mail address"),
        ("send_to", "you@e.example", "--send-to: no server"),
        ("smooth", "fog", "--smooth fog: not a smoothing method"),
        ("smtp", "http://e.example", "--smtp http://e.example: not a server"),
        ("tags", ("/[/",), "not a regular expression"),
        ("title", 3, "Options.title is of type int; it must be a text"),
        ("x", "foo", "--x foo: unknown value; use step, epoch, time or wall"),
    ],
)
def test_a_wrong_option_is_refused_before_logs_are_read(tmp_path, option, value, message):
    with pytest.raises(UsageError, match=re.escape(message)):
        generate([tmp_path / "missing"], [tmp_path / "r.html"], Options(**{option: value}))


@pytest.mark.parametrize("option", ["notes", "template"])
def test_a_missing_file_is_refused_before_logs_are_read(tmp_path, option):
    path = str(tmp_path / "none.md")
    with pytest.raises(InputError, match=r"none\.md: No such file"):
        generate([tmp_path / "missing"], [tmp_path / "r.html"], Options(**{option: path}))


def test_a_wrong_template_is_refused_before_logs_are_read(tmp_path):
    (tmp_path / "mine.md").write_text("\n{{ scalers() }}")
    options = Options(template=str(tmp_path / "mine.md"))
    with pytest.raises(UsageError, match=r"mine\.md, line 2: 'scalers' is undefined"):
        generate([tmp_path / "missing"], [tmp_path / "r.html"], options)


def test_a_wrong_output_is_refused_before_logs_are_read(tmp_path):
    with pytest.raises(ReportgenError, match=r"r\.docx: the suffix names no format"):
        generate([tmp_path / "missing"], [tmp_path / "r.docx"])


def test_a_missing_package_is_refused_before_logs_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("reportgen.settings.find_spec", lambda _: None)
    with pytest.raises(DependencyError, match=r"pip install scikit-learn"):
        generate([tmp_path / "missing"], [tmp_path / "r.html"], Options(embedding="tsne"))


def test_one_text_is_as_good_as_a_tuple_of_one():
    assert parse_settings(Options(runs="a*")) == parse_settings(Options(runs=("a*",)))
