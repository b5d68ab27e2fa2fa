"""JUnit: a test suite a run, for the places that show and gate on such files.

Two checks hold for every log: each record is whole, each value is finite. Those of the user are a
suite of their own, a case a check and run. What a run reached in its last values stands as
properties of its suite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

import pandas as pd

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.last_and_best import Ending
from reportgen.outputs.job import Files, Job
from reportgen.report.verdict import Result

# Kinds of health rows that fail a check, by its name.
_CHECKS = {
    "every record is whole": ("truncated", "payload", "header", "not an event file"),
    "every value is finite": ("not finite",),
}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0


def render(job: Job) -> Files:
    """Return one file, the same bytes for the same logs."""
    experiment = job.report.experiment
    by_run: dict[str, list[Ending]] = {}
    for ending in job.report.endings:
        by_run.setdefault(ending.run, []).append(ending)
    top = ET.Element("testsuites", name=_plain(job.report.title))
    for run in experiment.runs["run"]:
        health = experiment.health[experiment.health["run"] == run]
        findings = [finding for finding in job.report.findings if finding.run == run]
        top.append(_suite(str(run), health, by_run.get(str(run), []), findings))
    if job.report.verdict and job.report.verdict.results:
        verdict = job.report.verdict
        top.append(_checked(verdict.results, allow_unknown=verdict.allow_unknown))
    for count in ("tests", "failures"):
        top.set(count, str(sum(int(suite.get(count, "0")) for suite in top)))
    ET.indent(top)
    text = ET.tostring(top, encoding="unicode")
    return {job.target.path: f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()}


def _suite(
    run: str, health: pd.DataFrame, endings: list[Ending], findings: list[Finding]
) -> ET.Element:
    suite = ET.Element("testsuite", name=_plain(run), tests=str(len(_CHECKS)))
    properties = ET.SubElement(suite, "properties")
    for ending in endings:
        value = wording.number(ending.last, 6).replace("\N{MINUS SIGN}", "-")
        ET.SubElement(properties, "property", name=_plain(ending.tag), value=value)
    for finding in findings:
        name = f"finding {finding.rule} ({finding.severity})"
        ET.SubElement(properties, "property", name=name, value=_plain(finding.sentence))
    for name, kinds in _CHECKS.items():
        case = ET.SubElement(suite, "testcase", classname=_plain(run), name=name)
        problems = list(_problems(health[health["kind"].isin(kinds)]))
        if problems:
            failure = ET.SubElement(case, "failure", message=problems[0])
            failure.text = "\n".join(problems)
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    return suite


def _checked(results: Sequence[Result], *, allow_unknown: bool) -> ET.Element:
    """Return the suite of the user's checks."""
    suite = ET.Element("testsuite", name="checks", tests=str(len(results)))
    for result in results:
        run, check = _plain(result.outcome.run or "no run"), _plain(result.outcome.check.text)
        case = ET.SubElement(suite, "testcase", classname=run, name=check)
        _add_outcome(case, result, allow_unknown=allow_unknown)
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    return suite


def _add_outcome(case: ET.Element, result: Result, *, allow_unknown: bool) -> None:
    """Say in a case that it failed, is unknown, was skipped, or gives a warning."""
    outcome, sentence = result.outcome.outcome, _plain(result.sentence)
    if outcome == "skipped" or (outcome == "unknown" and allow_unknown):
        ET.SubElement(case, "skipped", message=sentence)
    elif outcome == "warned":
        ET.SubElement(case, "system-out").text = sentence
    elif outcome != "passed":
        ET.SubElement(case, "failure", type=outcome, message=sentence).text = sentence


def _problems(health: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each row of the frame of health."""
    for _, row in health.iterrows():
        place = f"{row['file']!s}, byte {row['offset']:,}: " if row["file"] else ""
        count = wording.count(int(row["records"]), "record")
        yield _plain(f"{place}{count}, {row['kind']!s}: {row['detail']!s}")


def _plain(text: str) -> str:
    """Return text without the characters that XML cannot contain."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
