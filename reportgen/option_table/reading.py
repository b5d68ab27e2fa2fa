"""Options of what is read, and how figures show it."""

from __future__ import annotations

from reportgen.choices import EmbeddingMethod, GroupCentre, HistogramForm, RestartPolicy, XAxis
from reportgen.option_table.option import Group, Option

READING = (
    Option(
        "strict",
        Group.INPUT,
        "refuse a template that asks for tags which the logs do not hold, and unknown "
        "REPORTGEN_ variables, instead of telling",
    ),
    Option(
        "restarts",
        Group.INPUT,
        "which records later sessions of a restarted run override: session (those that the "
        "writer says), step (those at the same or later steps) or keep-all (none)",
        choices=tuple(RestartPolicy),
        default="session",
        changes_report=True,
    ),
    Option(
        "no_fold",
        Group.INPUT,
        "show what add_scalars and add_hparams wrote beside a run as separate runs",
        changes_report=True,
    ),
    Option(
        "follow_links",
        Group.INPUT,
        "read files and directories outside of LOGDIR that links in it lead to",
        changes_report=True,
    ),
    Option(
        "runs",
        Group.SELECTION,
        "read only runs whose names match: a glob, or /a regular expression/",
        "PATTERN",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "tags", Group.SELECTION, "the same for tags", "PATTERN", repeat=True, changes_report=True
    ),
    Option(
        "smooth",
        Group.FIGURES,
        "smoothing of curves: auto (only long noisy ones), off, tb:WEIGHT (as TensorBoard), "
        "ema:STEPS or window:POINTS",
        "METHOD",
        default="auto",
        changes_report=True,
    ),
    Option(
        "x",
        Group.FIGURES,
        "x axis of curves: step, epoch, time (since a run's start, without its pauses) or wall",
        choices=tuple(XAxis),
        default="step",
        changes_report=True,
    ),
    Option("log_x", Group.FIGURES, "logarithmic x axis of curves", changes_report=True),
    Option(
        "log_y",
        Group.FIGURES,
        "logarithmic y axis of every curve that has positive values",
        changes_report=True,
    ),
    Option(
        "histograms",
        Group.FIGURES,
        "figures of histograms: ridgeline, heat-map, percentiles, all, or auto (ridgeline for "
        "at most 12 steps, else heat-map)",
        choices=tuple(HistogramForm),
        default="auto",
        changes_report=True,
    ),
    Option(
        "aggregate",
        Group.FIGURES,
        "strong line of a group of seeds in its curves: median, mean, or iqm, the mean "
        "without the lowest and the highest quarter",
        choices=tuple(GroupCentre),
        default="median",
        changes_report=True,
    ),
    Option(
        "embedding",
        Group.FIGURES,
        "how embeddings are reduced to two dimensions: pca, or tsne, which needs scikit-learn",
        choices=tuple(EmbeddingMethod),
        default="pca",
        changes_report=True,
    ),
)
