"""Data flows one way: a module imports only from stages before its own."""

import ast
from pathlib import Path

import pytest

import reportgen

ROOT = Path(reportgen.__file__).parent
STAGES = ["events", "series", "tables", "frames", "analysis", "figures", "report", "outputs"]
# Modules that stand beside the stages: those before all of them, and those after.
BEFORE = {
    *(
        "arrays",
        "assets",
        "columns",
        "errors",
        "executor",
        "github_actions",
        "options",
        "runs",
        "selection",
    ),
    *("storage", "wording"),
}
AFTER = {"pipeline", "cli", "__main__", "__init__"}
MODULES = sorted(ROOT.rglob("*.py"))


def stage(module: str) -> int:
    """The place of a module (dotted, without the package's name) on the way of the data."""
    top = module.split(".", maxsplit=1)[0]
    if top in STAGES:
        return STAGES.index(top)
    assert top in BEFORE | AFTER, f"{module}: say in this test where it stands"
    return -1 if top in BEFORE else len(STAGES)


def imported(path: Path) -> set[str]:
    """Names of our own modules that a file imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "reportgen":
                names |= {alias.name for alias in node.names if alias.name != "__version__"}
            else:
                names.add(node.module.removeprefix("reportgen."))
            assert not node.level, f"{path}: relative import"
        elif isinstance(node, ast.Import):
            names |= {alias.name.removeprefix("reportgen.") for alias in node.names}
    return {name for name in names if (ROOT / f"{name.replace('.', '/')}.py").exists()}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_stages_before_its_own(path):
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    late = [name for name in imported(path) if stage(name) > stage(own)]
    assert not late
