"""Pages of the site that the build makes: the command's options, and the gallery's live reports."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.structure.files import File

ROOT = Path(__file__).parents[1]
# Name of an example, the words after the logs, and what its report shows.
GALLERY = (
    ("finetune", (), "A fine-tune of four runs: one diverges, one overfits."),
    ("iris", ("--check", "best val/accuracy >= 0.8"), "A classifier: confusion matrices, a check."),
    ("seeds", (), "Groups of seeds: what is real and what is chance."),
    ("sweep", (), "A sweep of sixty runs: which parameter mattered."),
    ("prompts", (), "Texts of a language model over its training, side by side."),
)


def on_files(files, config):
    """Add the pages that are made; the reports are made in a temporary directory."""
    files.append(File.generated(config, "command.md", content=command_page()))
    files.append(File.generated(config, "gallery.md", content=gallery_page()))
    files.append(File.generated(config, "frames.md", content=frames_page()))
    with tempfile.TemporaryDirectory() as directory:
        for name, words, _ in GALLERY:
            logs, page = Path(directory, name), Path(directory, f"{name}.html")
            subprocess.run(
                [sys.executable, ROOT / "examples" / f"{name}.py", logs],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            command = [sys.executable, "-m", "reportgen", logs, "-o", page, "-q", *words]
            subprocess.run(command, check=True)
            files.append(File.generated(config, f"gallery/{name}.html", content=page.read_text()))
    return files


def on_page_markdown(markdown, config, **_):
    """Point links to files outside of docs/ at the repository."""
    return re.sub(r"\]\(\.\./([^)]+)\)", rf"]({config.repo_url}/blob/main/\1)", markdown)


def command_page():
    """Return the page of all options, as the parser knows them."""
    from reportgen.command.command_options import CONFIGURABLE, LOGDIR
    from reportgen.option_table.option import Group

    lines = [
        "# The command",
        "```text",
        "reportgen LOGDIR... [-o [FORMAT:]PATH]... [options]",
        "```",
    ]
    lines += [
        "",
        "Every option may also stand in [a file or in the environment](configuration.md).",
        "",
    ]
    for group in Group:
        lines += [f"## {str(group).capitalize()}", "| option | meaning |", "|---|---|"]
        for option in CONFIGURABLE:
            if option.group is group:
                lines.append(row(option, is_positional=option is LOGDIR))
        lines.append("")
    lines += ["## Instead of a report", "| option | meaning |", "|---|---|"]
    lines += [
        "| `--list`, `--list json` | list the runs and tags that the logs hold |",
        "| `--print-config` | print each option, and where it was set |",
        "| `--config PATH` | read options from this file |",
        "| `--completion bash`, `zsh`, `fish` | print what makes the shell complete words |",
        "| `--version`, `--help` | |",
        "",
    ]
    return "\n".join(lines)


def frames_page():
    """Return the page of the frames of an experiment: what their module says, and their columns."""
    from reportgen.frames import experiment

    source = Path(experiment.__file__).read_text()
    (columns,) = re.findall(r"^COLUMNS: .*?^\)$", source, re.DOTALL | re.MULTILINE)
    lines = ["# The frames", (experiment.__doc__ or "").partition(": ")[2]]
    lines += ["", "## Columns", "By kind, with the type of each column; `_KEY` are the four above."]
    return "\n".join([*lines, "", "```python", columns, "```", ""])


def row(option, *, is_positional):
    """Return the row of an option in its table."""
    value = option.metavar or f"{{{','.join(option.choices)}}}"
    name = value if is_positional else " ".join([option.flag, *[value] * option.count]).strip()
    notes = ["; repeat for several"] if option.repeat else []
    notes += [f" (default: `{option.default}`)"] if option.default else []
    text = f"{option.help}{''.join(notes)}".replace("|", "\\|").replace("<", "&lt;")
    return f"| `{name.replace('|', chr(92) + '|')}` | {text.replace('{{', '{ {')} |"


def gallery_page():
    """Return the page of reports."""
    rows = [f"- [{name}](gallery/{name}.html): {text}" for name, _, text in GALLERY]
    head = "Reports of the [examples](../examples/README.md), made when this site was built."
    return "\n".join(["# Gallery", head, "", *rows, ""])
