"""Options: what a user may set, as text; `reportgen.option_table` says what each does."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a user may set, as text; the command line and Python fill the same object.

    None means "not given", which differs from the default's own text: another source of options,
    such as a configuration file, may fill what was not given. `reportgen.settings` turns options
    into typed values.

    Attributes:
        title: the report's heading; by default the names of the log directories.
        notes: a Markdown file that is shown after the table of runs; "-" for standard input.
        template: a Markdown file that says what the report shows, and where, see
            docs/template.md; by default everything in the usual order.
        strict: whether a template's call that finds nothing is an error.
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
        baseline_last: how many of the newest reports of a history are the baseline.
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
        refresh: seconds after which an open page loads itself again; it does not without.
        max_size: of the page, see `reportgen.option_numbers.parse_size`.
        jobs: how many processes run the work.
        executor: what runs the work, see `reportgen.executor.parse_workers`.
        no_cache: whether the cache is left alone, also where `cache_size` is set.
        cache_size: of the cache in the user's cache directory, see `reportgen.cache`. Without it
            there is none; the command sets it where the user does not.
        command: the command line, for the footer.
    """

    title: str | None = None
    notes: str | None = None
    template: str | None = None
    strict: bool | None = None
    runs: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    restarts: str | None = None
    no_fold: bool | None = None
    follow_links: bool | None = None
    smooth: str | None = None
    x: str | None = None
    log_x: bool | None = None
    log_y: bool | None = None
    best: tuple[str, ...] | None = None
    metric: tuple[str, ...] | None = None
    histograms: str | None = None
    baseline: tuple[str, ...] | None = None
    baseline_last: str | None = None
    check: tuple[str, ...] | None = None
    rule: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    compare: tuple[str, ...] | None = None
    false_alarms: str | None = None
    allow_unknown: bool | None = None
    explain: bool | None = None
    group: str | None = None
    aggregate: str | None = None
    no_group: bool | None = None
    private: bool | None = None
    show_param: tuple[str, ...] | None = None
    embedding: str | None = None
    link: str | None = None
    image_url: str | None = None
    embed: bool | None = None
    attach: tuple[str, ...] | None = None
    send_to: str | None = None
    send_from: str | None = None
    smtp: str | None = None
    smtp_password_file: str | None = None
    refresh: str | None = None
    max_size: str | None = None
    executor: str | None = None
    jobs: str | None = None
    no_cache: bool | None = None
    cache_size: str | None = None
    command: str | None = None

    def set_fields(self) -> dict[str, object]:
        """Return the values of the options that are set, by name."""
        values = {option.name: getattr(self, option.name) for option in fields(self)}
        return {name: value for name, value in values.items() if value is not None}
