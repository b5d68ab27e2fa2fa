"""The protobuf messages of an event file, in a private descriptor pool.

The pool is private because a second definition of the same messages in protobuf's default pool
breaks a process that also imports tensorboard or tensorflow.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    compiled = Path(__file__).with_name("events.binpb").read_bytes()
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(compiled).file:
        pool.Add(file)  # type: ignore[no-untyped-call, unused-ignore]
    return pool


@cache
def message(name: str) -> Any:  # noqa: ANN401  # classes are made at run time
    """Return the class of a message in events.proto by its name there, such as "Event"."""
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"reportgen.{name}"))
