"""Options: what a user may set, as text, with the help and the default of each option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType


def _help(
    text: str,
    metavar: str = "",
    *,
    default: str = "",
    repeat: bool = False,
    count: int = 1,
    report: bool = False,
) -> Mapping[str, object]:
    """Return what the command line needs to know of an option.

    Args:
        text: its help, in which "%(default)s" stands for the default.
        metavar: what its value is called; "" for a switch, which has none.
        default: the text that has the same effect as leaving the option out.
        repeat: whether it may be given several times.
        count: how many values it takes each time.
        report: whether it changes what is in a report, and so belongs to the command in its footer.
    """
    return {
        "help": text,
        "metavar": metavar,
        "default": default,
        "repeat": repeat,
        "count": count,
        "report": report,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may set, as text; the command line and Python fill the same object.

    None means "not given", which differs from the default's own text: another source of options,
    such as a configuration file, may fill what was not given. `reportgen.settings` turns options
    into typed values.

    Attributes:
        title: the report's heading; by default the names of the log directories.
        notes: a Markdown file that is shown after the table of runs.
        template: a Markdown file that says what the report shows, and where, see
            docs/template.md; by default everything in the usual order.
        runs, tags: which are read: globs, or regular expressions between slashes; by default all.
        restarts: which records a run's later sessions override, see `reportgen.frames.restarts`.
        no_fold: whether what `add_scalars` and `add_hparams` wrote beside a run is shown as runs.
        follow_links: whether links that lead out of the log directories are read.
        smooth: smoothing of curves, see `reportgen.series.smoothing`.
        x: what the x axis of curves shows, see `reportgen.choices.XAxis`.
        log_x, log_y: whether scales of curves are logarithmic wherever they can be; without
            `log_y`, those are whose values are positive and span two decades.
        best: which direction is better, `TAG=up`, `TAG=down` or `TAG=none`, where the words of a
            tag do not say it.
        metric: tags or metrics that say how well a run did, the first ranks runs; by default they
            are chosen, see `reportgen.analysis.headline`.
        histograms: their figures, see `reportgen.choices.HistogramForm`.
        baseline: the runs that the others are compared with, see
            `reportgen.analysis.verdicts.baseline`.
        check: conditions for every run, see docs/checks.md.
        false_alarms: how often a limit relative to noise may be exceeded by chance.
        allow_unknown: whether a check that nobody can decide leaves the exit status at 0.
        explain: whether the command prints what each check compared with what.
        compare: two runs or groups, of which the report says what changed from one to the other.
        group: what names groups of seeds, see `reportgen.analysis.groups.seed_groups`.
        aggregate: what the strong line of a group of seeds is: mean, median or interquartile mean.
        no_group: whether runs that differ only in their seed are shown one by one.
        rule: which findings are looked for and by which thresholds, see docs/findings.md.
        ignore: findings that are not shown, `RULE [TAG] [in RUN]`.
        private: whether hosts, users, absolute paths and the command line are left out.
        show_param: names of parameters whose values are shown although they look like secrets, see
            `reportgen.analysis.secrets`.
        embedding: how embeddings are reduced to two dimensions: "pca" or "tsne".
        link: where the full report can be opened; shown by outputs that hold a part of it.
        image_url: where the pictures of a Markdown output's folder are served.
        embed: whether Markdown holds its pictures instead of referring to them.
        attach: files that a mail carries.
        send_to: addresses, separated by commas.
        send_from: the sender's address; by default the user of `smtp`.
        smtp: the server, `smtp://user@host:587` or `smtps://user@host:465`.
        smtp_password_file: where the password is; by default in the environment.
        max_size: of the page, see `reportgen.settings.parse_size`.
        executor: what runs the work, see `reportgen.executor.parse_workers`.
        command: the command line, for the footer.
    """

    title: str | None = field(
        default=None,
        metadata=_help(
            "title of the report (default: the log directory's name)", "TEXT", report=True
        ),
    )
    notes: str | None = field(
        default=None,
        metadata=_help("Markdown file shown after the table of runs", "PATH", report=True),
    )
    template: str | None = field(
        default=None,
        metadata=_help(
            "Markdown file that says what the report shows and where, by calls such as "
            '{{ scalars("train/loss") }}; see docs/template.md',
            "PATH",
            report=True,
        ),
    )
    runs: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "read only runs whose names match: a glob, or /a regular expression/; repeat for "
            "several",
            "PATTERN",
            repeat=True,
            report=True,
        ),
    )
    tags: tuple[str, ...] | None = field(
        default=None, metadata=_help("the same for tags", "PATTERN", repeat=True, report=True)
    )
    restarts: str | None = field(
        default=None,
        metadata=_help(
            "which records later sessions of a restarted run override: session (those that the "
            "writer says), step (those at the same or later steps) or keep-all (none) "
            "(default: %(default)s)",
            "POLICY",
            default="session",
            report=True,
        ),
    )
    no_fold: bool | None = field(
        default=None,
        metadata=_help(
            "show what add_scalars and add_hparams wrote beside a run as separate runs",
            report=True,
        ),
    )
    follow_links: bool | None = field(
        default=None,
        metadata=_help(
            "read files and directories outside of LOGDIR that links in it lead to", report=True
        ),
    )
    smooth: str | None = field(
        default=None,
        metadata=_help(
            "smoothing of curves: auto (only long noisy ones), off, tb:WEIGHT (as TensorBoard), "
            "ema:STEPS or window:POINTS (default: %(default)s)",
            "METHOD",
            default="auto",
            report=True,
        ),
    )
    x: str | None = field(
        default=None,
        metadata=_help(
            "x axis of curves: step, epoch, time (since a run's start, without its pauses) or "
            "wall (default: %(default)s)",
            "AXIS",
            default="step",
            report=True,
        ),
    )
    log_x: bool | None = field(
        default=None, metadata=_help("logarithmic x axis of curves", report=True)
    )
    log_y: bool | None = field(
        default=None,
        metadata=_help("logarithmic y axis of every curve that has positive values", report=True),
    )
    best: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "which direction is better, TAG=up, TAG=down or TAG=none (default: by the tag's words, "
            "loss down, accuracy up); repeat for several",
            "TAG=DIRECTION",
            repeat=True,
            report=True,
        ),
    )
    metric: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "the metric that says how well a run did, by which runs are ranked (default: chosen by "
            "the tags' words, and the report says why); repeat to show others beside it",
            "TAG",
            repeat=True,
            report=True,
        ),
    )
    histograms: str | None = field(
        default=None,
        metadata=_help(
            "figures of histograms: ridgeline, heat-map, percentiles, all, or auto (ridgeline for "
            "at most 12 steps, else heat-map) (default: %(default)s)",
            "FORM",
            default="auto",
            report=True,
        ),
    )
    baseline: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "run or group that the others are compared with: its name, a pattern as for --runs, a "
            "directory of logs, a summary.json (path or URL), or git:REF:PATH of one; repeat for "
            "several",
            "RUN",
            repeat=True,
            report=True,
        ),
    )
    check: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            'what every run must reach, such as "best val/accuracy >= 0.9", "last val/loss <= '
            'baseline + noise" or "no error findings" (see docs/checks.md); exit status 1 if a run '
            "does not; repeat for several",
            "CHECK",
            repeat=True,
            report=True,
        ),
    )
    rule: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "how findings are made: RULE=on, RULE=off or RULE.THRESHOLD=NUMBER, such as "
            "loss-spike.z=10; see docs/findings.md; repeat for several",
            "SETTING",
            repeat=True,
            report=True,
        ),
    )
    ignore: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            'findings that are not shown, "RULE [TAG] [in RUN]", with quotes around a tag or run '
            "that holds spaces; repeat for several",
            "FINDING",
            repeat=True,
            report=True,
        ),
    )
    compare: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "say what differs between two runs or groups: parameters, metrics, texts (default: the "
            "best run and the baseline)",
            "RUN",
            count=2,
            report=True,
        ),
    )
    false_alarms: str | None = field(
        default=None,
        metadata=_help(
            'how often a limit "baseline + noise" is exceeded by chance (default: %(default)s)',
            "RATE",
            default="0.05",
            report=True,
        ),
    )
    allow_unknown: bool | None = field(
        default=None,
        metadata=_help(
            "exit status 0 also if a check cannot be decided, for instance for lack of seeds",
            report=True,
        ),
    )
    explain: bool | None = field(
        default=None, metadata=_help("print for each check what was compared with what")
    )
    group: str | None = field(
        default=None,
        metadata=_help(
            "which runs differ only in their seed: a regular expression whose (parentheses) name "
            "the group, or a parameter; by default as far as names or parameters say",
            "PATTERN",
            report=True,
        ),
    )
    aggregate: str | None = field(
        default=None,
        metadata=_help(
            "strong line of a group of seeds in its curves: median, mean, or iqm, the mean without "
            "the lowest and the highest quarter (default: %(default)s)",
            "CENTRE",
            default="median",
            report=True,
        ),
    )
    no_group: bool | None = field(
        default=None,
        metadata=_help("do not group runs that differ only in their seed", report=True),
    )
    private: bool | None = field(
        default=None,
        metadata=_help(
            "leave out hosts, users, absolute paths and the command line; mails, comments, job "
            "summaries and PDF files never hold them"
        ),
    )
    show_param: tuple[str, ...] | None = field(
        default=None,
        metadata=_help(
            "show a parameter's value although it looks like a secret; repeat for several",
            "NAME",
            repeat=True,
            report=True,
        ),
    )
    embedding: str | None = field(
        default=None,
        metadata=_help(
            "how embeddings are reduced to two dimensions: pca, or tsne, which needs scikit-learn "
            "(default: %(default)s)",
            "METHOD",
            default="pca",
            report=True,
        ),
    )
    link: str | None = field(
        default=None,
        metadata=_help("where the full report can be opened, for mails and comments", "URL"),
    )
    image_url: str | None = field(
        default=None,
        metadata=_help(
            "where the folder of pictures of md:PATH is served, for comments and job summaries",
            "URL",
        ),
    )
    embed: bool | None = field(
        default=None, metadata=_help("put the pictures into the Markdown file itself")
    )
    attach: tuple[str, ...] | None = field(
        default=None,
        metadata=_help("file that the mail carries; repeat for several", "PATH", repeat=True),
    )
    send_to: str | None = field(
        default=None,
        metadata=_help("send the mail to these addresses, separated by commas", "ADDRESSES"),
    )
    send_from: str | None = field(
        default=None, metadata=_help("sender of the mail (default: the user in --smtp)", "ADDRESS")
    )
    smtp: str | None = field(
        default=None,
        metadata=_help(
            "server that sends the mail: smtp://user@host:587 (STARTTLS) or smtps://user@host:465; "
            "the password is read from REPORTGEN_SMTP_PASSWORD",
            "URL",
        ),
    )
    smtp_password_file: str | None = field(
        default=None, metadata=_help("file with the password for --smtp", "PATH")
    )
    max_size: str | None = field(
        default=None,
        metadata=_help(
            "size of the HTML page from which pictures shrink, long texts are cut and the least "
            "important figures become rows of a table; off for no limit (default: %(default)s)",
            "SIZE",
            default="5MB",
            report=True,
        ),
    )
    executor: str | None = field(
        default=None,
        metadata=_help(
            "what reads logs and draws figures: processes://N, threads://N or inline (default: as "
            "many processes as there are cores, where they are faster)",
            "WHERE",
        ),
    )
    command: str | None = None

    def set_fields(self) -> dict[str, object]:
        """Return the values of the options that are set, by name."""
        values = {option.name: getattr(self, option.name) for option in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def option_name(name: str) -> str:
    """Return the name of an option on the command line: "--log-x" of `log_x`."""
    return f"--{name.replace('_', '-')}"


# The text that has the same effect as leaving an option out; "" for most.
DEFAULTS: Mapping[str, str] = MappingProxyType(
    {option.name: option.metadata.get("default", "") for option in fields(Options)}
)
