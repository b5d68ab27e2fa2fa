"""The registry is the one place where a format is added."""

import inspect
import subprocess
import sys
from types import ModuleType

import pytest

from reportgen import write
from reportgen.outputs.formats import FORMATS, SUFFIXES, Format
from reportgen.outputs.markdown.hosts import HOSTS


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_names_a_function_of_one_job(name):
    assert [*inspect.signature(FORMATS[name].render).parameters] == ["job"]


def test_each_host_is_a_format():
    assert HOSTS.keys() <= FORMATS.keys()


def test_each_suffix_names_one_format():
    suffixes = [suffix for format_ in FORMATS.values() for suffix in format_.suffixes]
    assert sorted(suffixes) == sorted(SUFFIXES)


def test_the_registry_is_read_without_the_modules_that_render():
    code = "import reportgen.outputs.formats, sys; print('pandas' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.strip() == b"False"


def test_a_format_is_added_by_one_line(demo, tmp_path, monkeypatch):
    module = ModuleType("title_only")
    module.render = lambda job: {job.target.path: job.report.title.encode()}
    monkeypatch.setitem(sys.modules, "title_only", module)
    monkeypatch.setitem(FORMATS, "title", Format("title_only:render"))
    write(demo, f"title:{tmp_path / 'title.txt'}")
    assert (tmp_path / "title.txt").read_text() == "demo"
