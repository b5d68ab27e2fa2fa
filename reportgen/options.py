"""Options: every setting of a report, its default and its help, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def _help(text: str, metavar: str = "", *, report: bool = False) -> Mapping[str, object]:
    """What the command line needs to know of a setting.

    Args:
        text: its help.
        metavar: what its value is called; "" for a switch, which has none.
        report: whether it changes what is in a report, and so belongs to the command in its footer.
    """
    return {"help": text, "metavar": metavar, "report": report}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user may set; the command line and Python fill the same object.

    Attributes:
        title: the report's heading; "" for the names of the log directories.
        notes: a Markdown file that is shown after the table of runs; "" for none.
        template: a Markdown file that says what the report shows, and where, see
            docs/template.md; "" for everything in the usual order.
        runs, tags: which are read: globs, or regular expressions between slashes; all where empty.
        restarts: what a restarted run's later sessions make void, see `reportgen.frames.restarts`.
        no_fold: whether runs that `add_scalars` and `add_hparams` wrote stand by themselves.
        smooth: smoothing of curves, see `reportgen.series.transforms`.
        x: what the x axis of curves shows, see `reportgen.analysis.x_axis`.
        log_x, log_y: whether scales of curves are logarithmic wherever they can be; without
            `log_y`, those are whose values are positive and span two decades.
        best: which way is better, `TAG=up`, `TAG=down` or `TAG=none`, where the words of a tag
            are not to say it.
        metric: tags or metrics that say how well a run did; runs are ranked by the first. Where
            empty, they are chosen, see `reportgen.analysis.headline`.
        histograms: their figures, see `reportgen.figures.distributions.forms.prepare`.
        baseline: the run group that the others are compared with: its name, or a pattern that
            matches no other; "" for none.
        check: what every run that logged a tag must reach, see `analysis.verdicts.checks`.
        embedding: how embeddings are made flat, see `reportgen.figures.media.embedding`.
        link: where the full report can be opened; told by the outputs that hold a part of it.
        image_url: where the pictures of a Markdown output's folder are served.
        embed: whether Markdown holds its pictures instead of referring to them.
        attach: files that a mail carries.
        send_to: addresses, separated by commas.
        send_from: the sender's address; "" for the one in `smtp`.
        smtp: the server, `smtp://user@host:587` or `smtps://user@host:465`.
        smtp_password_file: where the password is; "" for the environment.
        max_size: of the page, see `reportgen.report.shrink.parse_size`.
        command: the command line, for the footer; "" where there was none.
    """

    title: str = field(
        default="",
        metadata=_help(
            "title of the report (default: the log directory's name)", "TEXT", report=True
        ),
    )
    notes: str = field(
        default="",
        metadata=_help("Markdown file shown after the table of runs", "PATH", report=True),
    )
    template: str = field(
        default="",
        metadata=_help(
            "Markdown file that says what the report shows and where, by calls such as "
            '{{ scalars("train/loss") }}; see docs/template.md',
            "PATH",
            report=True,
        ),
    )
    runs: tuple[str, ...] = field(
        default=(),
        metadata=_help(
            "read only runs of this name: a glob, or /a regular expression/; repeat for several",
            "PATTERN",
            report=True,
        ),
    )
    tags: tuple[str, ...] = field(
        default=(), metadata=_help("the same for tags", "PATTERN", report=True)
    )
    restarts: str = field(
        default="session",
        metadata=_help(
            "what a restarted run's later sessions make void: session (what the writer said), "
            "step (what the steps say) or keep-all (default: %(default)s)",
            "POLICY",
            report=True,
        ),
    )
    no_fold: bool = field(
        default=False,
        metadata=_help(
            "show what add_scalars and add_hparams wrote beside a run as runs of their own",
            report=True,
        ),
    )
    smooth: str = field(
        default="tb:0.6",
        metadata=_help(
            "smoothing of curves: off, tb:WEIGHT (as TensorBoard), ema:STEPS or "
            "window:POINTS (default: %(default)s)",
            "METHOD",
            report=True,
        ),
    )
    x: str = field(
        default="step",
        metadata=_help(
            "x axis of curves: step, epoch, time (since a run's start, its pauses left out) or "
            "wall (default: %(default)s)",
            "AXIS",
            report=True,
        ),
    )
    log_x: bool = field(default=False, metadata=_help("logarithmic x axis of curves", report=True))
    log_y: bool = field(
        default=False,
        metadata=_help("logarithmic y axis of every curve that has positive values", report=True),
    )
    best: tuple[str, ...] = field(
        default=(),
        metadata=_help(
            "which way is better, TAG=up, TAG=down or TAG=none (default: by the tag's words, loss "
            "down, accuracy up); repeat for several",
            "TAG=WAY",
            report=True,
        ),
    )
    metric: tuple[str, ...] = field(
        default=(),
        metadata=_help(
            "the metric that says how well a run did, by which runs are ranked (default: chosen by "
            "the tags' words, and the report says why); repeat to show others beside it",
            "TAG",
            report=True,
        ),
    )
    histograms: str = field(
        default="auto",
        metadata=_help(
            "figures of histograms: ridgeline, heat-map, percentiles, all, or auto (ridgeline for "
            "at most 12 steps, else heat-map; the default)",
            "FORM",
            report=True,
        ),
    )
    baseline: str = field(
        default="",
        metadata=_help(
            "run that the others are compared with: its name, or a pattern as for --runs that one "
            "run matches",
            "RUN",
            report=True,
        ),
    )
    check: tuple[str, ...] = field(
        default=(),
        metadata=_help(
            'what every run must reach, "[best|last] TAG >= NUMBER" (or <=, >, <, or baseline, '
            '"baseline - 0.01", "baseline + 5%%" in the number\'s place); exit status 1 where one '
            "does not; repeat for several",
            "CHECK",
            report=True,
        ),
    )
    embedding: str = field(
        default="pca",
        metadata=_help(
            "how embeddings are made flat: pca or tsne, which needs scikit-learn "
            "(default: %(default)s)",
            "METHOD",
            report=True,
        ),
    )
    link: str = field(
        default="",
        metadata=_help("where the full report can be opened, for mails and comments", "URL"),
    )
    image_url: str = field(
        default="",
        metadata=_help(
            "where the folder of pictures of md:PATH is served, for comments and job summaries",
            "URL",
        ),
    )
    embed: bool = field(
        default=False, metadata=_help("hold the pictures in the Markdown file itself")
    )
    attach: tuple[str, ...] = field(
        default=(), metadata=_help("file that the mail carries; repeat for several", "PATH")
    )
    send_to: str = field(
        default="",
        metadata=_help("send the mail there: addresses separated by commas", "ADDRESSES"),
    )
    send_from: str = field(
        default="", metadata=_help("sender of the mail (default: the user in --smtp)", "ADDRESS")
    )
    smtp: str = field(
        default="",
        metadata=_help(
            "server that sends the mail: smtp://user@host:587 (STARTTLS) or smtps://user@host:465; "
            "the password is read from REPORTGEN_SMTP_PASSWORD",
            "URL",
        ),
    )
    smtp_password_file: str = field(
        default="", metadata=_help("file with the password for --smtp", "PATH")
    )
    max_size: str = field(
        default="5MB",
        metadata=_help(
            "size of the HTML page from which pictures shrink, long texts are cut and the least "
            "important figures become rows of a table; off for no limit (default: %(default)s)",
            "SIZE",
            report=True,
        ),
    )
    command: str = ""
