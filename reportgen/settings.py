"""Settings: the options of a user as typed values, each parsed once, before anything is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from importlib.util import find_spec
from pathlib import Path

from reportgen.analysis.findings.ignoring import Ignore, parse_ignores
from reportgen.analysis.findings.rules import RULES, parse_rules
from reportgen.analysis.findings.thresholds import RuleSettings
from reportgen.analysis.groups.aggregation import Centre
from reportgen.analysis.groups.seed_groups import parse_group
from reportgen.analysis.tag_names import Direction, parse_best
from reportgen.analysis.verdicts.check_parser import parse_checks
from reportgen.analysis.verdicts.checks import Check
from reportgen.choices import (
    EmbeddingMethod,
    GroupCentre,
    HistogramForm,
    RestartPolicy,
    XAxis,
)
from reportgen.delivery import Delivery, parse_addresses, parse_delivery
from reportgen.errors import DependencyError, UsageError
from reportgen.executor import Workers, parse_jobs, parse_workers
from reportgen.markdown_file import read_markdown
from reportgen.option_numbers import (
    parse_cache_size,
    parse_last,
    parse_rate,
    parse_refresh,
    parse_size,
)
from reportgen.option_texts import OptionTexts
from reportgen.options import Options
from reportgen.page_template import Template, parse_template
from reportgen.selection import Selection, selection
from reportgen.series.smoothing import Smoothing, parse_smoothing

_CENTRES: Mapping[GroupCentre, Centre] = {
    GroupCentre.MEAN: "mean",
    GroupCentre.MEDIAN: "median",
    GroupCentre.IQM: "iqm",
}
_URL = re.compile(r"https?://[^\s<>\"'`|\\]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a report is made by; see `reportgen.options.Options` for what each means to the user.

    Attributes:
        title: "" for the template's, or else for the names of the log directories.
        notes: the text of the user's notes; "" for none.
        template: None for the usual order of everything.
        runs, tags: which are read.
        restarts: which records later sessions override.
        fold: whether what `add_scalars` and `add_hparams` wrote beside a run is put into it.
        strict: whether a template's call that finds nothing is an error.
        follow_links: whether links that lead out of the log directories are read.
        smoothing: of curves.
        x: what the x axis of curves shows.
        log_x, log_y: whether scales of curves are logarithmic wherever they can be.
        directions: which direction is better, by tag or metric, where the user says it.
        metrics: tags or metrics that say how well a run did; none to choose them.
        histograms: which figures show them.
        baseline: names and patterns of what others are compared with.
        baseline_last: how many of the newest reports of a history; None for all.
        checks: conditions for every run.
        rules: which findings are looked for, and by which thresholds.
        ignores: findings that are not shown.
        compare: names or patterns of the two sides of a comparison; empty for the best run and
            the baseline.
        false_alarms: how often a limit relative to noise may be exceeded by chance.
        allow_unknown: whether a check that nobody can decide is no failure.
        group: what names groups of seeds; "" for names and parameters.
        aggregate: what the strong line of a group of seeds is.
        grouped: whether there are groups of seeds at all.
        private: whether hosts, users, absolute paths and the command line are left out.
        show_param: names of parameters that are shown although they look like secrets.
        embedding: how embeddings are reduced to two dimensions.
        link: web address of the full report; "" for none.
        image_url: web address of the folder of pictures; "" for none.
        embed_pictures: whether Markdown holds its pictures instead of referring to them.
        attachments: files that a mail carries.
        sender: as a mail's header names it; None where the user does not say.
        receivers: of a mail.
        delivery: how a mail is sent; None where it is only written.
        refresh: seconds after which an open page loads itself again; None for never.
        max_bytes: of the HTML page; None for no limit.
        workers: what runs the work; None for the choice of each stage.
        cache_bytes: of the user's cache; None for no cache.
        command: the command line, for the footer; "" where there was none.
    """

    title: str
    notes: str
    template: Template | None
    runs: Selection
    tags: Selection
    restarts: RestartPolicy
    fold: bool
    strict: bool
    follow_links: bool
    smoothing: Smoothing
    x: XAxis
    log_x: bool
    log_y: bool
    directions: Mapping[str, Direction]
    metrics: tuple[str, ...]
    histograms: HistogramForm
    baseline: tuple[str, ...]
    baseline_last: int | None
    checks: tuple[Check, ...]
    rules: RuleSettings
    ignores: tuple[Ignore, ...]
    compare: tuple[str, ...]
    false_alarms: float
    allow_unknown: bool
    group: str
    aggregate: Centre
    grouped: bool
    private: bool
    show_param: tuple[str, ...]
    embedding: EmbeddingMethod
    link: str
    image_url: str
    embed_pictures: bool
    attachments: tuple[Path, ...]
    sender: Address | None
    receivers: tuple[Address, ...]
    delivery: Delivery | None
    refresh: int | None
    max_bytes: int | None
    workers: Workers | None
    cache_bytes: int | None
    command: str


def parse_settings(options: Options | None = None) -> Settings:
    """Return the typed values of all options; what is not given has its default.

    Raises:
        UsageError: an option or the template cannot be understood.
        InputError: the notes or the template cannot be read.
        DependencyError: an option needs a package that is not installed.
    """
    source = OptionTexts(options or Options())
    baseline = tuple(filter(None, source.texts("baseline")))
    selection(baseline)
    senders = parse_addresses(source.text("send_from"), "--send-from")
    receivers = parse_addresses(source.text("send_to"), "--send-to")
    return Settings(
        title=source.text("title"),
        notes=read_markdown(source.text("notes")),
        template=_template(source.text("template")),
        runs=selection(source.texts("runs")),
        tags=selection(source.texts("tags")),
        restarts=source.choice(RestartPolicy, "restarts"),
        fold=not source.switch("no_fold"),
        strict=source.switch("strict"),
        follow_links=source.switch("follow_links"),
        smoothing=parse_smoothing(source.text("smooth")),
        x=source.choice(XAxis, "x"),
        log_x=source.switch("log_x"),
        log_y=source.switch("log_y"),
        directions=parse_best(source.texts("best")),
        metrics=source.texts("metric"),
        histograms=source.choice(HistogramForm, "histograms"),
        baseline=baseline,
        baseline_last=parse_last(source.text("baseline_last"), has_baseline=bool(baseline)),
        rules=parse_rules(source.texts("rule")),
        ignores=parse_ignores(source.texts("ignore"), RULES),
        checks=parse_checks(source.texts("check"), has_baseline=bool(baseline)),
        compare=_two(source.texts("compare")),
        false_alarms=parse_rate(source.text("false_alarms")),
        allow_unknown=source.switch("allow_unknown"),
        group=parse_group(source.text("group")),
        aggregate=_CENTRES[source.choice(GroupCentre, "aggregate")],
        grouped=not source.switch("no_group"),
        private=source.switch("private"),
        show_param=source.texts("show_param"),
        embedding=_embedding(source.choice(EmbeddingMethod, "embedding")),
        link=_web_address(source.text("link"), "--link"),
        image_url=_web_address(source.text("image_url"), "--image-url"),
        embed_pictures=source.switch("embed"),
        attachments=tuple(map(Path, source.texts("attach"))),
        sender=senders[0] if senders else None,
        receivers=receivers,
        delivery=parse_delivery(
            source.text("smtp"), source.text("smtp_password_file"), senders, receivers
        ),
        refresh=parse_refresh(source.text("refresh")),
        max_bytes=parse_size(source.text("max_size")),
        workers=_workers(source),
        cache_bytes=_cache_bytes(source),
        command=source.text("command"),
    )


def _two(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the two sides of a comparison; empty where none are named."""
    if names and len(names) != 2:
        raise UsageError(f"--compare takes two runs or groups, not {len(names)}")
    for name in names:
        selection(name)
    return names


def _workers(source: OptionTexts) -> Workers | None:
    executor, jobs = source.text("executor"), source.text("jobs")
    if executor and jobs:
        raise UsageError("--jobs: --executor says what runs the work; leave one of them out")
    if jobs:
        return parse_jobs(jobs)
    return parse_workers(executor) if executor else None


def _cache_bytes(source: OptionTexts) -> int | None:
    """Return the size of the cache; None where nobody asks for one."""
    size = parse_cache_size(source.text("cache_size")) if source.is_given("cache_size") else None
    return None if source.switch("no_cache") else size


def _template(path: str) -> Template | None:
    return parse_template(read_markdown(path), path) if path else None


def _embedding(method: EmbeddingMethod) -> EmbeddingMethod:
    if method is EmbeddingMethod.TSNE and find_spec("sklearn") is None:
        raise DependencyError("--embedding tsne needs scikit-learn; pip install scikit-learn")
    return method


def _web_address(text: str, option: str) -> str:
    if text and not _URL.fullmatch(text):
        raise UsageError(f"{option} {text}: not a web address; write https://...")
    return text
