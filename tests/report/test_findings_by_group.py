from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.groups.seed_groups import SeedGroup, SeedGroups
from reportgen.report.findings_by_group import joined_by_group

RUNS = ("a/seed_0", "a/seed_1", "a/seed_2")
GROUPS = SeedGroups((SeedGroup("a", RUNS), SeedGroup("b", ("b/seed_0", "b/seed_1"))), "")


def finding(run, rule="overfitting", tag="val/loss", severity="warning"):
    return Finding(rule, severity, run, run, tag, 1, 2, "It rises.")


def test_what_all_seeds_show_is_told_once():
    (message,) = joined_by_group([finding(run) for run in RUNS], GROUPS)
    assert message.run == "a/seed_0"
    assert message.sentence == "It rises. The other 2 seeds of a show the same."


def test_of_some_seeds_their_number_is_told():
    (message,) = joined_by_group([finding(run) for run in RUNS[1:]], GROUPS)
    assert message.sentence == "It rises. Another seed of a shows the same."


def test_of_one_seed_its_run_is_told_alone():
    findings = [finding("a/seed_1"), finding("b/seed_0"), finding("c")]
    assert joined_by_group(findings, GROUPS) == tuple(findings)


def test_other_rules_tags_and_severities_stay_apart():
    findings = [
        finding("a/seed_0"),
        finding("a/seed_1", rule="stall"),
        finding("a/seed_1", tag="val/acc"),
        finding("a/seed_1", severity="error"),
    ]
    assert joined_by_group(findings, GROUPS) == tuple(findings)


def test_runs_in_no_group_and_two_findings_of_one_run_stay_apart():
    findings = [finding("c"), finding("d"), finding("a/seed_0"), finding("a/seed_0")]
    assert joined_by_group(findings, GROUPS) == tuple(findings)
