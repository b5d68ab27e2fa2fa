"""Options of comparisons, checks, findings and groups."""

from __future__ import annotations

from reportgen.option_table.option import Group, Option

COMPARING = (
    Option(
        "best",
        Group.COMPARISON,
        "which direction is better, TAG=up, TAG=down or TAG=none (default: by the tag's "
        "words, loss down, accuracy up)",
        "TAG=DIRECTION",
        repeat=True,
        pairs=True,
        changes_report=True,
    ),
    Option(
        "metric",
        Group.COMPARISON,
        "the metric that says how well a run did, by which runs are ranked (default: chosen "
        "by the tags' words, and the report says why); repeat to show others beside it",
        "TAG",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "baseline",
        Group.COMPARISON,
        "run or group that the others are compared with: its name, a pattern as for --runs, a "
        "directory of logs, a summary.json (path or URL), or git:REF:PATH of one",
        "RUN",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "baseline_last",
        Group.COMPARISON,
        "of a baseline that is a history.json, use only the N newest reports",
        "N",
        changes_report=True,
    ),
    Option(
        "check",
        Group.COMPARISON,
        'what every run must reach, such as "best val/accuracy >= 0.9", "last val/loss <= '
        'baseline + noise" or "no error findings" (see docs/checks.md); exit status 1 if a '
        "run does not",
        "CHECK",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "rule",
        Group.COMPARISON,
        "how findings are made: RULE=on, RULE=off or RULE.THRESHOLD=NUMBER, such as "
        "loss-spike.z=10; see docs/findings.md",
        "SETTING",
        repeat=True,
        pairs=True,
        changes_report=True,
    ),
    Option(
        "ignore",
        Group.COMPARISON,
        'findings that are not shown, "RULE [TAG] [in RUN]", with quotes around a tag or run '
        "that holds spaces",
        "FINDING",
        repeat=True,
        changes_report=True,
    ),
    Option(
        "compare",
        Group.COMPARISON,
        "say what differs between two runs or groups: parameters, metrics, texts (default: "
        "the best run and the baseline)",
        "RUN",
        count=2,
        changes_report=True,
    ),
    Option(
        "false_alarms",
        Group.COMPARISON,
        'how often a limit "baseline + noise" is exceeded by chance',
        "RATE",
        default="0.05",
        changes_report=True,
    ),
    Option(
        "allow_unknown",
        Group.COMPARISON,
        "exit status 0 also if a check cannot be decided, for instance for lack of seeds",
        changes_report=True,
    ),
    Option("explain", Group.COMPARISON, "print for each check what was compared with what"),
    Option(
        "group",
        Group.COMPARISON,
        "which runs differ only in their seed: a regular expression whose (parentheses) name "
        "the group, or a parameter; by default as far as names or parameters say",
        "PATTERN",
        changes_report=True,
    ),
    Option(
        "no_group",
        Group.COMPARISON,
        "do not group runs that differ only in their seed",
        changes_report=True,
    ),
)
