"""Data flows one way: a module imports only from stages before its own."""

import ast
from pathlib import Path

import pytest

import reportgen

ROOT = Path(reportgen.__file__).parent
STAGES = [
    *("events", "series", "tables", "frames", "analysis", "settings", "figures", "report"),
    "outputs",
]
# Modules that stand beside the stages: those before all of them, and those after.
BEFORE = {
    *("arrays", "assets", "boundary", "budget", "cache", "choices", "columns", "delivery"),
    *("errors", "executor", "github_actions", "option_numbers", "option_table", "option_texts"),
    *("markdown_file", "options", "page_template", "runs", "scratch", "selection", "storage"),
    *("streams", "url_drivers", "wording"),
}
AFTER = {
    *("read_selected", "pipeline", "watching", "history", "command", "integrations"),
    *("__main__", "__init__"),
}
MODULES = sorted(ROOT.rglob("*.py"))


def stage(module: str) -> int:
    """The place of a module (dotted, without the package's name) on the way of the data."""
    top = module.split(".", maxsplit=1)[0]
    if top in STAGES:
        return STAGES.index(top)
    assert top in BEFORE | AFTER, f"{module}: say in this test where it stands"
    return -1 if top in BEFORE else len(STAGES)


def is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def imported(source: str) -> set[str]:
    """Names of our own modules and packages that a source imports, inside functions too."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative import"
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    own_items = {name.removeprefix("reportgen.") for name in names if name.startswith("reportgen.")}
    return {name for name in own_items if is_module(name)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_stages_before_its_own(path):
    text = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    if text == "__init__":  # the public names, loaded when they are used
        return
    late = [name for name in imported(path.read_text()) if stage(name) > stage(text)]
    assert not late


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from reportgen.outputs import html", "outputs.html"),
        ("from reportgen.outputs.html import bundle", "outputs.html.bundle"),
        ("from reportgen import pipeline", "pipeline"),
        ("from reportgen.command.main import main", "command.main"),
        ("def f():\n    import reportgen.outputs.html.bundle", "outputs.html.bundle"),
        ("def f():\n    import reportgen.pipeline as pipe", "pipeline"),
        ("if True:\n    from reportgen.outputs.html import html as page", "outputs.html.html"),
    ],
)
def test_every_form_of_import_is_seen(source, module):
    assert module in imported(source)
