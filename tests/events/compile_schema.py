"""Compile events.proto to the descriptor set beside it: python tests/events/compile_schema.py."""

import sys
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

SCHEMA = Path(__file__).parents[2] / "reportgen" / "events" / "events.proto"


def compile_to(path: Path) -> None:
    """Write the descriptor set of the schema and of what it imports."""
    status = protoc.main(
        [
            "protoc",
            f"--proto_path={SCHEMA.parent}",
            f"--proto_path={files('grpc_tools') / '_proto'}",
            "--include_imports",
            f"--descriptor_set_out={path}",
            SCHEMA.name,
        ]
    )
    if status:
        sys.exit(status)


if __name__ == "__main__":
    compile_to(SCHEMA.with_suffix(".binpb"))
