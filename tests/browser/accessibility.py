"""What axe says of a page, which several tests ask."""

from axe_playwright_python.sync_playwright import Axe

LEVELS = [f"wcag{version}{level}" for version in (2, 21, 22) for level in ("a", "aa", "aaa")]


def violations(page):
    """Rule, place and reason of all that is against WCAG at any level, or no good practice."""
    rules = {"runOnly": [*LEVELS, "best-practice"], "resultTypes": ["violations"]}
    return [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in Axe().run(page, options=rules).response["violations"]
        for node in violation["nodes"]
    ]
