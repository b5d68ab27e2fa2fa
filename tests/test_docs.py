"""Every block of shell or Python in the README and docs/ runs, or says beside it why not."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import reportgen
from reportgen.command.config_file import read_config

pytestmark = pytest.mark.slow  # whole commands, one after the other

ROOT = Path(__file__).parents[1]
# These have tests of their own: tests/test_architecture_docs.py and tests/test_ci_docs.py.
ELSEWHERE = {"architecture.md", "ci.md"}
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in ELSEWHERE]
BLOCK = re.compile(
    r"(?P<mark><!-- not run: .+ -->\n)?^```(?P<language>\w+)\n(?P<code>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#([^)]+))?\)")


def blocks(page, language):
    result = BLOCK.finditer(page.read_text())
    return [
        match["code"] for match in result if match["language"] == language and not match["mark"]
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as the documents suppose it: examples, and runs of the iris flowers."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "bin").mkdir()
    for name, words in (("python", ""), ("reportgen", "-m reportgen")):
        script = folder / "bin" / name
        script.write_text(f'#!/bin/sh\nexec {sys.executable} {words} "$@"\n')
        script.chmod(0o755)
    command = [sys.executable, "examples/iris.py", "runs/iris"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    for name, run in (("new", "lr=0.1"), ("main", "lr=0.01")):
        shutil.copytree(folder / "runs" / "iris" / run, folder / "runs" / name)
    return folder


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page, "shell")], ids=lambda page: page.name
)
def test_the_shell_blocks_of_a_page_run(folder, page):
    for code in blocks(page, "shell"):
        done = subprocess.run(
            ["bash", "-euc", f'PATH="{folder}/bin:$PATH"\n{code}'],  # noqa: S607
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in {0, 1}, code + done.stderr  # 1 is a check that fails
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", *(page for page in PAGES if blocks(page, "python"))],
    ids=lambda page: page.name,
)
def test_the_python_blocks_of_a_page_run_one_after_the_other(folder, page):
    code = "\n".join(blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_configuration_file_of_the_page_is_one(tmp_path):
    (code,) = blocks(ROOT / "docs" / "configuration.md", "toml")
    (tmp_path / "r.toml").write_text(code)
    assert read_config(tmp_path / "r.toml").values["rule"] == (
        "still-improving=off",
        "loss-spike.z=10",
    )


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_every_link_leads_to_a_file_and_a_heading(page):
    made = {"command.md", "frames.md", "gallery.md"}  # by the build of the site
    for path, heading in LINK.findall(re.sub(r"`[^`\n]+`", "", page.read_text())):
        target = page.parent / path
        assert target.exists() or path in made, path
        if heading and target.exists():
            titles = re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
            assert heading in slugs, f"{path}#{heading}"


def test_the_readme_is_short_and_its_commands_are_understood():
    from reportgen.command.parser import parse

    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= 120
    for line in lines:
        if line.startswith("    reportgen "):
            assert parse(shlex.split(line)[1:]).logdir


def test_the_release_files_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == reportgen.__version__
    assert citation["repository-code"] == project["urls"]["Homepage"]
    assert project["name"] in (ROOT / "README.md").read_text()
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        assert yaml.safe_load(path.read_text())["jobs"]


def test_one_command_sets_the_owner_everywhere(tmp_path):
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", ROOT, copy], check=True)  # noqa: S607
    subprocess.run([copy / ".ci" / "set-owner", "somebody"], check=True)
    command = [
        "git",
        "grep",
        "-lE",
        r"OWNER(/reportgen|\.github\.io)",
        "--",
        ":!tests",
        ":!.ci/set-owner",
    ]
    assert not subprocess.run(command, cwd=copy, capture_output=True, check=False).stdout
    assert "github.com/somebody/reportgen" in (copy / "pyproject.toml").read_text()


def test_public_names_have_a_page():
    text = (ROOT / "docs" / "python.md").read_text()
    assert set(re.findall(r"^        - (\w+)$", text, re.MULTILINE)) >= set(reportgen.__all__) - {
        "figures"
    }


def test_the_site_has_every_page():
    site = (ROOT / "mkdocs.yml").read_text()
    assert not [page.name for page in (ROOT / "docs").glob("*.md") if page.name not in site]
