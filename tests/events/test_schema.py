import importlib.util
import subprocess
import sys
from pathlib import Path

from google.protobuf import descriptor_pb2

SCRIPT = Path(__file__).with_name("compile_schema.py")


def test_the_compiled_schema_is_that_of_the_source(tmp_path):
    spec = importlib.util.spec_from_file_location("compile_schema", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.compile_to(tmp_path / "events.binpb")
    # Compared as messages: compilers may order fields differently.
    compiled, committed = (
        descriptor_pb2.FileDescriptorSet.FromString(path.read_bytes())
        for path in (tmp_path / "events.binpb", script.SCHEMA.with_suffix(".binpb"))
    )
    ours = [{file.name: file for file in files.file} for files in (compiled, committed)]
    assert ours[0]["events.proto"] == ours[1]["events.proto"]


def test_it_lives_beside_tensorboard_in_one_process():
    code = (
        "from tensorboard.compat.proto import event_pb2\n"
        "from reportgen.events.messages import message\n"
        "raw = event_pb2.Event(step=3, wall_time=1.5).SerializeToString()\n"
        "print(message('Event').FromString(raw).step)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "3\n"
