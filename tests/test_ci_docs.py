"""The shell steps of action.yml and docs/ci.md do what they say, against stand-ins of the hosts."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import yaml
from tensorboardX import SummaryWriter

from reportgen.command.parser import parser
from reportgen.outputs.target import parse

pytestmark = pytest.mark.slow  # whole commands, one after the other

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "ci.md").read_text()
TOKEN = "of the stand-in"  # noqa: S105
BIN = Path(sys.executable).parent

# Stands in for GitHub's command line: comments are files, and only bots' are listed.
GH = """#!/usr/bin/env python3
import pathlib, sys
words, store = sys.argv[1:], pathlib.Path("comments")
store.mkdir(exist_ok=True)
if "--jq" in words:
    mark = words[words.index("--jq") + 1].split('startswith("')[1].split('")')[0]
    print(*(p.name for p in sorted(store.iterdir()) if p.read_text().startswith(mark)), sep="\\n")
    sys.exit()
body = words[words.index("-F") + 1].removeprefix("body=@")
url = next(word for word in words if word.startswith("repos/"))
name = url.rpartition("/")[2] if "PATCH" in words else str(len(list(store.iterdir())) + 1)
assert ("PATCH" in words) == (store / name).exists()
(store / name).write_text(pathlib.Path(body).read_text())
"""


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)


def guide(key):
    """The YAML example in docs/ci.md that has a key."""
    return next(block for block in map(yaml.safe_load, blocks("yaml")) if key in block)


def run(script, folder, **environment):
    """Runs a step as a CI runner does; a failure shows what it said."""
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607
        cwd=folder,
        env={**os.environ, "PATH": f"{folder}/bin:{BIN}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def folder(tmp_path):
    """A checkout with logs in runs/."""
    with SummaryWriter(str(tmp_path / "runs" / "a"), flush_secs=1) as writer:
        for step in range(20):
            writer.add_scalar("val/accuracy", 1 - 1 / (step + 2), step)
    (tmp_path / "bin").mkdir()
    return tmp_path


@pytest.fixture
def action(folder):
    """Runs a step of the action by its name, in the environment that a runner gives."""
    (folder / "bin" / "gh").write_text(GH)
    (folder / "bin" / "gh").chmod(0o755)
    (folder / "reportgen" / "bin").mkdir(parents=True)
    (folder / "reportgen" / "bin" / "reportgen").symlink_to(BIN / "reportgen")
    default_values = {
        "inputs.logdir": "runs",
        "inputs.title": 'my "$(touch evil)" title',
        "inputs.checks": "",
        "inputs.baseline": "",
        "inputs.token": "t",
        "github.event.pull_request.number": "7",
    }
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]

    def run_step(name, **inputs):
        values = default_values | {f"inputs.{key}": value for key, value in inputs.items()}
        step = next(item for item in steps if item["name"] == name)
        assert "${{" not in step["run"]  # values come by the environment, where they run nothing
        environment = {
            key: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: values[match[1]], value)
            for key, value in step.get("env", {}).items()
        }
        return run(
            step["run"],
            folder,
            **environment,
            RUNNER_TEMP=str(folder),
            GITHUB_STEP_SUMMARY=str(folder / "summary"),
            GITHUB_OUTPUT=str(folder / "output"),
            GITHUB_ACTIONS="true",
            GITHUB_REPOSITORY="a/b",
            GITHUB_SERVER_URL="https://github.example",
            GITHUB_RUN_ID="5",
        )

    return run_step


def test_the_action_writes_report_summary_and_one_comment(action, folder):
    (folder / "summary").write_text("before\n")
    action("Report")
    assert (folder / "summary").read_text().startswith("before\n\n## my")
    assert "actions/runs/5" in (folder / "summary").read_text()
    outputs = dict(line.split("=") for line in (folder / "output").read_text().splitlines())
    assert "</html>" in Path(outputs["report"]).read_text()
    assert json.loads(Path(outputs["summary"]).read_text())["version"] == 1
    assert not (folder / "evil").exists()
    (folder / "comments").mkdir()
    (folder / "comments" / "1").write_text("somebody else's")
    for _ in range(2):
        action("Comment")
    assert [path.name for path in sorted((folder / "comments").iterdir())] == ["1", "2"]
    assert (folder / "comments" / "2").read_text().startswith("<!-- reportgen:my-touch-evil")


def test_the_actions_of_the_guide_are_given_what_they_take():
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())["inputs"]
    steps = guide("jobs")["jobs"]["train"]["steps"]
    used = next(step["with"] for step in steps if "reportgen" in step.get("uses", ""))
    assert set(used) <= set(inputs)


def outputs_of(folder):
    """What the last step of the action put out."""
    return dict(line.split("=") for line in (folder / "output").read_text().splitlines())


def test_the_action_tells_whether_checks_passed_and_publishes_first(action, folder):
    checks = "best val/accuracy >= 0.5\nlast val/accuracy >= 0.9\n"
    action("Report", checks=checks, baseline="a")
    assert outputs_of(folder)["passed"] == "true"
    message = action("Report", checks=f"{checks}val/accuracy > 0.99\n")
    assert "::error title=Check failed::a: best val/accuracy" in message
    result = outputs_of(folder)
    assert result["passed"] == "false"
    assert json.loads(Path(result["summary"]).read_text())["passed"] is False
    assert "1 of 3 checks failed" in (folder / "summary").read_text()
    with pytest.raises(AssertionError, match="says which"):
        action("Verdict")
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    assert steps[-1]["name"] == "Verdict"


def test_a_check_that_the_action_cannot_read_fails_its_step(action):
    with pytest.raises(AssertionError, match="column 14"):
        action("Report", checks="val/accuracy is good")


@pytest.mark.parametrize("least", ["0.5", "0.999"])
def test_the_gates_of_the_guide_fail_on_a_regression_and_leave_the_outputs(least, folder):
    lines = [item.replace("0.95", least) for item in guide("gate")["gate"]["script"][1:]]
    scripts = ["\n".join(lines), blocks("bash")[0].replace("0.95", least)]
    for script in scripts:
        if least == "0.5":
            run(script, folder, PUBLISH_DIR="bin")
        else:
            with pytest.raises(AssertionError, match=r"FAILED a: best val/accuracy"):
                run(script, folder, PUBLISH_DIR="bin")
    assert (folder / "bin" / "report.html").stat().st_size
    for path in ("report.html", guide("gate")["gate"]["artifacts"]["reports"]["junit"]):
        assert (folder / path).stat().st_size


@pytest.mark.parametrize("least", ["0.5", "0.999"])
def test_a_step_can_decide_by_the_numbers(least, folder):
    run("reportgen runs -o summary.json", folder)
    text = next(block for block in blocks("yaml") if "Accuracy must not fall" in block)
    steps = yaml.safe_load(text)
    script = steps[1]["run"].replace("0.95:", f"{least}:")
    assert f"{least}:" in script
    if least == "0.5":
        run(script, folder, SUMMARY="summary.json")
    else:
        with pytest.raises(
            AssertionError, match=r"::error title=Accuracy::val/accuracy is 0\.9524"
        ):
            run(script, folder, SUMMARY="summary.json")


class GitLab(BaseHTTPRequestHandler):
    """Stands in for GitLab's notes."""

    notes: dict[int, str]

    def do_GET(self):
        result = [{"id": number, "body": body} for number, body in self.notes.items()]
        self.answer(result)

    def do_POST(self):
        self.notes[len(self.notes) + 1] = self.body()
        self.answer({})

    def do_PUT(self):
        self.notes[int(self.path.rpartition("/")[2])] = self.body()
        self.answer({})

    def body(self):
        data = self.rfile.read(int(self.headers["Content-Length"])).decode()
        return parse_qs(data)["body"][0]

    def answer(self, content):
        assert self.headers["PRIVATE-TOKEN"] == TOKEN
        assert self.path.startswith("/api/projects/3/merge_requests/4/notes")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture
def gitlab():
    """A server, and the notes that it holds."""
    handler = type("Handler", (GitLab,), {"notes": {1: "somebody else's"}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port, handler.notes
        server.shutdown()
        thread.join()


@pytest.mark.skipif(not shutil.which("curl"), reason="the GitLab example uses curl")
def test_the_gitlab_example_writes_and_updates_one_note(folder, gitlab):
    port, notes = gitlab
    job = guide("report")["report"]
    steps = [
        item for item in job["script"] if not item.startswith(("python3 train", "pip install"))
    ]
    for _ in range(2):
        for step in steps:
            run(
                step,
                folder,
                CI_MERGE_REQUEST_IID="4",
                CI_PROJECT_ID="3",
                CI_API_V4_URL=f"http://127.0.0.1:{port}/api",
                CI_JOB_URL="https://gitlab.example/jobs/5",
                REPORTGEN_TOKEN=TOKEN,
                no_proxy="127.0.0.1",
            )
    assert list(notes) == [1, 2]
    assert "https://gitlab.example/jobs/5/artifacts/file/report.html" in notes[2]
    for path in [*job["artifacts"]["paths"], job["artifacts"]["reports"]["metrics"]]:
        assert (folder / path).stat().st_size


def test_the_azure_example_uploads_the_summary(folder):
    step = next(item for item in guide("steps")["steps"] if item.get("displayName") == "Report")
    done = run(step["script"], folder, BUILD_ARTIFACTSTAGINGDIRECTORY=str(folder / "staging"))
    place = re.search(r"##vso\[task\.uploadsummary\](.*)", done)[1]
    assert Path(place).read_text().startswith("## runs")


@pytest.mark.parametrize("line", [line for block in blocks("shell") for line in block.splitlines()])
def test_the_commands_of_the_guide_are_understood(line):
    parse_args = parser().parse_args(shlex.split(line)[1:])
    assert [parse(output) for output in parse_args.output]


def test_nothing_says_to_install_the_other_project_of_this_name():
    """On PyPI, `reportgen` is another project: until ours is there, it is installed from here."""
    root = Path(__file__).parents[1]
    texts = [root / "README.md", root / "action.yml", *root.glob("docs/*.md")]
    texts += root.glob("reportgen/**/*.py")
    wrong = re.compile(r"""pip install[^\n`]*[\s'"](?<!/)reportgen(\[|['"\s`]|$)""", re.MULTILINE)
    assert not [path for path in texts if wrong.search(path.read_text())]


def test_the_guides_chat_message_is_posted_whole(folder):
    curl = folder / "bin" / "curl"
    curl.write_text(
        "#!/bin/sh\n"
        'for word; do last=$word; case $word in @*) cp "${word#@}" posted;; esac; done\n'
        'echo "$last" > address\n'
    )
    curl.chmod(0o755)
    script = next(block for block in blocks("bash") if "slack.json" in block)
    address = "https://hooks.example/x"
    run(script, folder, REPORT_URL="https://r.example/1", SLACK_WEBHOOK_URL=address)
    assert (folder / "address").read_text() == f"{address}\n"
    posted = json.loads((folder / "posted").read_text())
    assert "val/accuracy 0.9524" in posted["text"]
    assert "https://r.example/1" in json.dumps(posted["blocks"])


def test_the_guides_history_gets_a_row_each_night(folder):
    script = next(block for block in blocks("bash") if "history" in block)
    for night in ("2026-09-01", "2026-09-02"):
        run(script.replace("$(date -u +%Y-%m-%d)", night), folder)
    page = (folder / "site" / "index.html").read_text()
    assert 'href="nights/2026-09-02.html"' in page
    assert page.count("<tr>") == 3


def test_the_guides_jobs_of_the_night_are_whole():
    examples = map(yaml.safe_load, blocks("yaml"))
    jobs = [example.get("jobs", {}) for example in examples if isinstance(example, dict)]
    (steps,) = [job["nightly"]["steps"] for job in jobs if "nightly" in job]
    assert any("reportgen history" in step.get("run", "") for step in steps)
    assert any("reportgen history" in line for line in guide("pages")["pages"]["script"])
